using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Maintenance;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Forum;

/// <summary>Links to a message, as mails, feeds and people hold them, lead to it wherever its animators have put it.</summary>
public sealed class PermalinkTests : IAsyncLifetime
{
    private Instance _instance = null!;
    private Scene _scene = null!;
    private Member _animator = null!;
    private Group _group = null!;
    private Visitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync(manualClock: true);
        _scene = new Scene(_instance);
        _animator = await _scene.MemberAsync("Anne Essai");
        _group = await _scene.GroupAsync("Groupe", _animator);
        _visitor = new Visitor(await _instance.SignedInAsync(_animator.Id));
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Fact]
    public async Task Split_LinkToAMessageThatWent_LeadsToItsNewPlace()
    {
        var topic = await ThreadAsync("Le fil d’origine", 5);
        var answer = await _scene.AnswerAsync(topic, _animator, "réponse 6 à la 2", replyTo: 2);

        var made = await SplitAsync(topic, "Le fil nouveau", 2, 4);

        Assert.EndsWith($"{made}-le-fil-nouveau?reponse=0", (await FindAsync($"/c/{topic}?reponse=2", 0, "réponse 2")).Address, StringComparison.Ordinal);
        await FindAsync($"/groupes/{_group.Slug}/forum/{topic}-un-ancien-titre?reponse=4", 1, "réponse 4");
        await FindAsync($"/c/{topic}?reponse={answer}", 2, "réponse 6");
        Assert.Contains($"/{topic}-", (await FindAsync($"/c/{topic}?reponse=3", 3, "réponse 3")).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merge_LinkToAMessageOfTheEmptiedThread_LeadsToItsNewNumber()
    {
        var (from, to) = (await ThreadAsync("Le fil vidé", 4), await ThreadAsync("Le fil rempli", 3));

        await MergeAsync(from, to);

        await FindAsync($"/c/{from}", 4, "Message de Le fil vidé");
        await FindAsync($"/c/{from}?reponse=3", 7, "Le fil vidé, réponse 3");
        await FindAsync($"/groupes/{_group.Slug}/forum/{from}-le-fil-vide?reponse=1", 5, "Le fil vidé, réponse 1");
        await FindAsync($"/c/{to}?reponse=3", 3, "Le fil rempli, réponse 3");
    }

    [Fact]
    public async Task SplitThenMerged_EachOldLink_LeadsToTheEndOfItsWay()
    {
        var (first, last) = (await ThreadAsync("Premier", 4), await ThreadAsync("Dernier", 1));
        var made = await SplitAsync(first, "Scindé", 2, 3);
        await MergeAsync(first, last);

        await FindAsync($"/c/{first}?reponse=3", 1, "Premier, réponse 3");
        await FindAsync($"/c/{first}?reponse=4", 4, "Premier, réponse 4");
        Assert.Contains($"/{last}-", (await _visitor.OpenAsync($"/c/{last}?reponse=99")).Address, StringComparison.Ordinal);

        await MergeAsync(made, last);

        var found = await _visitor.OpenAsync($"/c/{first}?reponse=3");
        Assert.Contains($"/{last}-", found.Address, StringComparison.Ordinal);
        Assert.Contains("Premier, réponse 3", found.Document.QuerySelector("#r" + found.Address.Split("reponse=")[1])!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merge_IntoAThreadThatWentWhereTheReaderMayNot_SameAnswerAsAbsent()
    {
        var reader = await _scene.MemberAsync("Rémi Essai");
        await _scene.JoinAsync(_group, reader);
        var hidden = await _scene.GroupAsync("Ailleurs", _animator, GroupVisibility.Hidden);
        var (from, to) = (await ThreadAsync("Le fil vidé", 1), await ThreadAsync("Le fil emporté", 0));
        await MergeAsync(from, to);
        var outsider = new Visitor(await _instance.SignedInAsync(reader.Id));
        Assert.Equal(HttpStatusCode.OK, (await outsider.OpenAsync($"/c/{from}?reponse=1")).Status);

        await _visitor.SendAsync(await _visitor.OpenAsync(Moderation(to)), "select[name='To']", ("To", hidden.Slug));

        var (gone, absent) = (await outsider.OpenAsync($"/c/{from}?reponse=1"), await outsider.OpenAsync("/c/zzzzzzzz?reponse=1"));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (gone.Status, absent.Status));
        Assert.Equal(absent.Text, gone.Text);
        await FindAsync($"/c/{from}?reponse=1", 2, "Le fil vidé, réponse 1");
    }

    [Fact]
    public async Task Move_OldAddress_LeadsToTheNewGroupAndKeepsTheNumber()
    {
        var other = await _scene.GroupAsync("Un autre groupe", _animator);
        var topic = await ThreadAsync("Le fil", 30);

        await _visitor.SendAsync(await _visitor.OpenAsync(Moderation(topic)), "select[name='To']", ("To", other.Slug));

        Assert.StartsWith($"/groupes/{other.Slug}/forum/{topic}-le-fil", (await FindAsync($"/groupes/{_group.Slug}/forum/{topic}-le-fil?reponse=28", 28, "réponse 28")).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_OfAThreadMergedWhileItIsOpen_LeadsOnInsteadOfAway()
    {
        var (from, to) = (await ThreadAsync("Le fil vidé", 1), await ThreadAsync("Le fil rempli", 0));
        await using var db = _instance.Open(Viewer.Member(_animator.Id));
        var itemId = await db.Items.Where(i => i.ShortId == from).Select(i => i.Id).SingleAsync();
        var session = await db.Sessions.Where(s => s.MemberId == _animator.Id).Select(s => s.Id).FirstAsync();
        var watch = _instance.Services.GetRequiredService<WatchThread>();
        Assert.Equal(WatchState.Open, (await watch.ExecuteAsync(_animator.Id, session, itemId, 0, default)).State);

        await MergeAsync(from, to);

        Assert.Equal(WatchState.Merged, (await watch.ExecuteAsync(_animator.Id, session, itemId, 0, default)).State);
    }

    [Fact]
    public async Task Purge_OfTheTrash_LinksOfMergedThreadsStayAndNothingIsOrphaned()
    {
        var (from, to) = (await ThreadAsync("Le fil vidé", 2), await ThreadAsync("Le fil rempli", 0));
        await MergeAsync(from, to);
        var number = await _scene.AnswerAsync(to, _animator, "Avec une pièce", null, await _scene.FileAsync("plan.txt", "Un plan."));
        var page = await _visitor.OpenAsync($"/c/{to}");
        await _visitor.SendAsync(page, "#gestes", ("geste", $"retirer-reponse:{number}"));
        await _instance.SettleAsync();

        _instance.Clock.Advance(TimeSpan.FromDays(400));
        await _instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "purge").RunAsync(default);
        _visitor = new Visitor(await _instance.SignedInAsync(_animator.Id));

        await FindAsync($"/c/{from}?reponse=2", 3, "Le fil vidé, réponse 2");
        var wrong = (await ActivatorUtilities.CreateInstance<CheckIntegrity>(_instance.Services).ExecuteAsync(default)).Where(c => !c.IsSound).Select(c => c.Sentence);
        Assert.Empty(wrong);
        await using var db = _instance.Open(Viewer.System);
        Assert.Equal(0, await db.Attachments.CountAsync());
    }

    private async Task<string> ThreadAsync(string title, int answers)
    {
        var topic = await _scene.TopicAsync(_group, _animator, title, $"Message de {title}");
        for (var i = 1; i <= answers; i++) await _scene.AnswerAsync(topic, _animator, $"{title}, réponse {i}.");
        return topic;
    }

    private string Moderation(string topic) => $"/groupes/{_group.Slug}/forum/{topic}/animer";

    private async Task MergeAsync(string from, string to) =>
        Assert.Equal(HttpStatusCode.OK, (await _visitor.SendAsync(await _visitor.OpenAsync(Moderation(from)), "select[name='Into']", ("Into", to))).Status);

    private async Task<string> SplitAsync(string topic, string title, params int[] numbers)
    {
        var made = await _visitor.SendAsync(await _visitor.OpenAsync(Moderation(topic)), "[name='Title']", [("Title", title), .. numbers.Select(n => ("Numbers", (string?)$"{n}"))]);
        Assert.Equal(HttpStatusCode.OK, made.Status);
        return made.Address.Split("/forum/")[1][..8];
    }

    // The message of that number stands on the page that the link leads to.
    private async Task<VisitedPage> FindAsync(string link, int number, string text)
    {
        var page = await _visitor.OpenAsync(link);
        Assert.Equal((HttpStatusCode.OK, link), (page.Status, link));
        Assert.EndsWith($"reponse={number}", page.Address, StringComparison.Ordinal);
        Assert.Contains(text, page.Document.QuerySelector($"#r{number}")?.TextContent ?? $"{page.Address} has no #r{number}", StringComparison.Ordinal);
        return page;
    }
}
