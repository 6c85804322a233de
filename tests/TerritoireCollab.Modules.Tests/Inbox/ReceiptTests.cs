using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>Who got a letter, a thread or a revue by mail, as those who animate the group see it; and the members whom no mail reaches.</summary>
public sealed class ReceiptTests(InboxStage stage) : IClassFixture<InboxStage>
{
    [Fact]
    public async Task Receipt_OfALetter_EveryMemberInOneStateWithItsReason()
    {
        var room = await RoomAsync();
        var letter = await stage.Scene.LetterAsync(room.Group, room.Owner, "La salle change");
        await LeaveAsync();
        await ReturnAsync(room.Of("Revenue"), letter, "5.2.2", "mailbox full");
        await InDigestAsync(room.Of("Jour"), letter);
        await stage.Scene.JoinAsync(room.Group, await stage.Scene.MemberAsync("Tardive"));

        var page = await room.Animator.OpenAsync($"/contenus/{letter}/distribution");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        string[] expected =
        [
            "En attente | Semaine | attend son prochain résumé",
            "Envoyé | Reçue | ",
            "Pas de courriel | Perdue | adresse arrêtée : adresse inconnue",
            "Pas de courriel | Rien | a choisi de ne rien recevoir de ce groupe",
            "Pas de courriel | Silence | ne veut plus aucun courriel",
            "Refusé ou revenu | Revenue | revenu le ",
            "Dans le résumé | Jour | dans le résumé du ",
        ];
        var lines = Lines(page);
        foreach (var line in expected) Assert.Contains(lines, l => l.StartsWith(line, StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("boîte pleine", StringComparison.Ordinal));
        Assert.Equal(lines.Count, lines.Select(l => l.Split(" | ")[1]).Distinct().Count());
        Assert.Contains("2 personnes à appeler", InboxStage.Plain(page.Text), StringComparison.Ordinal);
        Assert.Contains("aucun pisteur", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipt_AsATable_OneLineAMember()
    {
        var room = await RoomAsync();
        var topic = await stage.Scene.TopicAsync(room.Group, room.Owner, "Un fil");
        await LeaveAsync();
        using var browser = await stage.Instance.SignedInAsync(room.Owner.Id);

        using var answer = await browser.GetAsync($"/contenus/{topic}/distribution.csv");
        var lines = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(room.People.Count + 1, lines.Length);
        Assert.Contains(lines, l => l.StartsWith("\"Reçue\";\"Envoyé\"", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("\"Perdue\";\"Pas de courriel\"", StringComparison.Ordinal) && l.EndsWith("\"oui\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Receipt_ByWhoDoesNotAnimate_RefusedAndAbsentForOutsiders()
    {
        var room = await RoomAsync();
        var letter = await stage.Scene.LetterAsync(room.Group, room.Owner, "La salle change");
        var (member, outsider) = (await stage.AsAsync(room.Of("Reçue")), await stage.AsAsync(await stage.Scene.MemberAsync("Dehors")));

        foreach (var address in (string[])[$"/contenus/{letter}/distribution", $"/contenus/{letter}/distribution.csv"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await member.OpenAsync(address)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await outsider.OpenAsync(address)).Status);
        }

        Assert.DoesNotContain("/distribution", (await member.OpenAsync($"/c/{letter}")).Body, StringComparison.Ordinal);
        Assert.Contains("/distribution", (await room.Animator.OpenAsync($"/c/{letter}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task M20UnreachedMembers_SeenByTheAnimator_WithReasonAndTriedAgain()
    {
        var room = await RoomAsync();

        var members = await room.Animator.OpenAsync($"/groupes/{room.Group.Slug}/membres");
        var page = await room.Animator.OpenAsync($"/groupes/{room.Group.Slug}/adresses");
        var tried = await room.Animator.SendAsync(page, "main .fin button");

        Assert.Contains("1 membre ne reçoit plus nos courriels", InboxStage.Plain(members.Text), StringComparison.Ordinal);
        Assert.Contains("Perdue", page.Text, StringComparison.Ordinal);
        Assert.Contains("adresse inconnue", page.Text, StringComparison.Ordinal);
        Assert.Contains("Téléphonez-lui", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(room.Of("Perdue").Email!, page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Nous lui écrivons de nouveau.", tried.Text, StringComparison.Ordinal);
        Assert.Contains("Les courriels arrivent chez tout le monde", tried.Text, StringComparison.Ordinal);
        Assert.Equal(AddressState.Good, await StateAsync(room.Of("Perdue")));
    }

    [Fact]
    public async Task M20UnreachedMembers_ByAMember_RefusedAndNothingIsTriedAgain()
    {
        var room = await RoomAsync();
        var member = await stage.AsAsync(room.Of("Reçue"));

        Assert.Equal(HttpStatusCode.Forbidden, (await member.OpenAsync($"/groupes/{room.Group.Slug}/adresses")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.PostAsync($"/groupes/{room.Group.Slug}/membres/{room.Of("Perdue").Id}/reessayer")).Status);
        Assert.Equal(AddressState.Stopped, await StateAsync(room.Of("Perdue")));
    }

    [Fact]
    public async Task M20Complaint_AnimatorTriesAgain_OnlyTheMemberTakesItBack()
    {
        var room = await RoomAsync();
        await StandAsync(room.Of("Reçue"), AddressState.Complained, null);

        await room.Animator.PostAsync($"/groupes/{room.Group.Slug}/membres/{room.Of("Reçue").Id}/reessayer");
        Assert.Equal(AddressState.Complained, await StateAsync(room.Of("Reçue")));
        var mine = await stage.AsAsync(room.Of("Reçue"));
        await mine.SendAsync(await mine.OpenAsync("/"), "form[action='moi/adresse/reessayer']");

        Assert.Equal(AddressState.Good, await StateAsync(room.Of("Reçue")));
    }

    [Fact]
    public async Task M20MemberWhoseMailReturns_SignedIn_SeesItOnEveryPageUntilTheAddressWorks()
    {
        var room = await RoomAsync();
        var (lost, other) = (await stage.AsAsync(room.Of("Perdue")), await stage.AsAsync(room.Of("Reçue")));

        var page = await lost.OpenAsync($"/groupes/{room.Group.Slug}/forum");
        Assert.Contains("Vos courriels nous reviennent", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("main a[href='moi/compte']"));
        Assert.DoesNotContain("Vos courriels nous reviennent", (await other.OpenAsync($"/groupes/{room.Group.Slug}/forum")).Text, StringComparison.Ordinal);
        var back = await lost.SendAsync(page, "form[action='moi/adresse/reessayer']");

        Assert.Equal($"/groupes/{room.Group.Slug}/forum", back.Address);
        Assert.DoesNotContain("Vos courriels nous reviennent", back.Text, StringComparison.Ordinal);
        Assert.Equal(AddressState.Good, await StateAsync(room.Of("Perdue")));
    }

    [Fact]
    public async Task M20Addresses_OfThePlatform_ForAdministratorsAlone()
    {
        var room = await RoomAsync();
        var admin = await stage.AsAsync(await stage.Scene.MemberAsync("Admin", admin: true));

        var page = await admin.OpenAsync("/administration/adresses");
        var tried = await admin.SendAsync(page, $"button[value='{room.Of("Perdue").NormalizedEmail}']");

        Assert.Contains(room.Of("Perdue").Email!, page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Nous écrivons de nouveau à cette adresse.", tried.Text, StringComparison.Ordinal);
        Assert.Equal(AddressState.Good, await StateAsync(room.Of("Perdue")));
        Assert.Equal(HttpStatusCode.NotFound, (await room.Animator.OpenAsync("/administration/adresses")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await room.Animator.PostAsync("/administration/adresses/reessayer", ("adresse", "X"))).Status);
    }

    private static IReadOnlyList<string> Lines(VisitedPage page) =>
        [.. page.Document.QuerySelectorAll("main section").SelectMany(s => s.QuerySelectorAll("tbody tr").Select(r => InboxStage.Plain($"{s.QuerySelector("caption")!.TextContent} | {r.QuerySelector("th")!.TextContent} | {r.QuerySelector("td")!.TextContent}")))];

    private async Task LeaveAsync()
    {
        await stage.Instance.SettleAsync();
        stage.Instance.Clock.Advance(TimeSpan.FromMinutes(5));
        await stage.Instance.SettleAsync();
    }

    private async Task<AddressState> StateAsync(Member member)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.AddressStandings.Where(a => a.Address == member.NormalizedEmail).Select(a => a.State).SingleAsync();
    }

    private async Task StandAsync(Member member, AddressState state, string? status)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        db.AddressStandings.Add(new AddressStanding { Address = member.NormalizedEmail!, State = state, Since = stage.Scene.Now, Status = status });
        await db.SaveChangesAsync();
    }

    // As a report of the other side is written down when it comes in.
    private async Task ReturnAsync(Member member, string shortId, string status, string words)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var mail = await db.Mails.Where(m => m.MemberId == member.Id && db.Items.Any(i => i.Id == m.ItemId && i.ShortId == shortId)).Select(m => m.Id).SingleAsync();
        db.Bounces.Add(new Bounce { Address = member.NormalizedEmail!, MailId = mail, MemberId = member.Id, At = stage.Scene.Now, Kind = BounceKind.Soft, Status = status, Diagnostic = words });
        await db.SaveChangesAsync();
    }

    // As a summary that told of it and left is written down.
    private async Task InDigestAsync(Member member, string shortId)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var (item, now) = (await db.Items.Where(i => i.ShortId == shortId).Select(i => i.Id).SingleAsync(), stage.Scene.Now);
        var mail = new MailRow
        {
            UniqueKey = $"resume/{member.Id:N}", Kind = "resume", MemberId = member.Id, FromName = "Essai", ToAddress = member.Email!, ToName = member.Name, Subject = "Résumé", TextBody = "Résumé", HtmlBody = "<p>Résumé</p>",
            MessageId = $"resume.{member.Id:N}@essai.invalid", CreatedAt = now, NextAttemptAt = now, State = MailState.Sent, SentAt = now,
        };
        db.Add(mail);
        var digest = new Digest { MemberId = member.Id, Kind = DigestKind.Daily, Period = "2026-11-28", From = now.AddDays(-1), Until = now, MailId = mail.Id, CreatedAt = now };
        db.Add(digest);
        await db.SaveChangesAsync();
        db.DigestLines.Add(new DigestLine { DigestId = digest.Id, ItemId = item, Place = 1 });
        await db.SaveChangesAsync();
    }

    private async Task<Room> RoomAsync()
    {
        var owner = await stage.Scene.MemberAsync("Anne Essai");
        var group = await stage.Scene.GroupAsync("Groupe", owner);
        var people = new List<Member>();
        foreach (var (name, level) in new[] { ("Reçue", MailLevel.Everything), ("Revenue", MailLevel.NewThreads), ("Jour", MailLevel.DailyDigest), ("Semaine", MailLevel.WeeklyDigest), ("Rien", MailLevel.Nothing), ("Silence", MailLevel.DailyDigest), ("Perdue", MailLevel.WeeklyDigest) })
        {
            var member = await stage.Scene.MemberAsync(name);
            people.Add(member);
            await stage.Scene.JoinAsync(group, member, level: level);
        }

        var room = new Room(group, owner, await stage.AsAsync(owner), people);
        await using (var db = stage.Instance.Open(Viewer.System))
        {
            db.MailPreferences.Add(new MailPreferences { MemberId = room.Of("Silence").Id, IsSilent = true });
            await db.SaveChangesAsync();
        }

        await StandAsync(room.Of("Perdue"), AddressState.Stopped, "5.1.1");
        return room;
    }

    private sealed record Room(Group Group, Member Owner, Visitor Animator, IReadOnlyList<Member> People)
    {
        public Member Of(string name) => People.Single(p => p.Name == name);
    }
}
