using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sorting;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>What becomes of what sources answer: the news that are known again, and the cards of each group.</summary>
public sealed class StoreAnswersTests(Stage stage) : IClassFixture<Stage>
{
    private static int _count;

    private Instance Instance => stage.Instance;

    private DateTime Now => Instance.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task Answer_OfTwoSourcesWithTheSameNews_OneCardSeenInTwo()
    {
        var group = await GroupAsync();
        var (one, other) = (await SourceAsync(group), await SourceAsync(group));
        var news = Unique();

        await StoreAsync(Answer(one, Entry(news)));
        await StoreAsync(Answer(other, Entry(news + "?utm_source=lettre")));
        await StoreAsync(Answer(other, Entry(news + "?utm_source=lettre", identifier: "autre")));

        var card = Assert.Single(await CardsAsync(group));
        Assert.Equal((PoolState.Proposed, 2), (card.State, card.SourceCount));
    }

    [Fact]
    public async Task Answer_FollowedByTwoGroups_ACardForEach()
    {
        var (first, second) = (await GroupAsync(), await GroupAsync());
        var source = await SourceAsync(first, second);

        await StoreAsync(Answer(source, Entry(Unique())));

        Assert.Single(await CardsAsync(first));
        Assert.Single(await CardsAsync(second));
    }

    [Fact]
    public async Task Answer_ThatComesBack_NothingTwice()
    {
        var group = await GroupAsync();
        var source = await SourceAsync(group);
        SourceEntry[] entries = [Entry(Unique()), Entry(Unique()), Entry(Unique())];

        for (var i = 0; i < 3; i++) await StoreAsync(Answer(source, entries));

        Assert.Equal(3, (await CardsAsync(group)).Count);
    }

    [Fact]
    public async Task Answer_WhoseIdentifiersChangeEachTime_NothingTwice()
    {
        var group = await GroupAsync();
        var source = await SourceAsync(group);
        var addresses = Enumerable.Range(0, 5).Select(_ => Unique()).ToList();

        for (var i = 0; i < 4; i++) await StoreAsync(Answer(source, [.. addresses.Select(a => Entry(a, identifier: $"{a}#{Guid.NewGuid()}", published: Now.AddHours(-i)))]));

        Assert.Equal(5, (await CardsAsync(group)).Count);
    }

    [Fact]
    public async Task Answer_SameTellingTitleElsewhereWithinAWeek_OneNews()
    {
        var group = await GroupAsync();
        var (one, other) = (await SourceAsync(group), await SourceAsync(group));
        var title = $"Le département lance un fonds pour les écoles rurales numéro {Interlocked.Increment(ref _count)}";

        await StoreAsync(Answer(one, Entry(Unique(), title)));
        await StoreAsync(Answer(other, Entry(Unique(), title.ToUpperInvariant() + " !")));
        var short1 = await CardsAsync(group);
        await StoreAsync(Answer(one, Entry(Unique(), "Agenda")), Answer(other, Entry(Unique(), "Agenda")));

        Assert.Equal(2, Assert.Single(short1).SourceCount);
        Assert.Equal(3, (await CardsAsync(group)).Count);
    }

    [Fact]
    public async Task FirstAnswer_OfAnOldSource_TenToReadAndTheRestFound()
    {
        var group = await GroupAsync();
        var source = await SourceAsync(group);

        await StoreAsync(Answer(source, [.. Enumerable.Range(0, 50).Select(i => Entry(Unique(), published: Now.AddDays(-i / 2.0)))]));

        var cards = await CardsAsync(group);
        Assert.Equal((10, 40), (cards.Count(c => c.State == PoolState.Proposed), cards.Count(c => c.State == PoolState.Old)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task News_DeepInOneSourceAndFreshInAnother_ToReadWhicheverComesFirst(bool deepFirst)
    {
        var group = await GroupAsync();
        var (deep, other) = (await SourceAsync(group), await SourceAsync(group));
        var shared = Unique();
        var manyEntries = Answer(deep, [.. Enumerable.Range(0, 10).Select(i => Entry(Unique(), published: Now.AddHours(-i))), Entry(shared, published: Now.AddHours(-12))]);
        var one = Answer(other, Entry(shared, published: Now.AddHours(-12)));

        foreach (var answer in deepFirst ? [manyEntries, one] : (SourceAnswer[])[one, manyEntries]) await StoreAsync(answer);

        Assert.Equal([.. Enumerable.Repeat(1, 10), 2], (await CardsAsync(group)).Where(c => c.State == PoolState.Proposed).Select(c => c.SourceCount).Order());
    }

    [Fact]
    public async Task LaterAnswer_ThatPublishesItsArchiveAgain_FloodsNobody()
    {
        var group = await GroupAsync();
        var source = await SourceAsync(group);
        await StoreAsync(Answer(source, Entry(Unique())));

        await StoreAsync(Answer(source, [.. Enumerable.Range(0, 250).Select(i => Entry(Unique(), published: Now.AddDays(-60 - i))), Entry(Unique(), published: Now)]));

        var cards = await CardsAsync(group);
        Assert.Equal((2, 250), (cards.Count(c => c.State == PoolState.Proposed), cards.Count(c => c.State == PoolState.Old)));
    }

    [Fact]
    public async Task Entry_DatedInTheFuture_DatedNow()
    {
        var group = await GroupAsync();
        var source = await SourceAsync(group);

        await StoreAsync(Answer(source, Entry(Unique(), published: Now.AddYears(3))));

        await using var db = Instance.Open(Viewer.System);
        Assert.Equal(Now, await db.Set<PoolEntry>().Where(e => e.GroupId == group.Id).Select(e => e.News!.PublishedAt).SingleAsync());
    }

    [Fact]
    public async Task Source_Muted_BringsNothing()
    {
        var group = await GroupAsync();
        var source = await SourceAsync(group);
        await using (var db = Instance.Open(Viewer.System)) await db.Set<GroupSource>().Where(s => s.GroupId == group.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.IsMuted, true));

        await StoreAsync(Answer(source, Entry(Unique())));

        Assert.Empty(await CardsAsync(group));
    }

    [Fact]
    public async Task Failures_InARow_CountedSinceTheFirstAndForgottenAtTheNextSuccess()
    {
        var group = await GroupAsync();
        var source = await SourceAsync(group);
        await StoreAsync(Answer(source, Entry(Unique())));
        var since = Now;

        await StoreAsync(Fault(source, SourceFault.HttpError, 404));
        stage.Later();
        await StoreAsync(Fault(source, SourceFault.TimedOut, null));
        var failing = await SourceOfAsync(source);
        await StoreAsync(Answer(source));
        var mended = await SourceOfAsync(source);

        Assert.Equal((2, since, SourceFault.TimedOut, (int?)null), (failing.Failures, failing.FailingSince, failing.Fault, failing.FaultStatus));
        Assert.Equal((0, (DateTime?)null, SourceFault.None), (mended.Failures, mended.FailingSince, mended.Fault));
        Assert.Single(await CardsAsync(group));
    }

    [Fact]
    public async Task Source_GoneForGood_IsNotAskedAgain()
    {
        var source = await SourceAsync(await GroupAsync());

        await StoreAsync(Fault(source, SourceFault.Gone, 410));

        Assert.Equal(SourceState.Gone, (await SourceOfAsync(source)).State);
    }

    [Fact]
    public async Task Rules_OfTheGroup_SortWhatArrives()
    {
        var (group, other) = (await GroupAsync(), await GroupAsync());
        var source = await SourceAsync(group, other);
        await using (var db = Instance.Open(Viewer.System))
        {
            db.AddRange(
                Rule(group, 0, "emploi", RuleAction.SetAside), Rule(group, 1, "subvention", RuleAction.Keep), Rule(group, 2, "fibre", RuleAction.Star),
                Rule(group, 3, "concert", RuleAction.Keep, Guid.NewGuid()));
            await db.SaveChangesAsync();
        }

        await StoreAsync(Answer(source, Entry(Unique(), "Offre d’emploi et subvention"), Entry(Unique(), "Une subvention pour la fibre"), Entry(Unique(), "Un concert"), Entry(Unique(), "La fibre")));

        Assert.Equal(
            [("La fibre", PoolState.Proposed, true), ("Offre d’emploi et subvention", PoolState.SetAside, false), ("Un concert", PoolState.Proposed, false), ("Une subvention pour la fibre", PoolState.Kept, true)],
            await SortedAsync(group));
        Assert.All(await SortedAsync(other), c => Assert.Equal((PoolState.Proposed, false), (c.State, c.IsStarred)));
    }

    private static PoolRule Rule(Group group, int position, string query, RuleAction action, Guid? source = null) =>
        new() { GroupId = group.Id, Query = query, Action = action, Position = position, SourceId = source, CreatedById = Guid.Empty };

    private static string Unique() => $"https://actualites.invalid/article-{Interlocked.Increment(ref _count)}";

    private SourceEntry Entry(string address, string? title = null, string? identifier = null, DateTime? published = null) =>
        new(identifier ?? address, new Uri(address), title ?? $"Titre {Interlocked.Increment(ref _count)}", null, "Un début.", published ?? Now.AddHours(-1));

    private SourceAnswer Answer(Guid source, params SourceEntry[] entries) =>
        new() { SourceId = source, At = Now, Fault = SourceFault.None, Reading = new("Une source", null, null, "fr", null, entries), NextFetchAt = Now.AddHours(1) };

    private SourceAnswer Fault(Guid source, SourceFault fault, int? status) => new() { SourceId = source, At = Now, Fault = fault, Status = status, NextFetchAt = Now.AddHours(1) };

    private Task StoreAsync(params SourceAnswer[] answers) => Instance.Services.GetRequiredService<StoreAnswers>().ExecuteAsync(answers, default);

    private async Task<Group> GroupAsync()
    {
        Member owner = await stage.Scene.MemberAsync("Anne Essai");
        return await stage.Scene.VeilleAsync(owner);
    }

    private async Task<Guid> SourceAsync(params Group[] groups)
    {
        await using var db = Instance.Open(Viewer.System);
        var source = new Source { Address = $"https://source.invalid/{Interlocked.Increment(ref _count)}", Title = "Une source", NextFetchAt = Now };
        db.Add(source);
        foreach (var group in groups) db.Add(new GroupSource { GroupId = group.Id, SourceId = source.Id, AddedById = Guid.Empty, AddedAt = Now });
        await db.SaveChangesAsync();
        return source.Id;
    }

    private async Task<Source> SourceOfAsync(Guid id)
    {
        await using var db = Instance.Open(Viewer.System);
        return await db.Set<Source>().SingleAsync(s => s.Id == id);
    }

    private async Task<List<PoolEntry>> CardsAsync(Group group)
    {
        await using var db = Instance.Open(Viewer.System);
        return await db.Set<PoolEntry>().Where(e => e.GroupId == group.Id).ToListAsync();
    }

    private async Task<List<(string Title, PoolState State, bool IsStarred)>> SortedAsync(Group group)
    {
        await using var db = Instance.Open(Viewer.System);
        return [.. (await db.Set<PoolEntry>().Where(e => e.GroupId == group.Id).Select(e => new { e.News!.Title, e.State, e.IsStarred }).ToListAsync()).OrderBy(e => e.Title, StringComparer.Ordinal).Select(e => (e.Title, e.State, e.IsStarred))];
    }
}
