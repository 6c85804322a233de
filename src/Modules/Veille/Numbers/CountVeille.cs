using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Readers;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Numbers;

/// <summary>A week of the pool.</summary>
/// <param name="Monday">Its Monday.</param>
/// <param name="Received">News that came.</param>
/// <param name="Published">Articles published.</param>
public sealed record WeekCount(DateOnly Monday, int Received, int Published);

/// <summary>What a source brought.</summary>
/// <param name="Name">Its name in the group.</param>
/// <param name="Received">News that it brought first.</param>
/// <param name="Kept">Of these, kept or further.</param>
/// <param name="Published">Of these, published.</param>
public sealed record SourceCount(string Name, int Received, int Kept, int Published);

/// <summary>What a rubric held.</summary>
/// <param name="Name">Its name, or null for articles without one.</param>
/// <param name="Published">Articles published in it.</param>
public sealed record RubricCount(string? Name, int Published);

/// <summary>What a member gave.</summary>
/// <param name="Name">Name.</param>
/// <param name="Handle">What one writes after @.</param>
/// <param name="Finds">Finds brought.</param>
/// <param name="Published">Of these, published.</param>
/// <param name="Comments">Comments on the group's finds and issues.</param>
public sealed record MemberCount(string Name, string Handle, int Finds, int Published, int Comments);

/// <summary>An issue.</summary>
/// <param name="Number">Number.</param>
/// <param name="Title">Title.</param>
/// <param name="PublishedAt">When.</param>
/// <param name="Articles">Articles in it.</param>
/// <param name="Comments">Comments on it.</param>
public sealed record IssueCount(int Number, string Title, DateTime PublishedAt, int Articles, int Comments);

/// <summary>The figures of a veille. Nobody's reading is counted: there is nothing to count it by.</summary>
public sealed record VeilleNumbers
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>Since when.</summary>
    public required DateOnly Since { get; init; }
    /// <summary>News that came.</summary>
    public required int Received { get; init; }
    /// <summary>Finds of members.</summary>
    public required int Finds { get; init; }
    /// <summary>Cards kept or further.</summary>
    public required int Kept { get; init; }
    /// <summary>Articles published.</summary>
    public required int Published { get; init; }
    /// <summary>People without an account who get the revue by mail today.</summary>
    public required int Readers { get; init; }
    /// <summary>Those who left since.</summary>
    public required int ReadersLeft { get; init; }
    /// <summary>Week by week.</summary>
    public required IReadOnlyList<WeekCount> Weeks { get; init; }
    /// <summary>By source, the most published first.</summary>
    public required IReadOnlyList<SourceCount> Sources { get; init; }
    /// <summary>By rubric.</summary>
    public required IReadOnlyList<RubricCount> Rubrics { get; init; }
    /// <summary>By member.</summary>
    public required IReadOnlyList<MemberCount> Members { get; init; }
    /// <summary>By issue, the newest first.</summary>
    public required IReadOnlyList<IssueCount> Issues { get; init; }
}

/// <summary>Counts what a veille received, kept and published.</summary>
internal sealed class CountVeille(AppDb database, Rights rights, Dates dates)
{
    /// <summary>Weeks that may be asked for.</summary>
    public static readonly IReadOnlyList<int> Periods = [4, 13, 52];

    /// <summary>The figures of the last <paramref name="weeks"/> weeks, this one included.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    public async Task<VeilleNumbers> ExecuteAsync(Viewer viewer, string groupSlug, int weeks, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, VeilleModule.Curate, groupSlug, cancellation);
        var monday = IssueWeek.Monday(IssueWeek.Of(dates.Today)).AddDays(-7 * (weeks - 1));
        var since = dates.Utc(monday);
        var entries = db.Set<PoolEntry>().AsNoTracking().Where(e => e.GroupId == standing.GroupId && e.ArrivedAt >= since);
        var articles = db.Set<IssueArticle>().AsNoTracking().Where(a => a.GroupId == standing.GroupId && a.PublishedAt >= since);
        var members = await MembersAsync(db, standing.GroupId, since, cancellation);
        var readers = db.Set<RevueReader>().Where(r => r.GroupId == standing.GroupId);
        return new VeilleNumbers
        {
            Standing = standing,
            Since = monday,
            Received = await entries.CountAsync(e => e.SourceId != null, cancellation),
            Finds = members.Sum(m => m.Finds),
            Kept = await entries.CountAsync(e => e.State == PoolState.Kept || e.State == PoolState.Placed || e.State == PoolState.Published, cancellation),
            Published = await articles.CountAsync(cancellation),
            Readers = await readers.CountAsync(r => r.State == ReaderState.Confirmed, cancellation),
            ReadersLeft = await readers.CountAsync(r => r.LeftAt >= since, cancellation),
            Weeks = await WeeksAsync(entries, articles, monday, weeks, cancellation),
            Sources = await SourcesAsync(db, entries, standing.GroupId, cancellation),
            Rubrics = [.. (await articles.GroupBy(a => a.Rubric).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellation)).OrderByDescending(r => r.Count).Select(r => new RubricCount(r.Key, r.Count))],
            Members = members,
            Issues = await IssuesAsync(db, standing.GroupId, since, cancellation),
        };
    }

    /// <summary>One of the tables as CSV.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no veille, or no such table.</exception>
    /// <exception cref="ForbiddenException">No animator.</exception>
    public async Task<byte[]> ExportAsync(Viewer viewer, string groupSlug, int weeks, string table, CancellationToken cancellation)
    {
        var numbers = await ExecuteAsync(viewer, groupSlug, weeks, cancellation);
        var text = new CsvText();
        switch (table)
        {
            case "semaines":
                text.Line(NumberTexts.Week, NumberTexts.Received, NumberTexts.Published);
                foreach (var week in numbers.Weeks) text.Line(week.Monday.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), week.Received, week.Published);
                break;
            case "sources":
                text.Line(NumberTexts.Source, NumberTexts.Received, NumberTexts.Kept, NumberTexts.Published);
                foreach (var source in numbers.Sources) text.Line(source.Name, source.Received, source.Kept, source.Published);
                break;
            case "rubriques":
                text.Line(NumberTexts.Rubric, NumberTexts.Published);
                foreach (var rubric in numbers.Rubrics) text.Line(rubric.Name ?? NumberTexts.NoRubric, rubric.Published);
                break;
            case "membres":
                text.Line(NumberTexts.Member, NumberTexts.Finds, NumberTexts.Published, NumberTexts.Comments);
                foreach (var member in numbers.Members) text.Line(member.Name, member.Finds, member.Published, member.Comments);
                break;
            case "revues":
                text.Line(NumberTexts.Number, NumberTexts.IssueTitle, NumberTexts.Date, NumberTexts.Articles, NumberTexts.Comments);
                foreach (var issue in numbers.Issues)
                    text.Line(issue.Number, issue.Title, DateOnly.FromDateTime(dates.Local(issue.PublishedAt)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), issue.Articles, issue.Comments);
                break;
            default:
                throw new NotFoundException();
        }

        return text.ToBytes();
    }

    // By the days of UTC: a night's news may fall into the week before, which no bar shows.
    private static async Task<IReadOnlyList<WeekCount>> WeeksAsync(IQueryable<PoolEntry> entries, IQueryable<IssueArticle> articles, DateOnly monday, int weeks, CancellationToken cancellation)
    {
        var received = await entries.Where(e => e.SourceId != null).GroupBy(e => e.ArrivedAt.Date).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellation);
        var published = await articles.GroupBy(a => a.PublishedAt.Date).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellation);
        int Of(DateTime day) => Math.Clamp((DateOnly.FromDateTime(day).DayNumber - monday.DayNumber) / 7, 0, weeks - 1);
        return [.. Enumerable.Range(0, weeks).Select(week => new WeekCount(
            monday.AddDays(7 * week),
            received.Where(r => Of(r.Key) == week).Sum(r => r.Count),
            published.Where(p => Of(p.Key) == week).Sum(p => p.Count)))];
    }

    private static async Task<IReadOnlyList<SourceCount>> SourcesAsync(AppDbContext db, IQueryable<PoolEntry> entries, Guid groupId, CancellationToken cancellation)
    {
        var names = await db.Set<GroupSource>().AsNoTracking().Where(s => s.GroupId == groupId).Select(s => new { s.SourceId, Name = s.Name ?? s.Source!.Title }).ToListAsync(cancellation);
        var counts = await entries.Where(e => e.SourceId != null).GroupBy(e => e.SourceId!.Value).Select(g => new
        {
            g.Key,
            Received = g.Count(),
            Kept = g.Count(e => e.State == PoolState.Kept || e.State == PoolState.Placed || e.State == PoolState.Published),
            Published = g.Count(e => e.State == PoolState.Published),
        }).ToDictionaryAsync(c => c.Key, cancellation);
        return [.. names.Select(n => counts.TryGetValue(n.SourceId, out var c) ? new SourceCount(n.Name, c.Received, c.Kept, c.Published) : new SourceCount(n.Name, 0, 0, 0))
            .OrderByDescending(s => s.Published).ThenByDescending(s => s.Received).ThenBy(s => s.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    private static async Task<IReadOnlyList<MemberCount>> MembersAsync(AppDbContext db, Guid groupId, DateTime since, CancellationToken cancellation)
    {
        var finds = await db.Items.Where(i => i.GroupId == groupId && i.Kind == VeilleModule.FindKind && i.CreatedAt >= since)
            .GroupBy(i => i.AuthorId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var published = await (from e in db.Set<PoolEntry>()
                               join i in db.Items on e.FindId equals i.Id
                               where e.GroupId == groupId && e.State == PoolState.Published && i.CreatedAt >= since
                               group i by i.AuthorId into g
                               select new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var comments = await db.Comments.Where(c => c.Item!.GroupId == groupId && (c.Item.Kind == VeilleModule.FindKind || c.Item.Kind == VeilleModule.IssueKind || c.Item.Kind == VeilleModule.EditorialKind) && c.Kind == CommentKind.Message && c.CreatedAt >= since)
            .GroupBy(c => c.AuthorId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var ids = finds.Keys.Concat(comments.Keys).Distinct().ToList();
        var names = await db.Members.Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.Name, m.Handle }).ToListAsync(cancellation);
        return [.. names.Select(n => new MemberCount(n.Name, n.Handle, finds.GetValueOrDefault(n.Id), published.GetValueOrDefault(n.Id), comments.GetValueOrDefault(n.Id)))
            .OrderByDescending(m => m.Finds).ThenByDescending(m => m.Comments).ThenBy(m => m.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    private static async Task<IReadOnlyList<IssueCount>> IssuesAsync(AppDbContext db, Guid groupId, DateTime since, CancellationToken cancellation) =>
        await db.Set<PublishedIssue>().AsNoTracking().Where(i => i.Item.GroupId == groupId && i.Item.CreatedAt >= since).OrderByDescending(i => i.Number)
            .Select(i => new IssueCount(i.Number, i.Item.Title, i.Item.CreatedAt, db.Set<IssueArticle>().Count(a => a.ItemId == i.Id), i.Item.CommentCount)).ToListAsync(cancellation);
}
