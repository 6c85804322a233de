using System.Net;
using System.Text;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Letters;

/// <summary>What an animator writes to the whole group: who it reaches is said before it leaves, and is what comes to pass.</summary>
public sealed class LetterTests(InboxStage stage) : IClassFixture<InboxStage>
{
    [Fact]
    public async Task Form_FilledInAndChecked_SaysWhomItReachesAndSendsNothing()
    {
        var room = await RoomAsync();

        var check = await CheckAsync(room, "Réunion");

        var words = InboxStage.Plain(check.Text);
        Assert.Contains("Sera envoyée à 4 membres : 2 tout de suite, 2 dans leur résumé.", words, StringComparison.Ordinal);
        Assert.Contains("1 membre n’a pas d’adresse qui fonctionne : Perdue", words, StringComparison.Ordinal);
        Assert.Contains("1 membre a choisi de ne rien recevoir du groupe : Rien", words, StringComparison.Ordinal);
        Assert.Contains("1 membre ne veut plus aucun courriel : Silence", words, StringComparison.Ordinal);
        await stage.Instance.SettleAsync();
        Assert.All(room.Everyone, m => Assert.Empty(stage.MailsTo(m)));
    }

    [Fact]
    public async Task Form_Urgent_SummariesAreReachedAtOnceAndNothingStaysNothing()
    {
        var room = await RoomAsync();

        var check = await CheckAsync(room, "Réunion", ("Input.IsUrgent", "true"));

        var words = InboxStage.Plain(check.Text);
        Assert.Contains("Sera envoyée à 4 membres : 4 tout de suite.", words, StringComparison.Ordinal);
        Assert.Contains("1 membre a choisi de ne rien recevoir du groupe : Rien", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Letter_Sent_ComesToThoseWhoWereForetold(bool urgent)
    {
        var room = await RoomAsync();
        var check = await CheckAsync(room, "La salle change", urgent ? [("Input.IsUrgent", "true")] : []);

        var page = await room.Animator.SendAsync(check, "button[value='envoyer']");
        await LeaveAsync();

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("La lettre est publiée", page.Text, StringComparison.Ordinal);
        string[] reached = urgent ? ["Fils", "Jour", "Semaine", "Tout"] : ["Fils", "Tout"];
        string Why(string name) => InboxStage.Plain(stage.MailsTo(room.Everyone.Single(m => m.Name == name))[0].Text.Split("-- \n")[1].Split('\n')[0]);
        Assert.Equal("Vous recevez ce message parce que vous avez choisi de recevoir les nouveaux sujets du groupe « Groupe ».", Why("Fils"));
        if (urgent) Assert.Equal("Vous recevez ce message sans attendre votre résumé parce qu’une animatrice ou un animateur du groupe « Groupe » l’a dit urgent.", Why("Semaine"));
        Assert.Equal(reached, room.Everyone.Where(m => stage.MailsTo(m).Any(l => InboxStage.Plain(l.Text).Contains("La salle change", StringComparison.Ordinal))).Select(m => m.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Form_WhatTheGroupPublishedTicked_InTheTextAfterWhatWasTyped()
    {
        var room = await RoomAsync();
        var owner = room.Author;
        await stage.Scene.TurnOnAsync(room.Group);
        var article = await stage.Scene.ArticleAsync(room.Group, owner, "Un article [du mois]", "Nous avons appris trois choses, dit @rien.");
        var planned = await stage.Scene.EventAsync(room.Group, owner, "Réunion ouverte", inDays: 9, with: d => d with { From = "18:30" });
        await stage.Scene.TopicAsync(room.Group, owner, "Un fil de côté");
        var form = await room.Animator.OpenAsync($"/groupes/{room.Group.Slug}/lettres/nouveau");

        var quoted = await room.Animator.SendAsync(form, "button[value='citer']", ("Input.Title", "Ce mois-ci"), ("Input.Body", "Bonjour."), ("Input.Quoted", article), ("Input.Quoted", planned));
        var check = await room.Animator.SendAsync(quoted, "button[value='verifier']");
        var page = await room.Animator.SendAsync(check, "button[value='envoyer']");

        Assert.StartsWith("Bonjour.\n\n## [", quoted.ValueOf("Input.Body"), StringComparison.Ordinal);
        Assert.Equal("Ce mois-ci", quoted.ValueOf("Input.Title"));
        var prose = page.Document.QuerySelectorAll(".prose").Single(p => p.TextContent.Contains("Bonjour.", StringComparison.Ordinal));
        var titles = prose.QuerySelectorAll(":is(h2, h3, h4) a").OrderBy(a => a.TextContent, StringComparer.Ordinal).ToList();
        Assert.Equal(["Réunion ouverte", "Un article [du mois]"], titles.Select(a => a.TextContent));
        Assert.EndsWith($"/c/{planned}", titles[0].GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("de 18 h 30", InboxStage.Plain(prose.TextContent), StringComparison.Ordinal);
        Assert.DoesNotContain("Un fil de côté", prose.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letter_SentWithAFile_TheFileCameThroughTheStepBetween()
    {
        var room = await RoomAsync();
        var form = await room.Animator.OpenAsync($"/groupes/{room.Group.Slug}/lettres/nouveau");
        var check = await room.Animator.SendAsync(form, "button[value='verifier']", [("Files", "Ordre du jour.txt", Encoding.UTF8.GetBytes("Un point."))], ("Input.Title", "Ordre du jour"), ("Input.Body", "Bonjour."));
        var back = await room.Animator.SendAsync(check, "button[value='reprendre']");
        Assert.Equal(("Ordre du jour", "Bonjour."), (back.ValueOf("Input.Title"), back.ValueOf("Input.Body")));

        var again = await room.Animator.SendAsync(back, "button[value='verifier']");
        var page = await room.Animator.SendAsync(again, "button[value='envoyer']");
        await LeaveAsync();

        Assert.Contains("Ordre du jour.txt", page.Document.QuerySelector(".pieces")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ordre du jour.txt", Assert.Single(stage.MailsTo(room.Reader)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileTicket_OfSomebodyElse_AttachesNothing()
    {
        var (room, other) = (await RoomAsync(), await RoomAsync());
        var theirs = await other.Animator.OpenAsync($"/groupes/{other.Group.Slug}/lettres/nouveau");
        var check = await other.Animator.SendAsync(theirs, "button[value='verifier']", [("Files", "secret.txt", Encoding.UTF8.GetBytes("secret"))], ("Input.Title", "Secret"), ("Input.Body", "Bonjour."));
        var ticket = check.ValueOf("Kept");
        Assert.NotNull(ticket);

        var mine = await CheckAsync(room, "Sans pièce", ("Kept", ticket));
        var page = await room.Animator.SendAsync(mine, "button[value='envoyer']");

        Assert.Contains("La lettre est publiée", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector(".pieces"));
    }

    [Fact]
    public async Task Preview_OfWhatIsTyped_SaysWhatTheMailWillSay()
    {
        var room = await RoomAsync();
        var check = await CheckAsync(room, "Réunion de jeudi");

        var preview = await room.Animator.SendAsync(check, "button[value='courriel']");
        await room.Animator.SendAsync(check, "button[value='envoyer']");
        await LeaveAsync();

        var mail = Assert.Single(stage.MailsTo(room.Reader));
        string[] Said(AngleSharp.Dom.IDocument document) => [.. document.QuerySelectorAll(".m-carte h1, .m-carte p, .m-carte li").Select(e => InboxStage.Plain(e.TextContent).Trim())];
        Assert.Equal(HttpStatusCode.OK, preview.Status);
        // The mail goes on with what its reader alone can do.
        Assert.Equal(Said(preview.Document), Said(mail.Document).Take(Said(preview.Document).Length));
        Assert.Contains("Bonjour à toutes.", Said(preview.Document));
    }

    [Fact]
    public async Task Form_ByWhoDoesNotAnimate_Refused()
    {
        var room = await RoomAsync();
        var reader = await stage.AsAsync(room.Reader);

        Assert.Equal(HttpStatusCode.Forbidden, (await reader.OpenAsync($"/groupes/{room.Group.Slug}/lettres/nouveau")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync($"/groupes/{room.Group.Slug}/lettres/apercu", ("Input.Title", "x"))).Status);
        Assert.DoesNotContain("lettres/nouveau", (await reader.OpenAsync($"/groupes/{room.Group.Slug}/lettres")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letter_RemovedBeforeItLeft_GoesToNobody()
    {
        var room = await RoomAsync();
        var id = await stage.Scene.LetterAsync(room.Group, room.Author, "Erreur");
        await stage.DecideAsync();
        var page = await room.Animator.OpenAsync($"/c/{id}");

        var removed = await room.Animator.SendAsync(page, "button[value='retirer']");
        await LeaveAsync();

        Assert.Contains("La lettre est à la corbeille", removed.Text, StringComparison.Ordinal);
        Assert.All(room.Everyone, m => Assert.Empty(stage.MailsTo(m)));
    }

    [Fact]
    public async Task Form_EmptyTitle_RefusedAtTheFieldAndNothingTypedIsLost()
    {
        var room = await RoomAsync();

        var refused = await CheckAsync(room, " ");

        Assert.True(refused.Refuses("Input.Title"));
        Assert.Equal("Bonjour à **toutes**.", refused.ValueOf("Input.Body"));
    }

    private async Task<VisitedPage> CheckAsync(Room room, string title, params (string Name, string? Value)[] fields)
    {
        var form = await room.Animator.OpenAsync($"/groupes/{room.Group.Slug}/lettres/nouveau");
        return await room.Animator.SendAsync(form, "button[value='verifier']", [("Input.Title", title), ("Input.Body", "Bonjour à **toutes**."), .. fields]);
    }

    // Mails may wait a little for what follows at once.
    private async Task LeaveAsync()
    {
        await stage.Instance.SettleAsync();
        stage.Instance.Clock.Advance(TimeSpan.FromMinutes(5));
        await stage.Instance.SettleAsync();
    }

    private async Task<Room> RoomAsync()
    {
        var author = await stage.Scene.MemberAsync("Anne Essai");
        var group = await stage.Scene.GroupAsync("Groupe", author);
        var people = new Dictionary<string, Member>();
        foreach (var (name, level) in new[] { ("Tout", MailLevel.Everything), ("Fils", MailLevel.NewThreads), ("Jour", MailLevel.DailyDigest), ("Semaine", MailLevel.WeeklyDigest), ("Rien", MailLevel.Nothing), ("Silence", MailLevel.Everything), ("Perdue", MailLevel.Everything) })
        {
            people[name] = await stage.Scene.MemberAsync(name);
            await stage.Scene.JoinAsync(group, people[name], level: level);
        }

        await using var db = stage.Instance.Open(Viewer.System);
        db.MailPreferences.Add(new MailPreferences { MemberId = people["Silence"].Id, IsSilent = true });
        db.AddressStandings.Add(new AddressStanding { Address = people["Perdue"].NormalizedEmail!, State = AddressState.Stopped, Since = stage.Scene.Now, Status = "5.1.1" });
        await db.SaveChangesAsync();
        return new(group, author, await stage.AsAsync(author), people["Tout"], [.. people.Values]);
    }

    private sealed record Room(Group Group, Member Author, Visitor Animator, Member Reader, IReadOnlyList<Member> Everyone);
}
