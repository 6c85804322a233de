using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sorting;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Fetching;

/// <summary>
/// Writes what sources answered: their state, the news that nobody had seen, and a card in the pool of each group that follows them. Many
/// answers in one transaction, a handful of questions whatever their number.
/// </summary>
internal sealed class StoreAnswers(AppDb database)
{
    /// <summary>Entries taken of one answer; a feed of thousands is cut there, newest first as feeds are.</summary>
    public const int MostEntries = 300;

    // Beyond these, what comes is an archive, not news: it is found in the pool and fills nobody's reading list.
    private const int MostFirst = 10;
    private const int MostAtOnce = 100;
    private static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    // The same title elsewhere within a week is the same news, unless so short that it says nothing (« Conseil municipal »).
    private static readonly TimeSpan SameTitle = TimeSpan.FromDays(7);
    private const int TellingTitle = 30;

    /// <summary>Writes them.</summary>
    /// <returns>How many cards came into pools.</returns>
    public Task<int> ExecuteAsync(IReadOnlyList<SourceAnswer> answers, CancellationToken cancellation) =>
        database.TransactAsync(Viewer.System, (db, token) => WriteAsync(db, answers, token), cancellation);

    private static async Task<int> WriteAsync(AppDbContext db, IReadOnlyList<SourceAnswer> answers, CancellationToken cancellation)
    {
        var ids = answers.Select(a => a.SourceId).ToList();
        var sources = await db.Set<Source>().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation);
        List<Arrival> arrivals = [];
        foreach (var answer in answers)
        {
            if (!sources.TryGetValue(answer.SourceId, out var source)) continue;
            if (answer.Reading is not null) arrivals.AddRange(await NewEntriesAsync(db, source, answer, cancellation));
            Note(source, answer);
        }

        await FindNewsAsync(db, arrivals, cancellation);
        var cards = await PutIntoPoolsAsync(db, arrivals, cancellation);
        await db.SaveChangesAsync(cancellation);
        return cards;
    }

    private static void Note(Source source, SourceAnswer answer)
    {
        (source.LastFetchAt, source.NextFetchAt, source.LeaseUntil) = (answer.At, answer.NextFetchAt, null);
        (source.Fault, source.FaultStatus) = (answer.Fault, answer.Fault == SourceFault.None ? null : answer.Status);
        source.State = answer.Fault == SourceFault.Gone ? SourceState.Gone : SourceState.Active;
        if (answer.MovedTo != source.MovedTo) (source.MovedTo, source.MovedSince) = (answer.MovedTo, answer.MovedTo is null ? null : answer.At);
        if (answer.Fault != SourceFault.None)
        {
            source.Failures++;
            source.FailingSince ??= answer.At;
            return;
        }

        (source.Failures, source.FailingSince, source.LastSuccessAt, source.EntriesInAWeek) = (0, null, answer.At, answer.EntriesInAWeek);
        (source.ETag, source.LastModified, source.BodyHash) = (answer.ETag ?? source.ETag, answer.LastModified ?? source.LastModified, answer.BodyHash ?? source.BodyHash);
        if (answer.Reading is not { } reading) return;

        if (reading.Title is { Length: > 0 } title) source.Title = EnterPool.Cut(title, GroupSource.NameLength);
        (source.SiteAddress, source.Description, source.Language, source.Repairs) = (reading.SiteAddress ?? source.SiteAddress, reading.Description, reading.Language, reading.Repairs);
    }

    private static async Task<IEnumerable<Arrival>> NewEntriesAsync(AppDbContext db, Source source, SourceAnswer answer, CancellationToken cancellation)
    {
        var entries = answer.Reading!.Entries.Take(MostEntries).Select(e => new Arrival(source, answer.At, e)).DistinctBy(a => a.EntryKey).ToList();
        if (entries.Count == 0) return [];

        var keys = entries.ConvertAll(e => e.EntryKey);
        var seen = source.LastSuccessAt is null ? [] : await db.Set<Sighting>().Where(s => s.SourceId == source.Id && keys.Contains(s.EntryKey)).Select(s => s.EntryKey).ToHashSetAsync(cancellation);
        var newest = entries.Max(e => e.PublishedAt);
        if (source.LastEntryAt is null || newest > source.LastEntryAt) source.LastEntryAt = newest;

        var fresh = entries.Where(e => !seen.Contains(e.EntryKey)).ToList();
        var room = source.LastSuccessAt is null ? MostFirst : MostAtOnce;
        foreach (var (place, arrival) in fresh.OrderByDescending(e => e.PublishedAt).Index()) arrival.IsOld = place >= room || arrival.PublishedAt < answer.At - Recent;
        return fresh;
    }

    private static async Task FindNewsAsync(AppDbContext db, List<Arrival> arrivals, CancellationToken cancellation)
    {
        var known = new Dictionary<string, News>(StringComparer.Ordinal);
        var titles = new Dictionary<string, News>(StringComparer.Ordinal);
        foreach (var some in arrivals.Select(a => a.AddressKey).Distinct().Chunk(500))
            foreach (var news in await db.Set<News>().AsNoTracking().Where(n => some.Contains(n.AddressKey)).ToListAsync(cancellation)) known[news.AddressKey] = news;
        foreach (var some in arrivals.Where(a => a.IsTelling).Select(a => a.TitleKey).Distinct().Chunk(500))
        {
            var since = arrivals[0].At - SameTitle;
            foreach (var news in await db.Set<News>().AsNoTracking().Where(n => some.Contains(n.TitleKey) && n.FirstSeenAt >= since).ToListAsync(cancellation)) titles.TryAdd(news.TitleKey, news);
        }

        foreach (var arrival in arrivals)
        {
            if (known.TryGetValue(arrival.AddressKey, out var same) || (arrival.IsTelling && titles.TryGetValue(arrival.TitleKey, out same))) arrival.Know(same, isNew: false);
            else
            {
                var news = arrival.ToNews();
                db.Add(news);
                known[arrival.AddressKey] = news;
                if (arrival.IsTelling) titles.TryAdd(arrival.TitleKey, news);
                arrival.Know(news, isNew: true);
            }

            db.Add(new Sighting { SourceId = arrival.Source.Id, EntryKey = arrival.EntryKey, NewsId = arrival.NewsId, SeenAt = arrival.At });
        }
    }

    private static async Task<int> PutIntoPoolsAsync(AppDbContext db, List<Arrival> arrivals, CancellationToken cancellation)
    {
        if (arrivals.Count == 0) return 0;

        var ids = arrivals.Select(a => a.Source.Id).Distinct().ToList();
        var followers = await db.Set<GroupSource>().AsNoTracking().Include(s => s.Source).Where(s => ids.Contains(s.SourceId) && !s.IsMuted).ToListAsync(cancellation);
        var bySource = followers.ToLookup(s => s.SourceId);
        var rules = await ApplyRules.ReadAsync(db, followers.ConvertAll(s => s.GroupId), cancellation);
        var present = await PresentAsync(db, arrivals, cancellation);
        var cards = 0;
        foreach (var arrival in arrivals)
            foreach (var followed in bySource[arrival.Source.Id])
            {
                var group = followed.GroupId;
                if (present.TryGetValue((group, arrival.NewsId), out var card))
                {
                    if (card.Sources.Add(arrival.Source.Id)) card.Entry.SourceCount = Math.Max(card.Sources.Count, card.Entry.SourceCount);
                    // What lay too deep in one source is news in another, whichever is stored first.
                    if (card.Entry.State == PoolState.Old && !arrival.IsOld) card.Entry.State = PoolState.Proposed;
                    continue;
                }

                var entry = new PoolEntry
                {
                    GroupId = group,
                    NewsId = arrival.NewsId,
                    ArrivedAt = arrival.At,
                    SourceId = arrival.Source.Id,
                    SourceCount = 1,
                    State = arrival.IsOld ? PoolState.Old : PoolState.Proposed,
                };
                rules.Decide(entry, arrival.News, followed);
                db.Add(entry);
                present.Add((group, arrival.NewsId), new(entry, [arrival.Source.Id]));
                cards++;
            }

        return cards;
    }

    // Cards of news that was known: with the sources of the group that had brought it, so that one that repeats itself counts once.
    private static async Task<Dictionary<(Guid Group, Guid News), Card>> PresentAsync(AppDbContext db, List<Arrival> arrivals, CancellationToken cancellation)
    {
        var cards = new Dictionary<(Guid, Guid), Card>();
        foreach (var some in arrivals.Where(a => !a.IsNew).Select(a => a.NewsId).Distinct().Chunk(500))
        {
            var carriers = await (from s in db.Set<Sighting>()
                                  join g in db.Set<GroupSource>() on s.SourceId equals g.SourceId
                                  where some.Contains(s.NewsId)
                                  select new { g.GroupId, s.NewsId, s.SourceId }).ToListAsync(cancellation);
            var sources = carriers.ToLookup(c => (c.GroupId, c.NewsId), c => c.SourceId);
            foreach (var entry in await db.Set<PoolEntry>().Where(e => some.Contains(e.NewsId)).ToListAsync(cancellation))
                cards[(entry.GroupId, entry.NewsId)] = new(entry, [.. sources[(entry.GroupId, entry.NewsId)]]);
        }

        return cards;
    }

    private sealed record Card(PoolEntry Entry, HashSet<Guid> Sources);

    private sealed class Arrival(Source source, DateTime at, SourceEntry entry)
    {
        public Source Source => source;

        public DateTime At => at;

        public string EntryKey { get; } = NewsKeys.OfIdentifier(entry.Identifier);

        public string AddressKey { get; } = NewsKeys.OfAddress(entry.Address);

        public string TitleKey { get; } = NewsKeys.OfTitle(entry.Title);

        public bool IsTelling => entry.Title.Length >= TellingTitle;

        /// <summary>Never in the future; the moment it was seen where it says none.</summary>
        public DateTime PublishedAt { get; } = entry.PublishedAt is { } date && date < at ? date : at;

        public bool IsOld { get; set; }

        public News News { get; private set; } = null!;

        public Guid NewsId => News.Id;

        public bool IsNew { get; private set; }

        public void Know(News news, bool isNew) => (News, IsNew) = (news, isNew);

        public News ToNews() => new()
        {
            Id = Guid.CreateVersion7(),
            Address = entry.Address.AbsoluteUri,
            AddressKey = AddressKey,
            TitleKey = TitleKey,
            Title = EnterPool.Cut(entry.Title, News.TitleLength),
            Author = entry.Author is { Length: > 0 } author ? EnterPool.Cut(author, GroupSource.NameLength) : null,
            Excerpt = EnterPool.Cut(entry.Excerpt, News.ExcerptLength),
            Language = source.Language,
            PublishedAt = PublishedAt,
            FirstSeenAt = at,
        };
    }
}
