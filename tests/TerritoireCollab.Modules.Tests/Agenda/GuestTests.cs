using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Agenda;

/// <summary>People without an account take part in events by a link of their own: the same places, and nobody else learns of them.</summary>
public sealed class GuestTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private static int _count;

    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Invite_AnAddress_AnswersByTheLinkAndFreesThePlaceByIt()
    {
        var (group, author, member) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Visite du barrage", with: d => d with { Places = "1" });
        var email = NewAddress();
        var sent = await InviteAsync(author, id, $"Odile Durand <{email}>");
        var link = LinkTo(email);
        var guest = stage.Instance.Stranger();

        var page = await guest.OpenAsync(link);
        var nameless = await guest.SendAsync(page, "button[name='Reply'][value='Yes']", ("Name", " "));
        var taken = await guest.SendAsync(page, "button[name='Reply'][value='Yes']", ("Name", "Odile Durand"));
        await Scene.ComeAsync(id, member);
        var seen = await (await stage.Instance.VisitorAsync(member)).OpenAsync($"/c/{id}");
        var author2 = await (await stage.Instance.VisitorAsync(author)).OpenAsync($"/c/{id}");
        var left = await guest.SendAsync(await guest.OpenAsync(link), "button[name='Reply'][value='No']");
        await stage.SendAsync();

        Assert.Contains("Invitations envoyées : 1.", InboxStage.Plain(sent.Text), StringComparison.Ordinal);
        Assert.Contains("Visite du barrage", page.Text, StringComparison.Ordinal);
        Assert.True(nameless.Refuses("Name"));
        Assert.Contains("Vous participez.", taken.Text, StringComparison.Ordinal);
        Assert.Contains("Vous êtes sur la liste d’attente.", seen.Text, StringComparison.Ordinal);
        Assert.Contains("(sans compte : 1)", InboxStage.Plain(seen.Text), StringComparison.Ordinal);
        Assert.DoesNotContain("Odile Durand", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Odile Durand", author2.Text, StringComparison.Ordinal);
        Assert.Contains("Vous avez répondu que vous ne venez pas.", left.Text, StringComparison.Ordinal);
        Assert.Single(stage.MailsTo(member), m => m.Text.Contains("Une place s’est libérée", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Link_OpenedByAProgram_ChangesNothingAndIsToldToNobody()
    {
        var (group, author, _) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Réunion fermée");
        var email = NewAddress();
        await InviteAsync(author, id, email);
        using var program = stage.Instance.Browser();

        using var answer = await program.GetAsync(LinkTo(email));
        using var forged = await program.GetAsync("/invite/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-referrer", string.Join(',', answer.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("noindex", string.Join(',', answer.Headers.GetValues("X-Robots-Tag")), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
        await using var db = stage.Instance.Open(Viewer.System);
        var row = await db.Guests.SingleAsync(g => g.Email == email);
        Assert.Null(row.ConfirmedAt);
        Assert.False(await db.Set<GuestRegistration>().AnyAsync(r => r.GuestId == row.Id));
    }

    [Fact]
    public async Task Ask_KnownOrUnknownAddress_SamePageAndNothingCountsBeforeTheLink()
    {
        var (group, author, member) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Fête publique", audience: Audience.Public);
        var hidden = await Scene.EventAsync(group, author, "Réservé", audience: Audience.Group);
        var email = NewAddress();
        var stranger = stage.Instance.Stranger();
        var shown = await stranger.OpenAsync($"/c/{id}");

        var unknown = await AskAsync(stranger, id, email);
        var known = await AskAsync(stranger, id, member.Email!);
        await stage.SendAsync();
        await using var db = stage.Instance.Open(Viewer.System);
        var before = await db.Set<GuestRegistration>().CountAsync(r => r.Guest.Item.ShortId == id);
        var letter = Letter.Of(MailTo(email));
        var done = await stranger.SendAsync(await stranger.OpenAsync(letter.LinkTo("/invite/")), "button[name='Reply'][value='Yes']");

        Assert.NotNull(shown.Document.QuerySelector($"a[href='participer/{id}']"));
        Assert.Equal(Told(unknown, email), Told(known, member.Email!));
        Assert.Contains("/c/", InboxStage.Plain(Letter.Of(MailTo(member.Email!)).Text).Replace("/agenda/", "/c/", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("/invite/", Letter.Of(MailTo(member.Email!)).Text.Replace("/invite/arret/", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("Odette", letter.Text, StringComparison.Ordinal);
        Assert.Equal(0, before);
        Assert.Contains("Vous participez.", done.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync($"/participer/{hidden}")).Status);
    }

    [Fact]
    public async Task Ask_ManyTimes_ThreeMailsADay()
    {
        var (group, author, _) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Très demandée", audience: Audience.Public);
        var email = NewAddress();

        for (var n = 0; n < 5; n++) await AskAsync(stage.Instance.Stranger(), id, email);
        await stage.SendAsync();

        Assert.Equal(3, ReceivedMail.AllOf(stage.Instance).Count(m => m.To == email));
    }

    [Fact]
    public async Task Stop_ByTheLink_NothingMoreFromAnyEventUntilTakenBack()
    {
        var (group, author, _) = await GroupAsync();
        var (first, second) = (await Scene.EventAsync(group, author, "Une"), await Scene.EventAsync(group, author, "Deux"));
        var email = NewAddress();
        await InviteAsync(author, first, email);
        var stop = Letter.Of(MailTo(email)).LinkTo("/invite/arret/");
        var stranger = stage.Instance.Stranger();

        var page = await stranger.OpenAsync(stop);
        await stranger.SendAsync(page, "main form button");
        var refused = await InviteAsync(author, second, email);
        await stranger.SendAsync(await stranger.OpenAsync(stop), "main form button");
        var again = await InviteAsync(author, second, email);

        Assert.Contains("Invitations envoyées : 0. Déjà invitées : 0. Adresses qui ne veulent plus d’invitations : 1.", InboxStage.Plain(refused.Text), StringComparison.Ordinal);
        Assert.Contains("Invitations envoyées : 1.", InboxStage.Plain(again.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invite_AMembersAddress_ToldAsAMemberAndSeenAlike()
    {
        var (group, author, member) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Comité de pilotage");
        var email = NewAddress();

        var sent = await InviteAsync(author, id, $"{email}\n{member.Email}");
        await stage.DecideAsync();
        await stage.SendAsync();

        Assert.Contains("Invitations envoyées : 2.", InboxStage.Plain(sent.Text), StringComparison.Ordinal);
        var rows = sent.Document.QuerySelectorAll("tbody tr").Select(r => r.QuerySelectorAll("td")[1].TextContent.Trim()).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Single(rows.Distinct());
        var mail = Assert.Single(stage.MailsTo(member), m => m.Subject.Contains("vous invite", StringComparison.Ordinal));
        Assert.DoesNotContain("/invite/", mail.Text, StringComparison.Ordinal);
        var news = await (await stage.Instance.VisitorAsync(member)).OpenAsync("/moi/nouveautes");
        Assert.Contains("vous invite", news.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await stage.Instance.VisitorAsync(member)).OpenAsync($"/contenus/{id}/invites")).Status);
    }

    [Fact]
    public async Task Guests_YearAfterTheEnd_ErasedWithTheirAnswers()
    {
        await using var alone = await Instance.StartAsync(manualClock: true);
        var scene = new Scene(alone);
        var author = await scene.MemberAsync("Anne");
        var group = await scene.GroupAsync("Groupe", author);
        var id = await scene.EventAsync(group, author, "Ancienne");
        await alone.Services.GetRequiredService<InviteGuests>().ExecuteAsync(Viewer.Member(author.Id), id, new("voisin@dehors.invalid"), default);
        await alone.WorkAsync();
        var stranger = alone.Stranger();
        var link = Letter.Of(alone.Mails().Last(m => m.Contains("voisin@dehors.invalid", StringComparison.Ordinal))).LinkTo("/invite/");
        await stranger.SendAsync(await stranger.OpenAsync(link), "button[name='Reply'][value='Yes']", ("Name", "Voisin"));

        alone.Clock.Advance(TimeSpan.FromDays(360));
        await ForgetAsync(alone);
        var kept = (await stranger.OpenAsync(link)).Status;
        alone.Clock.Advance(TimeSpan.FromDays(12));
        await ForgetAsync(alone);

        Assert.Equal(HttpStatusCode.OK, kept);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync(link)).Status);
        await using var db = alone.Open(Viewer.System);
        Assert.False(await db.Guests.AnyAsync());
        Assert.False(await db.Set<GuestRegistration>().AnyAsync());
    }

    [Fact]
    public async Task Closed_AGuestWhoComes_FindsTheOneAnswerThatIsTaken()
    {
        await using var alone = await Instance.StartAsync(manualClock: true);
        var scene = new Scene(alone);
        var author = await scene.MemberAsync("Anne");
        var group = await scene.GroupAsync("Groupe", author);
        var id = await scene.EventAsync(group, author, "Bientôt close", inDays: 3, with: d => d with { ClosesBefore = "48" });
        await alone.Services.GetRequiredService<InviteGuests>().ExecuteAsync(Viewer.Member(author.Id), id, new("voisin@dehors.invalid"), default);
        await alone.WorkAsync();
        var stranger = alone.Stranger();
        var link = Letter.Of(alone.Mails().Last(m => m.Contains("voisin@dehors.invalid", StringComparison.Ordinal))).LinkTo("/invite/");
        await stranger.SendAsync(await stranger.OpenAsync(link), "button[name='Reply'][value='Yes']", ("Name", "Voisin"));
        alone.Clock.Advance(TimeSpan.FromDays(2));

        var page = await stranger.OpenAsync(link);
        var left = await stranger.SendAsync(page, "button[name='Reply']");

        Assert.Contains("Les inscriptions sont closes.", page.Text, StringComparison.Ordinal);
        Assert.Equal("Je ne viens plus", Assert.Single(page.Document.QuerySelectorAll("button[name='Reply']")).TextContent.Trim());
        Assert.Null(page.Document.QuerySelector("[name='Name']"));
        Assert.Contains("Vous avez répondu que vous ne venez pas.", left.Text, StringComparison.Ordinal);
        Assert.Null(left.Document.QuerySelector("button[name='Reply']"));
    }

    [Fact]
    public async Task Minutes_DecisionsAsRows_ShownToldAndInTheApi()
    {
        var (group, author, member) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Conseil");
        await Scene.ComeAsync(id, member);
        var email = NewAddress();
        await InviteAsync(author, id, email);
        var guest = stage.Instance.Stranger();
        var link = LinkTo(email);
        await guest.SendAsync(await guest.OpenAsync(link), "button[name='Reply'][value='Yes']", ("Name", "Odile"));
        var visitor = await stage.Instance.VisitorAsync(author);
        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/compte-rendu");

        var refused = await visitor.SendAsync(form, "[name='Text']", ("Text", ""), ("Who1", "Paul"));
        var written = await visitor.SendAsync(form, "[name='Text']", ("Text", "Long débat."), ("Text1", "Réparer le pont"), ("Who1", "Paul"), ("Due1", "2031-03-01"), ("Text3", "Fermer la rue"), ("Send", "true"));
        await stage.SendAsync();

        Assert.True(refused.Refuses("Text1"));
        var rows = written.Document.QuerySelectorAll("section[aria-labelledby='compte-rendu'] tbody tr").Select(r => r.TextContent.Trim()).ToList();
        Assert.Equal(["Réparer le pontPaul1er\u00A0mars 2031", "Fermer la rue"], rows);
        Assert.Single(stage.MailsTo(member), m => m.Text.Contains("Réparer le pont", StringComparison.Ordinal));
        Assert.Single(ReceivedMail.AllOf(stage.Instance), m => m.To == email && m.Text.Contains("Réparer le pont", StringComparison.Ordinal));
        Assert.Contains("Réparer le pont", (await guest.OpenAsync(link)).Text, StringComparison.Ordinal);
        using var program = await stage.Instance.ProgramAsync(member.Id);
        Assert.Contains("\"due\":\"2031-03-01\"", await program.GetStringAsync($"events/{id}"), StringComparison.Ordinal);
    }

    private static async Task ForgetAsync(Instance instance) => await instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "invites.oubli").RunAsync(default);

    private static string NewAddress() => $"personne{Interlocked.Increment(ref _count)}@dehors.invalid";

    private static string Told(VisitedPage page, string email) =>
        page.Document.QuerySelector("main .encart")!.TextContent.Replace(email, "·", StringComparison.Ordinal);

    private static async Task<VisitedPage> AskAsync(Visitor stranger, string id, string email) =>
        await stranger.SendAsync(await stranger.OpenAsync($"/participer/{id}"), "[name='Email']", ("Name", "Odette Essai"), ("Email", email));

    private async Task<VisitedPage> InviteAsync(Member author, string id, string addresses)
    {
        var visitor = await stage.Instance.VisitorAsync(author);
        var page = await visitor.SendAsync(await visitor.OpenAsync($"/contenus/{id}/invites"), "[name='Addresses']", ("Addresses", addresses));
        await stage.SendAsync();
        return page;
    }

    private string MailTo(string email) => stage.Instance.Mails().Last(m => m.Contains(email, StringComparison.OrdinalIgnoreCase));

    private string LinkTo(string email) => Letter.Of(MailTo(email)).LinksTo("/invite/").First(l => !l.StartsWith("/invite/arret/", StringComparison.Ordinal));

    private async Task<(Group Group, Member Author, Member Member)> GroupAsync()
    {
        var (author, member) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Marc Membre"));
        return (await Scene.GroupAsync("Groupe qui invite", author, members: member), author, member);
    }
}
