using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>The list of notifications: what it shows, and how it is marked as read.</summary>
public sealed class NewsTests(InboxStage stage) : IClassFixture<InboxStage>
{
    [Fact]
    public async Task Page_AnswersOfADay_OneLineAThreadAndOneARequest()
    {
        var (owner, writer, asking) = await PeopleAsync();
        var group = await stage.Scene.GroupAsync("Groupe", owner, members: writer);
        var topic = await stage.Scene.TopicAsync(group, owner, "Un fil suivi");
        for (var i = 0; i < 3; i++) await stage.Scene.AnswerAsync(topic, writer, $"réponse {i}");
        await (await stage.Instance.ProgramAsync(asking.Id)).PostAsJsonAsync($"groups/{group.Slug}/join", new { answer = "Bonjour" });
        await stage.DecideAsync();

        var page = await new Visitor(await stage.Instance.SignedInAsync(owner.Id)).OpenAsync("/moi/nouveautes");

        var lines = page.Document.QuerySelectorAll("li.non-lu h3").Select(h => InboxStage.Plain(h.TextContent)).ToList();
        Assert.Equal(["Zoé Essai demande à entrer dans le groupe « Groupe »", "3 réponses dans « Un fil suivi », la dernière de Luc Essai"], lines);
        Assert.Equal("Aujourd’hui", Assert.Single(page.Document.QuerySelectorAll("main h2")).TextContent.Trim());
    }

    [Fact]
    public async Task Line_OfARequest_MarkedAloneByItsButton()
    {
        var (owner, _, asking) = await PeopleAsync();
        var other = await stage.Scene.MemberAsync("Max Essai");
        var group = await stage.Scene.GroupAsync("Groupe", owner);
        foreach (var member in (Member[])[asking, other]) await (await stage.Instance.ProgramAsync(member.Id)).PostAsJsonAsync($"groups/{group.Slug}/join", new { answer = "Bonjour" });
        await stage.DecideAsync();
        var visitor = new Visitor(await stage.Instance.SignedInAsync(owner.Id));

        var page = await visitor.OpenAsync("/moi/nouveautes");
        var after = await visitor.SendAsync(page, "li.non-lu button[name='id']");

        Assert.Equal(2, page.Document.QuerySelectorAll("li.non-lu").Length);
        Assert.Single(after.Document.QuerySelectorAll("li.non-lu"));
        Assert.Equal(1, await UnreadAsync(owner));
    }

    [Fact]
    public async Task Line_OfSomebodyElse_NotMarked()
    {
        var (owner, stranger, asking) = await PeopleAsync();
        var group = await stage.Scene.GroupAsync("Groupe", owner);
        await (await stage.Instance.ProgramAsync(asking.Id)).PostAsJsonAsync($"groups/{group.Slug}/join", new { answer = "Bonjour" });
        await stage.DecideAsync();
        await using var db = stage.Instance.Open(Viewer.System);
        var id = await db.Notifications.Where(n => n.MemberId == owner.Id).Select(n => n.Id).SingleAsync();

        using var browser = await stage.Instance.SignedInAsync(stranger.Id);
        using var answer = await browser.GestureAsync("/groupes", "/moi/nouveautes/lu", ("id", id.ToString()));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(1, await UnreadAsync(owner));
    }

    [Fact]
    public async Task MarkAll_TwentyClicksAtOnce_AllReadAndNoFailure()
    {
        var (owner, reader, _) = await PeopleAsync();
        var group = await stage.Scene.GroupAsync("Groupe", owner, members: reader);
        for (var i = 0; i < 12; i++) await stage.Scene.TopicAsync(group, owner, $"Fil {i}");
        await stage.DecideAsync();
        Assert.Equal(12, await UnreadAsync(reader));

        using var browser = await stage.Instance.SignedInAsync(reader.Id);
        await browser.GetAsync("/groupes");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.GestureAsync("/groupes", "/moi/nouveautes/tout-lu")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.Equal(0, await UnreadAsync(reader));
        await using var db = stage.Instance.Open(Viewer.Member(reader.Id));
        Assert.Equal(12, await db.ReadMarks.CountAsync(r => r.MemberId == reader.Id));
    }

    [Fact]
    public async Task Posts_OfNobody_NotFoundOrSentToSignIn()
    {
        using var browser = stage.Instance.Browser();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GestureAsync("/connexion", "/moi/nouveautes/tout-lu")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GestureAsync("/connexion", "/moi/nouveautes/lu", ("id", Guid.CreateVersion7().ToString()))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/moi/nouveautes")).StatusCode);
    }

    [Fact]
    public async Task Cursor_FollowedToTheEnd_EveryNotificationOnceNewestFirst()
    {
        var (owner, reader, _) = await PeopleAsync();
        var group = await stage.Scene.GroupAsync("Groupe", owner, members: reader);
        for (var i = 0; i < 7; i++) await stage.Scene.TopicAsync(group, owner, $"Fil {i}");
        await stage.DecideAsync();
        using var program = await stage.Instance.ProgramAsync(reader.Id);
        var seen = new List<string>();

        for (string? next = ""; next is not null;)
        {
            using var page = JsonDocument.Parse(await program.GetStringAsync($"notifications?limit=3{(next.Length > 0 ? $"&after={next}" : "")}"));
            seen.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
            next = page.RootElement.GetProperty("next").GetString();
        }

        Assert.Equal(7, seen.Distinct().Count());
        Assert.Equal(7, seen.Count);
        foreach (var bad in (string[])["x", new string('A', 32) + "B", "____"]) Assert.Equal(HttpStatusCode.UnprocessableEntity, (await program.GetAsync($"notifications?after={bad}")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await program.GetAsync("notifications?limit=101")).StatusCode);
    }

    [Fact]
    public async Task Line_OfWhatCanNoLongerBeSeen_NotWritten()
    {
        var (owner, reader, _) = await PeopleAsync();
        var group = await stage.Scene.GroupAsync("Groupe", owner, members: reader);
        await stage.Scene.TopicAsync(group, owner, "Fil gardé");
        var removed = await stage.Scene.TopicAsync(group, owner, "Fil retiré");
        await stage.DecideAsync();
        using var program = await stage.Instance.ProgramAsync(owner.Id);
        await program.DeleteAsync($"discussions/{removed}");

        var page = await new Visitor(await stage.Instance.SignedInAsync(reader.Id)).OpenAsync("/moi/nouveautes");

        Assert.Contains("Fil gardé", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Fil retiré", page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task Count_AnswerPutIntoTheTrash_CountedOnlyOnceItIsBack(bool isBroughtBackAtOnce, int expected)
    {
        var (owner, reader, _) = await PeopleAsync();
        var group = await stage.Scene.GroupAsync("Groupe", owner);
        await stage.Scene.JoinAsync(group, reader, level: MailLevel.Everything);
        var topic = await stage.Scene.TopicAsync(group, owner, "Un fil");
        var number = await stage.Scene.AnswerAsync(topic, owner, "Écrite trop vite.");
        await stage.DecideAsync();
        using var browser = await stage.Instance.SignedInAsync(owner.Id);

        await browser.GestureAsync("/groupes", $"/contenus/{topic}/reponses/{number}/corbeille");
        if (isBroughtBackAtOnce) await browser.GestureAsync("/groupes", $"/contenus/{topic}/reponses/{number}/retablir");
        await stage.DecideAsync();

        Assert.Equal(expected, await UnreadAsync(reader));
    }

    [Fact]
    public async Task Count_ThreadPutIntoTheTrash_Falls()
    {
        var (owner, reader, _) = await PeopleAsync();
        var group = await stage.Scene.GroupAsync("Groupe", owner, members: reader);
        await stage.Scene.TopicAsync(group, owner, "Fil gardé");
        var removed = await stage.Scene.TopicAsync(group, owner, "Fil retiré");
        await stage.DecideAsync();
        using var program = await stage.Instance.ProgramAsync(owner.Id);

        await program.DeleteAsync($"discussions/{removed}");
        await stage.DecideAsync();

        Assert.Equal(1, await UnreadAsync(reader));
    }

    private async Task<(Member, Member, Member)> PeopleAsync() =>
        (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"), await stage.Scene.MemberAsync("Zoé Essai"));

    private async Task<int> UnreadAsync(Member member)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Notifications.CountAsync(n => n.MemberId == member.Id && n.ReadAt == null);
    }
}
