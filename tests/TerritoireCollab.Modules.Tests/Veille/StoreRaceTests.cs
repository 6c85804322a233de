using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Answers stored on each database: by several processes at once, and more rows than one command takes.</summary>
public sealed class StoreRaceTests
{
    private const int Sources = 6;
    private const int Entries = StoreAnswers.MostEntries;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Answers_WithTheSameNewsStoredAtOnce_OneCardEachSeenInAll(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider, manualClock: true);
        var (group, sources) = await FollowAsync(instance);
        var store = instance.Services.GetRequiredService<StoreAnswers>();

        await Task.WhenAll(sources.Select((source, n) => store.ExecuteAsync([Answer(instance, source, n)], default)));

        await using var db = instance.Open(Viewer.System);
        Assert.Equal(Entries, await db.Set<News>().CountAsync());
        Assert.Equal(Entries * Sources, await db.Set<Sighting>().CountAsync());
        Assert.Equal([.. Enumerable.Repeat(Sources, Entries)], await db.Set<PoolEntry>().Where(e => e.GroupId == group.Id).Select(e => e.SourceCount).ToListAsync());
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Answer_OfManyEntries_StoredWordForWord(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider, manualClock: true);
        var (_, sources) = await FollowAsync(instance);
        var answer = Answer(instance, sources[0], 0);

        await instance.Services.GetRequiredService<StoreAnswers>().ExecuteAsync([answer], default);

        await using var db = instance.Open(Viewer.System);
        var stored = await db.Set<PoolEntry>().Select(e => new { e.News!.Title, e.News.Author, e.News.Excerpt, e.News.PublishedAt, e.News.FirstSeenAt, e.ArrivedAt, e.Line, e.Version }).ToListAsync();
        Assert.Equal(
            answer.Reading!.Entries.Select(e => (e.Title, e.Author, e.Excerpt, (DateTime)e.PublishedAt!, answer.At, answer.At, (string?)null, 1)).OrderBy(e => e.Item4),
            stored.Select(e => (e.Title, e.Author, e.Excerpt, e.PublishedAt, e.FirstSeenAt, e.ArrivedAt, e.Line, e.Version)).OrderBy(e => e.Item4));
    }

    // Each source tells the same news in another order, and some are signed.
    private static SourceAnswer Answer(Instance instance, Guid source, int turn)
    {
        var now = instance.Clock.GetUtcNow().UtcDateTime;
        var entries = Enumerable.Range(0, Entries).Select(i => (i + (turn * 50)) % Entries)
            .Select(i => new SourceEntry($"{i}", new Uri($"https://ville.invalid/{i}"), $"L’été n° {i} 🌻", i % 2 == 0 ? null : "Zoé Forêt", $"Où l’on « cite » l'été '{i}'", now.AddMinutes(-i - 1)));
        return new() { SourceId = source, At = now, Fault = SourceFault.None, Reading = new("Une source", null, null, "fr", null, [.. entries]), NextFetchAt = now.AddHours(1) };
    }

    private static async Task<(Group Group, List<Guid> Sources)> FollowAsync(Instance instance)
    {
        var scene = new Scene(instance);
        var owner = await scene.MemberAsync("Anne Essai");
        var group = await scene.VeilleAsync(owner);
        await using var db = instance.Open(Viewer.System);
        var sources = Enumerable.Range(0, Sources).Select(n => new Source { Id = Guid.CreateVersion7(), Address = $"https://source{n}.invalid/", Title = "Une source", NextFetchAt = DateTime.UnixEpoch }).ToList();
        db.AddRange(sources);
        db.AddRange(sources.Select(s => new GroupSource { GroupId = group.Id, SourceId = s.Id, AddedById = owner.Id, AddedAt = DateTime.UnixEpoch }));
        await db.SaveChangesAsync();
        return (group, sources.ConvertAll(s => s.Id));
    }
}
