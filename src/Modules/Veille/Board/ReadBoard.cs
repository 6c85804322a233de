using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Calendar;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Settings;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Board;

/// <summary>What the first column shows.</summary>
public enum ReadingOrder
{
    /// <summary>What is to read, the newest first.</summary>
    Newest = 0,
    /// <summary>What is to read, the best score first.</summary>
    BestScore = 1,
    /// <summary>What was set aside, the newest first.</summary>
    SetAside = 2,
}

/// <summary>A passage that a member marked.</summary>
/// <param name="Text">The passage.</param>
/// <param name="AuthorName">Who marked it.</param>
public sealed record CardQuote(string Text, string AuthorName);

/// <summary>A card of the board.</summary>
public sealed record BoardCard
{
    /// <summary>Points of a vote « utile ».</summary>
    public const int PointsOfAVote = 3;

    /// <summary>Points of a comment.</summary>
    public const int PointsOfAComment = 2;

    /// <summary>The card.</summary>
    public required Guid Id { get; init; }
    /// <summary>Where it stands.</summary>
    public required PoolState State { get; init; }
    /// <summary>Its place.</summary>
    public required long Position { get; init; }
    /// <summary>When it came into the pool.</summary>
    public required DateTime ArrivedAt { get; init; }
    /// <summary>Its rubric, or null.</summary>
    public string? Rubric { get; init; }
    /// <summary>Title of the news.</summary>
    public required string Title { get; init; }
    /// <summary>Address of the page.</summary>
    public required string Address { get; init; }
    /// <summary>Its date.</summary>
    public required DateTime PublishedAt { get; init; }
    /// <summary>The source's beginning.</summary>
    public required string Beginning { get; init; }
    /// <summary>The source that brought it, as the group calls it; null for a find, or a source followed no more.</summary>
    public string? SourceName { get; init; }
    /// <summary>Sources of the group that carry it.</summary>
    public required int SourceCount { get; init; }
    /// <summary>Short identifier of the find about it, or null.</summary>
    public string? FindShortId { get; init; }
    /// <summary>Title of that find.</summary>
    public string? FindTitle { get; init; }
    /// <summary>Who found it.</summary>
    public string? FinderName { get; init; }
    /// <summary>Comments of the find.</summary>
    public required int CommentCount { get; init; }
    /// <summary>Votes « utile » of the find.</summary>
    public required int UsefulCount { get; init; }
    /// <summary>The animator's line, or null.</summary>
    public string? Line { get; init; }
    /// <summary>The excerpt that the animator chose; null for the source's beginning.</summary>
    public string? ChosenExcerpt { get; init; }
    /// <summary>Who moved it last, or null.</summary>
    public string? MoverName { get; init; }
    /// <summary>Passages that members marked on its page, the latest first: of a placed card, to take as its excerpt.</summary>
    public IReadOnlyList<CardQuote> Quotes { get; init; } = [];

    /// <summary>The excerpt that is quoted.</summary>
    public string Excerpt => ChosenExcerpt ?? Beginning;

    /// <summary>Sources beyond the first.</summary>
    public int OtherSources => Math.Max(0, SourceCount - 1);

    /// <summary>What the group already did with it.</summary>
    public int Score => (UsefulCount * PointsOfAVote) + (CommentCount * PointsOfAComment) + OtherSources;
}

/// <summary>The board of a group.</summary>
public sealed record BoardView
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>Whether cards can be moved: not in an archived group.</summary>
    public required bool MayMove { get; init; }
    /// <summary>What the first column shows.</summary>
    public required ReadingOrder Order { get; init; }
    /// <summary>Page of the first column, from 1.</summary>
    public required int Page { get; init; }
    /// <summary>The first column.</summary>
    public required IReadOnlyList<BoardCard> Reading { get; init; }
    /// <summary>Cards to read, at most <see cref="ReadBoard.MostCounted"/>.</summary>
    public required int ReadingCount { get; init; }
    /// <summary>Whether the first column has a next page.</summary>
    public required bool HasMore { get; init; }
    /// <summary>Kept cards in their order.</summary>
    public required IReadOnlyList<BoardCard> Kept { get; init; }
    /// <summary>Placed cards by rubric, in the order of the revue. Every rubric of the settings is there, empty or not.</summary>
    public required IReadOnlyList<(string? Rubric, IReadOnlyList<BoardCard> Cards)> Placed { get; init; }
    /// <summary>Rubrics to choose from.</summary>
    public required IReadOnlyList<string> Rubrics { get; init; }
    /// <summary>Number of the issue being prepared, or of the next one.</summary>
    public required int Number { get; init; }
    /// <summary>Monday of its week.</summary>
    public required DateOnly Monday { get; init; }
    /// <summary>When it leaves or is proposed to leave (UTC).</summary>
    public required DateTime LeavesAt { get; init; }
    /// <summary>Whether it leaves by itself.</summary>
    public required bool IsReady { get; init; }
    /// <summary>Sources that fail and are not muted.</summary>
    public required int FailingSources { get; init; }
    /// <summary>Whether the group follows any source.</summary>
    public required bool HasSources { get; init; }

    /// <summary>Cards placed.</summary>
    public int PlacedCount => Placed.Sum(p => p.Cards.Count);
}

/// <summary>Reads the board: a fixed small number of questions, however many cards there are.</summary>
internal sealed class ReadBoard(AppDb database, Rights rights, ModuleCatalog modules, OpenIssue openIssue, TimeProvider clock, TimeZoneInfo zone)
{
    /// <summary>Cards of a page of the first column.</summary>
    public const int PageSize = 25;

    /// <summary>Cards counted at most: beyond, « plus de 1 000 ».</summary>
    public const int MostCounted = 1000;

    // Kept and placed cards are made by hand; beyond this many the oldest places are shown.
    private const int MostShown = 300;
    private const int LastPage = 1000;
    private const int MostQuotes = 3;

    /// <summary>The board.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no veille, or the viewer does not curate it.</exception>
    public async Task<BoardView> ExecuteAsync(Viewer viewer, string groupSlug, ReadingOrder reading, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.BoardOfAsync(db, modules, groupSlug, cancellation);
        var profile = await db.Set<VeilleProfile>().AsNoTracking().FirstOrDefaultAsync(p => p.GroupId == standing.GroupId, cancellation) ?? new VeilleProfile { GroupId = standing.GroupId };
        var rubrics = RubricList.Parse(profile.Rubrics);
        var next = await openIssue.NextAsync(db, standing.GroupId, cancellation);
        var made = await Cards(db, db.Set<PoolEntry>().AsNoTracking().Where(e => e.GroupId == standing.GroupId && (e.State == PoolState.Kept || e.State == PoolState.Placed)).OrderBy(e => e.Position).Take(MostShown)).ToListAsync(cancellation);
        var quotes = await QuotesAsync(db, standing.GroupId, cancellation);
        page = Math.Clamp(page, 1, LastPage);
        var cards = await ReadingAsync(db, standing.GroupId, reading, page, cancellation);
        var state = reading == ReadingOrder.SetAside ? PoolState.SetAside : PoolState.Proposed;
        var count = await db.Set<PoolEntry>().Where(e => e.GroupId == standing.GroupId && e.State == state).OrderByDescending(e => e.ArrivedAt).Take(MostCounted + 1).CountAsync(cancellation);
        var sources = await db.Set<GroupSource>().Where(s => s.GroupId == standing.GroupId && !s.IsMuted)
            .GroupBy(s => s.Source!.Fault != SourceFault.None && s.Source.Fault != SourceFault.NeverAsked).Select(g => new { IsFailing = g.Key, Count = g.Count() }).ToListAsync(cancellation);
        return new()
        {
            Standing = standing,
            MayMove = rights.Allows(VeilleModule.Curate, standing),
            Order = reading,
            Page = page,
            Reading = [.. cards.Take(PageSize)],
            ReadingCount = count,
            HasMore = cards.Count > PageSize,
            Kept = [.. Ordered(made.Where(c => c.State == PoolState.Kept))],
            Placed = Sections(made.Where(c => c.State == PoolState.Placed).Select(c => quotes.Contains(c.Id) ? c with { Quotes = [.. quotes[c.Id].Take(MostQuotes)] } : c), rubrics),
            Rubrics = rubrics,
            Number = next.Number,
            Monday = IssueWeek.Monday(next.Week),
            LeavesAt = next.PublishAt ?? Proposed(profile),
            IsReady = next.State == IssueState.Ready,
            FailingSources = sources.Where(s => s.IsFailing).Sum(s => s.Count),
            HasSources = sources.Count > 0,
        };
    }

    private static IOrderedEnumerable<BoardCard> Ordered(IEnumerable<BoardCard> cards) => cards.OrderBy(c => c.Position).ThenBy(c => c.Id);

    private static List<(string? Rubric, IReadOnlyList<BoardCard> Cards)> Sections(IEnumerable<BoardCard> placed, IReadOnlyList<string> rubrics)
    {
        var cards = placed.ToLookup(c => c.Rubric);
        return [.. cards.Select(c => c.Key).Concat(rubrics).Append(null).Distinct().OrderBy(r => RubricList.Rank(rubrics, r)).ThenBy(r => r, StringComparer.CurrentCulture)
            .Select(r => (r, (IReadOnlyList<BoardCard>)[.. Ordered(cards[r])]))];
    }

    private DateTime Proposed(VeilleProfile profile) => ZoneClock.ToUtc(PublishTime.Proposed(profile.Day, profile.Hour, clock.GetUtcNow().UtcDateTime, zone), zone);

    private static async Task<List<BoardCard>> ReadingAsync(AppDbContext db, Guid groupId, ReadingOrder order, int page, CancellationToken cancellation)
    {
        var state = order == ReadingOrder.SetAside ? PoolState.SetAside : PoolState.Proposed;
        var entries = db.Set<PoolEntry>().AsNoTracking().Where(e => e.GroupId == groupId && e.State == state);
        var sorted = order == ReadingOrder.BestScore ? ByPoints(db, entries) : entries.OrderByDescending(e => e.ArrivedAt);
        var cards = await Cards(db, sorted.Skip((page - 1) * PageSize).Take(PageSize + 1)).ToListAsync(cancellation);
        return [.. cards.OrderByDescending(c => order == ReadingOrder.BestScore ? c.Score : 0).ThenByDescending(c => c.ArrivedAt)];
    }

    private static IQueryable<PoolEntry> ByPoints(AppDbContext db, IQueryable<PoolEntry> entries) =>
        from e in entries
        from i in db.Items.Where(i => i.Id == e.FindId).DefaultIfEmpty()
        let points = (((int?)i!.UsefulCount ?? 0) * BoardCard.PointsOfAVote) + (((int?)i.CommentCount ?? 0) * BoardCard.PointsOfAComment) + (e.SourceCount > 1 ? e.SourceCount - 1 : 0)
        orderby points descending, e.ArrivedAt descending
        select e;

    private static async Task<ILookup<Guid, CardQuote>> QuotesAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        var quotes = await (from e in db.Set<PoolEntry>()
                            where e.GroupId == groupId && e.State == PoolState.Placed
                            join q in db.Set<FindQuote>() on e.FindId equals q.ItemId
                            join m in db.Members on q.AuthorId equals m.Id
                            orderby q.At descending
                            select new { e.Id, q.Text, m.Name }).Take(MostShown).ToListAsync(cancellation);
        return quotes.ToLookup(q => q.Id, q => new CardQuote(q.Text, q.Name));
    }

    // In no order: whoever asks sorts a page of them.
    private static IQueryable<BoardCard> Cards(AppDbContext db, IQueryable<PoolEntry> entries) =>
        from e in entries
        join n in db.Set<News>() on e.NewsId equals n.Id
        from s in db.Set<GroupSource>().Where(s => s.GroupId == e.GroupId && s.SourceId == e.SourceId).DefaultIfEmpty()
        from i in db.Items.Where(i => i.Id == e.FindId).DefaultIfEmpty()
        from m in db.Members.Where(m => m.Id == e.MovedById).DefaultIfEmpty()
        select new BoardCard
        {
            Id = e.Id, State = e.State, Position = e.Position, ArrivedAt = e.ArrivedAt, Rubric = e.Rubric, Title = i == null ? n.Title : i.Title, Address = n.Address, PublishedAt = n.PublishedAt, Beginning = n.Excerpt,
            SourceName = s == null ? null : s.Name ?? s.Source!.Title, SourceCount = e.SourceCount,
            FindShortId = i == null ? null : i.ShortId, FindTitle = i == null ? null : i.Title, FinderName = i == null ? null : i.Author!.Name,
            CommentCount = (int?)i!.CommentCount ?? 0, UsefulCount = (int?)i.UsefulCount ?? 0,
            Line = e.Line, ChosenExcerpt = e.ChosenExcerpt, MoverName = m == null ? null : m.Name,
        };
}
