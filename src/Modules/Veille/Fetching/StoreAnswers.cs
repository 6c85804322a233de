using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Veille.Hubs;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sorting;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Fetching;

/// <summary>
/// Writes what sources answered: their state, the news that nobody had seen, and a card in the pool of each group that follows them. Many
/// answers in one transaction: a question for each source that has changed, and a handful for all of them.
/// </summary>
internal sealed class StoreAnswers(AppDb database, NoteOffers offers)
{
    /// <summary>Entries taken of one answer; a feed of thousands is cut there, newest first as feeds are.</summary>
    public const int MostEntries = 300;

    // Beyond these, what comes is an archive, not news: it is found in the pool and fills nobody's reading list.
    private const int MostFirst = 10;
    private const int MostAtOnce = 100;
    private static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    /// <summary>Writes them.</summary>
    /// <returns>How many cards came into pools.</returns>
    public Task<int> ExecuteAsync(IReadOnlyList<SourceAnswer> answers, CancellationToken cancellation) =>
        database.TransactAsync(Viewer.System, (db, token) => WriteAsync(db, answers, token), cancellation);

    private async Task<int> WriteAsync(AppDbContext db, IReadOnlyList<SourceAnswer> answers, CancellationToken cancellation)
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

        await offers.ExecuteAsync(db, answers.Where(a => sources.ContainsKey(a.SourceId)), cancellation);
        var marks = await FindNewsAsync(db, arrivals, cancellation);
        var cards = await CardsAsync(db, arrivals, cancellation);
        var made = cards.Where(c => c.IsNew).Select(c => c.Entry).ToList();
        await db.SaveChangesAsync(cancellation);
        await db.InsertAsync([.. arrivals.Where(a => a.IsNew).Select(a => a.News)], cancellation);
        await db.InsertAsync(marks, cancellation);
        await db.InsertAsync(arrivals.ConvertAll(a => a.ToSighting()), cancellation);
        await db.InsertAsync(made, cancellation);
        await RaiseAsync(db, cards.Where(c => c is { IsNew: false, IsCarried: true }), cancellation);
        return made.Count;
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

        (source.Failures, source.FailingSince, source.FailureToldAt, source.LastSuccessAt, source.EntriesInAWeek) = (0, null, null, answer.At, answer.EntriesInAWeek);
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

    private static async Task<IReadOnlyList<NewsMark>> FindNewsAsync(AppDbContext db, List<Arrival> arrivals, CancellationToken cancellation)
    {
        if (arrivals.Count == 0) return [];

        var addresses = new Dictionary<string, News>(StringComparer.Ordinal);
        foreach (var some in arrivals.Select(a => a.AddressKey).Distinct().Chunk(500))
            foreach (var news in await db.Set<News>().AsNoTracking().Where(n => some.Contains(n.AddressKey)).ToListAsync(cancellation)) addresses[news.AddressKey] = news;
        await KnownNews.ForgetAsync(db, arrivals[0].At, cancellation);
        var known = await KnownNews.ReadAsync(db, [.. arrivals.Where(a => !addresses.ContainsKey(a.AddressKey)).Select(a => a.Newcomer)], arrivals[0].At, cancellation);
        foreach (var arrival in arrivals)
        {
            if (addresses.TryGetValue(arrival.AddressKey, out var same))
            {
                arrival.Know(same, isNew: false);
                known.Carry(arrival.Source.Id, arrival.LeadId);
                continue;
            }

            var news = arrival.ToNews(known.LeadOf(arrival.Newcomer));
            addresses[arrival.AddressKey] = news;
            known.Add(arrival.Newcomer, news);
            arrival.Know(news, isNew: true);
        }

        return known.NewMarks;
    }

    // Those that are to be made, and those that were there already, with what they become.
    private static async Task<IReadOnlyCollection<Card>> CardsAsync(AppDbContext db, List<Arrival> arrivals, CancellationToken cancellation)
    {
        if (arrivals.Count == 0) return [];

        var ids = arrivals.Select(a => a.Source.Id).Distinct().ToList();
        var followers = await db.Set<GroupSource>().AsNoTracking().Include(s => s.Source).Where(s => ids.Contains(s.SourceId) && !s.IsMuted).ToListAsync(cancellation);
        var bySource = followers.ToLookup(s => s.SourceId);
        var rules = await ApplyRules.ReadAsync(db, followers.ConvertAll(s => s.GroupId), cancellation);
        var cards = await PresentAsync(db, arrivals, cancellation);
        foreach (var arrival in arrivals)
            foreach (var followed in bySource[arrival.Source.Id])
            {
                var group = followed.GroupId;
                // What an animator parted from the news that it was taken for has a card of its own.
                if (!cards.TryGetValue((group, arrival.NewsId), out var card) && !cards.TryGetValue((group, arrival.LeadId), out card))
                {
                    var entry = new PoolEntry
                    {
                        Id = Guid.CreateVersion7(),
                        GroupId = group,
                        NewsId = arrival.LeadId,
                        ArrivedAt = arrival.At,
                        SourceId = arrival.Source.Id,
                        State = arrival.IsOld ? PoolState.Old : PoolState.Proposed,
                    };
                    rules.Decide(entry, arrival.News, followed);
                    cards[(group, arrival.LeadId)] = card = new(entry, isNew: true);
                }

                card.Carry(arrival);
            }

        return cards.Values;
    }

    // Other answers are stored, and animators move cards, at the same moment: the cards are taken before their sources are counted, and what
    // changes is no more than what is meant.
    private static async Task RaiseAsync(AppDbContext db, IEnumerable<Card> carried, CancellationToken cancellation)
    {
        foreach (var cards in carried.Chunk(500))
        {
            var (all, fresh) = (cards.Select(c => c.Entry.Id).ToList(), cards.Where(c => c.IsFresh).Select(c => c.Entry.Id).ToList());
            var entries = db.Set<PoolEntry>().Where(e => all.Contains(e.Id));
            await entries.ExecuteUpdateAsync(set => set.SetProperty(e => e.SourceCount, e => e.SourceCount), cancellation);
            // One that repeats itself counts once.
            var carriers = await Carriers.Of(db, entries).Select(c => new { c.CardId, c.SourceId }).Distinct().ToListAsync(cancellation);
            foreach (var (count, same) in carriers.CountBy(c => c.CardId).GroupBy(c => c.Value, c => c.Key).Select(g => (g.Key, g.ToList())))
                await db.Set<PoolEntry>().Where(e => same.Contains(e.Id) && e.SourceCount < count).ExecuteUpdateAsync(set => set.SetProperty(e => e.SourceCount, count), cancellation);
            await db.Set<PoolEntry>().Where(e => fresh.Contains(e.Id) && e.State == PoolState.Old).ExecuteUpdateAsync(set => set.SetProperty(e => e.State, PoolState.Proposed), cancellation);
        }
    }

    private static async Task<Dictionary<(Guid Group, Guid News), Card>> PresentAsync(AppDbContext db, List<Arrival> arrivals, CancellationToken cancellation)
    {
        var cards = new Dictionary<(Guid, Guid), Card>();
        foreach (var some in arrivals.Where(a => !a.IsNew || a.NewsId != a.LeadId).SelectMany(a => new[] { a.NewsId, a.LeadId }).Distinct().Chunk(500))
            foreach (var entry in await db.Set<PoolEntry>().AsNoTracking().Where(e => some.Contains(e.NewsId)).ToListAsync(cancellation)) cards[(entry.GroupId, entry.NewsId)] = new(entry, isNew: false);
        return cards;
    }

    private sealed class Card(PoolEntry entry, bool isNew)
    {
        private readonly HashSet<Guid> _sources = [];

        public PoolEntry Entry => entry;

        public bool IsNew => isNew;

        public bool IsCarried => _sources.Count > 0;

        /// <summary>Whether it is news in a source of this time: it may have lain too deep in another, whichever is stored first.</summary>
        public bool IsFresh { get; private set; }

        public void Carry(Arrival arrival)
        {
            _sources.Add(arrival.Source.Id);
            IsFresh |= !arrival.IsOld;
            if (!isNew) return;

            entry.SourceCount = _sources.Count;
            if (entry.State == PoolState.Old && IsFresh) entry.State = PoolState.Proposed;
        }
    }

    private sealed class Arrival(Source source, DateTime at, SourceEntry entry)
    {
        public Source Source => source;

        public DateTime At => at;

        public string EntryKey { get; } = NewsKeys.OfIdentifier(entry.Identifier);

        public string AddressKey { get; } = NewsKeys.OfAddress(entry.Address);

        public string TitleKey { get; } = NewsKeys.OfTitle(entry.Title);

        public Newcomer Newcomer => field ??= new(source.Id, entry.Title, TitleKey, EnterPool.Cut(entry.Excerpt, News.ExcerptLength), entry.PublishedAt, IsOld);

        /// <summary>Never in the future; the moment it was seen where it says none.</summary>
        public DateTime PublishedAt { get; } = entry.PublishedAt is { } date && date < at ? date : at;

        public bool IsOld { get; set; }

        public News News { get; private set; } = null!;

        public Guid NewsId => News.Id;

        /// <summary>The news that its card is about.</summary>
        public Guid LeadId => News.SameAsId ?? News.Id;

        public bool IsNew { get; private set; }

        public void Know(News news, bool isNew) => (News, IsNew) = (news, isNew);

        public Sighting ToSighting() => new() { SourceId = source.Id, EntryKey = EntryKey, NewsId = NewsId, SeenAt = at };

        public News ToNews(Guid? sameAs) => new()
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
            SameAsId = sameAs,
        };
    }
}
