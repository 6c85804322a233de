using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>Invitations by name, by address and by link: who gets in by them, and until when.</summary>
public sealed class InvitationTests(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task Invited_WithoutAccount_RegistersAndLandsInTheGroup()
    {
        var (group, animator) = await GroupAsync();
        var address = NewAddress();
        var link = await InviteAsync(animator, group, address, "Rejoignez-nous, Nour.");
        var visitor = new Visitor(stage.Instance.Browser());

        var page = await visitor.OpenAsync(link);
        var form = await visitor.OpenAsync(page.Document.QuerySelector("main a[href*='inscription']")!.GetAttribute("href")!);
        await visitor.SendAsync(form, "form:has([name=FullName])", ("FullName", "Nour Essai"), ("Email", address), ("Password", "Une phrase de passe longue 47"));
        var confirm = await visitor.OpenAsync((await stage.LettersAsync(address))[^1].LinkTo("/"));
        var landed = await visitor.SendAsync(confirm, "main form");
        var home = await visitor.SendAsync(landed.Address.StartsWith("/invitation/", StringComparison.Ordinal) ? landed : await visitor.OpenAsync(link), "main form");

        Assert.Contains("Rejoignez-nous, Nour.", page.Text, StringComparison.Ordinal);
        Assert.Equal($"/groupes/{group.Slug}?fait=rejoint", home.Address);
        Assert.True(await Stage.IsInAsync(visitor, group));
    }

    [Fact]
    public async Task Invited_ByName_OneClickFromTheGroupPage()
    {
        var (group, animator) = await GroupAsync(GroupJoining.ByInvitation);
        var person = await stage.Scene.MemberAsync("Zélie Trouvable");

        var found = await animator.OpenAsync($"/groupes/{group.Slug}/invitations?qui=zelie+trouv");
        var sent = await animator.SendAsync(found, $"button[name=inviter][value='{person.Handle}']");
        var letters = await stage.LettersAsync(person.Email);
        var visitor = await stage.AsAsync(person);
        var home = await visitor.OpenAsync($"/groupes/{group.Slug}");
        var joined = await visitor.SendAsync(home, "form[action$='/adhesion']");

        Assert.Contains("L’invitation est envoyée", sent.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Email!, sent.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Vous êtes invité dans ce groupe", home.Text, StringComparison.Ordinal);
        Assert.Contains("vous invite à rejoindre le groupe", letters[0].Text, StringComparison.Ordinal);
        Assert.Contains("Vous êtes membre du groupe", joined.Text, StringComparison.Ordinal);
        Assert.Equal(MembershipOrigin.Invited, (await stage.MembershipAsync(group, person))!.Origin);
    }

    [Fact]
    public async Task Invitation_SentAgain_OldTokenIsDead()
    {
        var (group, animator) = await GroupAsync();
        var address = NewAddress();
        var first = await InviteAsync(animator, group, address);
        stage.Later();

        var list = await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/invitations"), "button[name=renvoyer]");
        var letters = await stage.LettersAsync(address);
        var second = letters[^1].LinkTo("/invitation/");
        var visitor = new Visitor(stage.Instance.Browser());

        Assert.Contains("L’invitation est renvoyée", list.Text, StringComparison.Ordinal);
        Assert.Equal(2, letters.Count);
        Assert.NotEqual(first, second);
        Assert.Contains("Cette invitation n’est plus valable", (await visitor.OpenAsync(first)).Text, StringComparison.Ordinal);
        Assert.Contains($"Rejoindre « {group.Name} »", (await visitor.OpenAsync(second)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invitation_SentAgainTenTimesAtOnce_OneMail()
    {
        var (group, animator) = await GroupAsync();
        var address = NewAddress();
        await InviteAsync(animator, group, address);
        stage.Later();
        var id = (await animator.OpenAsync($"/groupes/{group.Slug}/invitations")).Document.QuerySelector("button[name=renvoyer]")!.GetAttribute("value")!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => animator.PostAsync($"/groupes/{group.Slug}/invitations/liste", ("renvoyer", id))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Single(answers, a => a.Text.Contains("L’invitation est renvoyée", StringComparison.Ordinal));
        Assert.Equal(2, (await stage.LettersAsync(address)).Count);
    }

    [Fact]
    public async Task Invitation_Withdrawn_OpensNothing()
    {
        var (group, animator) = await GroupAsync();
        var person = await stage.Scene.MemberAsync("Wanda Essai");
        var link = await InviteAsync(animator, group, person.Email!);

        var list = await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/invitations"), "button[name=retirer]");
        var visitor = await stage.AsAsync(person);

        Assert.Contains("L’invitation est retirée", list.Text, StringComparison.Ordinal);
        Assert.Contains("Cette invitation n’est plus valable", (await visitor.OpenAsync(link)).Text, StringComparison.Ordinal);
        await visitor.PostAsync(link, ("_handler", "accepter"));
        Assert.Null(await stage.MembershipAsync(group, person));
    }

    [Fact]
    public async Task Invitation_AfterThirtyDays_OpensNothing()
    {
        var (group, animator) = await GroupAsync();
        var person = await stage.Scene.MemberAsync("Xavier Essai");
        var link = await InviteAsync(animator, group, person.Email!);
        stage.Instance.Clock.Advance(TimeSpan.FromDays(31));

        var visitor = await stage.AsAsync(person);
        var page = await visitor.OpenAsync(link);
        await visitor.PostAsync(link, ("_handler", "accepter"));
        await visitor.PostAsync($"/groupes/{group.Slug}/adhesion");

        Assert.Contains("Cette invitation n’est plus valable", page.Text, StringComparison.Ordinal);
        Assert.NotEqual(MembershipState.Active, (await stage.MembershipAsync(group, person))?.State);
    }

    [Fact]
    public async Task Invitation_InSomebodyElsesHands_ToldAndRefused()
    {
        var (group, animator) = await GroupAsync();
        var (person, other) = (await stage.Scene.MemberAsync("Iris Essai"), await stage.Scene.MemberAsync("Joël Essai"));
        var link = await InviteAsync(animator, group, person.Email!);
        var visitor = await stage.AsAsync(other);

        var page = await visitor.OpenAsync(link);
        var forced = await visitor.PostAsync(link, ("_handler", "accepter"));

        Assert.Contains("envoyée à une autre personne", page.Text, StringComparison.Ordinal);
        Assert.Contains("envoyée à une autre personne", forced.Text, StringComparison.Ordinal);
        Assert.Null(await stage.MembershipAsync(group, other));
        Assert.Equal(0, await UsesAsync(group));
    }

    [Fact]
    public async Task Invite_KnownAndUnknownAddress_SameAnswer()
    {
        var (group, animator) = await GroupAsync();
        var known = await stage.Scene.MemberAsync("Karim Essai");
        var unknown = $"karim.essaie.{Guid.NewGuid():N}"[..(known.Email!.Length - "@essai.invalid".Length)] + "@essai.invalid";

        var first = await CheckAsync(animator, group, known.Email!);
        var second = await CheckAsync(animator, group, unknown);
        await InviteAsync(animator, group, known.Email!);
        await InviteAsync(animator, group, unknown);

        Assert.Equal(Plain(first, known.Email!), Plain(second, unknown));
        Assert.Contains("Sera invitée", first.Text, StringComparison.Ordinal);
        var list = await animator.OpenAsync($"/groupes/{group.Slug}/invitations");
        Assert.DoesNotContain(known.Name, list.Document.QuerySelector("main .liste--cadre")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invite_MemberByAddress_SameAnswerAsAnybody()
    {
        var (group, animator) = await GroupAsync();
        var member = await stage.Scene.MemberAsync("Liv Essai");
        await stage.Scene.JoinAsync(group, member);

        var checkedFirst = await CheckAsync(animator, group, member.Email!);
        var link = await InviteAsync(animator, group, member.Email!);
        var visitor = await stage.AsAsync(member);
        var used = await visitor.SendAsync(await visitor.OpenAsync(link), "main form");

        Assert.Contains("Sera invitée", checkedFirst.Text, StringComparison.Ordinal);
        Assert.StartsWith($"/groupes/{group.Slug}", used.Address, StringComparison.Ordinal);
        Assert.Equal(2, await MembersAsync(group));
    }

    [Fact]
    public async Task Invitation_IntoAGroupWithCharter_AcceptedFirst()
    {
        var (group, animator) = await GroupAsync();
        await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/reglages"), "form:has([name='Form.Charter'])", ("Form.Charter", "On se **tutoie**."));
        var person = await stage.Scene.MemberAsync("Charlie Essai");
        var visitor = await stage.AsAsync(person);

        var page = await visitor.OpenAsync(await InviteAsync(animator, group, person.Email!));
        var refused = await visitor.SendAsync(page, "main form");
        var outside = await Stage.IsInAsync(visitor, group);
        await visitor.SendAsync(refused, "main form", ("Charter", "true"));

        Assert.Equal("tutoie", page.Document.QuerySelector("main .prose strong")?.TextContent);
        Assert.True(refused.Refuses("Charter"));
        Assert.False(outside);
        Assert.Equal(1, (await stage.MembershipAsync(group, person))!.CharterAccepted);
    }

    [Fact]
    public async Task Link_UsedByTwo_BothEnterUntilItExpires()
    {
        var (group, animator) = await GroupAsync(GroupJoining.ByInvitation);
        var people = new[] { await stage.Scene.MemberAsync("Léa Essai"), await stage.Scene.MemberAsync("Marc Essai"), await stage.Scene.MemberAsync("Noé Essai") };
        var made = await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/invitations"), "form:has([name=Days])", ("Days", "1"));
        var link = new Uri(made.Document.QuerySelector("main code")!.TextContent).PathAndQuery;

        foreach (var person in people[..2])
        {
            var visitor = await stage.AsAsync(person);
            await visitor.SendAsync(await visitor.OpenAsync(link), "main form");
            Assert.True(await Stage.IsInAsync(visitor, group));
        }

        stage.Instance.Clock.Advance(TimeSpan.FromDays(1.1));
        var late = await (await stage.AsAsync(people[2])).OpenAsync(link);
        Assert.Contains("Cette invitation n’est plus valable", late.Text, StringComparison.Ordinal);
        Assert.Contains("arrivées par ce lien : 2", (await animator.OpenAsync($"/groupes/{group.Slug}/invitations")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_LastingWhatIsNotOffered_Refused()
    {
        var (group, animator) = await GroupAsync();

        var refused = await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/invitations"), "form:has([name=Days])", ("Days", "3650"));

        Assert.True(refused.Refuses("Days"));
        Assert.Contains("Choisissez l’une des réponses proposées", refused.Text, StringComparison.Ordinal);
        Assert.Null(refused.Document.QuerySelector("main code"));
    }

    [Fact]
    public async Task SameList_SentTenTimesAtOnce_OneMailEach()
    {
        var (group, animator) = await GroupAsync();
        var address = NewAddress();
        await animator.PostAsync("/groupes/nulle-part/depart");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => animator.PostAsync($"/groupes/{group.Slug}/invitations", ("_handler", "adresses"), ("Addresses", address))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Single(await stage.LettersAsync(address));
    }

    [Fact]
    public async Task Added_WithoutBeingAsked_LeavesByTheMailWithoutSigningIn()
    {
        var (group, animator) = await GroupAsync();
        var person = await stage.Scene.MemberAsync("Odile Essai");

        await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/invitations?qui=odile"), $"button[name=ajouter][value='{person.Handle}']");
        var mail = (await stage.LettersAsync(person.Email))[^1];
        var nobody = new Visitor(stage.Instance.Browser());
        var page = await nobody.OpenAsync(mail.LinksTo("/desabonnement/")[0]);
        Assert.Equal(MembershipState.Active, (await stage.MembershipAsync(group, person))!.State);
        await nobody.SendAsync(page, "main button[value=faire]");

        Assert.Contains("vous a fait entrer dans le groupe", mail.Text, StringComparison.Ordinal);
        Assert.Equal(MembershipState.Left, (await stage.MembershipAsync(group, person))!.State);
        Assert.Equal(1, await MembersAsync(group));
    }

    [Fact]
    public async Task Member_OpensTheInvitations_Forbidden()
    {
        var (group, _) = await GroupAsync();
        var member = await stage.Scene.MemberAsync("Paul Essai");
        await stage.Scene.JoinAsync(group, member);
        var visitor = await stage.AsAsync(member);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync($"/groupes/{group.Slug}/invitations")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.PostAsync($"/groupes/{group.Slug}/invitations/membre", ("inviter", member.Handle))).Status);
        Assert.Null((await visitor.OpenAsync($"/groupes/{group.Slug}")).Document.QuerySelector("main a[href$='/invitations']"));
    }

    private static string NewAddress() => $"invitee.{Guid.NewGuid():N}@essai.invalid";

    private async Task<(Group Group, Visitor Animator)> GroupAsync(GroupJoining joining = GroupJoining.OnRequest)
    {
        var owner = await stage.Scene.MemberAsync("Ange Essai");
        return (await stage.Scene.GroupAsync("Invitant", owner, joining: joining), await stage.AsAsync(owner));
    }

    private async Task<string> InviteAsync(Visitor animator, Group group, string address, string? message = null)
    {
        var sent = await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/invitations"), "form:has([name=Addresses]) button:not([name])", ("Addresses", address), ("Message", message));
        Assert.Contains("L’invitation est envoyée", sent.Text, StringComparison.Ordinal);
        return (await stage.LettersAsync(address))[^1].LinkTo("/invitation/");
    }

    private static async Task<VisitedPage> CheckAsync(Visitor animator, Group group, string address) =>
        await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/invitations"), "button[name=Checks]", ("Addresses", address));

    private static string Plain(VisitedPage page, string address) => page.Document.QuerySelector("main table")!.TextContent.Replace(address, "·", StringComparison.Ordinal);

    private async Task<int> MembersAsync(Group group)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var rows = await db.Memberships.CountAsync(m => m.GroupId == group.Id && m.State == MembershipState.Active);
        Assert.Equal(rows, await db.Groups.Where(g => g.Id == group.Id).Select(g => g.MemberCount).SingleAsync());
        return rows;
    }

    private async Task<int> UsesAsync(Group group)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Invitations.Where(i => i.GroupId == group.Id).SumAsync(i => i.UseCount);
    }
}
