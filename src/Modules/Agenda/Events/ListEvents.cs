using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Outside;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Agenda.Events;

/// <summary>Which dates are listed.</summary>
/// <param name="Kind">Of that kind alone; null for all.</param>
/// <param name="Mine">Those that the viewer answered, or announced.</param>
/// <param name="MyGroups">Those of the viewer's groups, besides.</param>
/// <param name="WithOutside">Beside them those of calendars of other sites.</param>
public sealed record EventFilter(EventKind? Kind = null, bool Mine = false, bool MyGroups = false, bool WithOutside = false);

/// <summary>A date of a list.</summary>
public sealed record EventRow
{
    /// <summary>Short identifier of the event.</summary>
    public required string ShortId { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Address form of the group.</summary>
    public required string GroupSlug { get; init; }
    /// <summary>Name of the group.</summary>
    public required string GroupName { get; init; }
    /// <summary>Hue of its colour.</summary>
    public required int Hue { get; init; }
    /// <summary>The date itself.</summary>
    public required EventDate Date { get; init; }
    /// <summary>What the viewer answered.</summary>
    public Answer? Mine { get; init; }
    /// <summary>Whose it is when no group announced it: a date of a calendar of another site.</summary>
    public OutsideMark? Outside { get; init; }
}

/// <summary>A list of dates.</summary>
/// <param name="Standing">The group; null for the whole territory.</param>
/// <param name="Rows">Its dates, in order.</param>
/// <param name="HasMore">Whether there are more.</param>
/// <param name="Next">The next date when there is none in the list.</param>
/// <param name="MayCreate">Whether the viewer may announce an event in the group.</param>
public sealed record EventListView(Standing? Standing, IReadOnlyList<EventRow> Rows, bool HasMore, EventRow? Next, bool MayCreate)
{
    /// <summary>Whether calendars of other sites have more dates than are listed.</summary>
    public bool HasMoreOutside { get; init; }

    /// <summary>How many dates each day of a month has; its rows are those that are drawn.</summary>
    public IReadOnlyDictionary<DateOnly, int> PerDay { get; init; } = new Dictionary<DateOnly, int>();

    /// <summary>Whether there are dates before those of a month.</summary>
    public bool HasEarlier { get; init; }

    /// <summary>Whether there are dates after those of a month: links lead no further than where there is something, or programs would follow them without end.</summary>
    public bool HasLater { get; init; }
}

/// <summary>Lists the dates of a group, or of all that the viewer may read: stretches of an index, whatever stands in the agenda besides.</summary>
internal sealed class ListEvents(AppDb database, Rights rights, ModuleCatalog modules, Dates clock)
{
    /// <summary>Dates on a page.</summary>
    public const int PageSize = 25;

    /// <summary>Most moments of a month at which dates are counted.</summary>
    public const int MostInMonth = 2000;

    /// <summary>Most dates of a day that are listed.</summary>
    public const int MostInDay = 300;

    private const int LastPage = 10_000;
    private const int MostOutside = 100;

    // A stretch of the index needs two ends: with one, a database may go through all that the viewer may read, and look for the dates of each.
    private static readonly DateTime First = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Last = new(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>What is still to come, today's among it; or what is over, the latest first.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no agenda.</exception>
    public async Task<EventListView> ExecuteAsync(Viewer viewer, string? groupSlug, EventFilter filter, bool isPast, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await StandingAsync(db, groupSlug, cancellation);
        var today = clock.Utc(clock.Today);
        var dates = Dates(db, standing, filter);
        dates = isPast
            ? dates.Where(d => d.StartUtc >= First && d.StartUtc < today && d.EndUtc <= today).OrderByDescending(d => d.StartUtc).ThenByDescending(d => d.Id)
            : Between(dates, today, Last).OrderBy(d => d.StartUtc).ThenBy(d => d.Id);
        var rows = await RowsAsync(db, dates.Skip((Math.Clamp(page, 1, LastPage) - 1) * PageSize).Take(PageSize + 1), cancellation);
        var (shown, hasMore) = (rows.Count > PageSize ? rows[..PageSize] : rows, rows.Count > PageSize);
        var outside = filter.WithOutside && (page <= 1 || shown.Count > 0)
            ? await OutsideAsync(OutsideRows.Of(db, standing?.GroupId), isPast, today, page <= 1 ? null : shown[0].Date.StartUtc, hasMore ? rows[PageSize].Date.StartUtc : null, cancellation) : [];
        return new(standing, Together(shown, outside.Take(MostOutside), isPast), hasMore, null, MayCreate(standing)) { HasMoreOutside = outside.Count > MostOutside };
    }

    /// <summary>All that takes place on a day.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no agenda.</exception>
    public async Task<EventListView> OnDayAsync(Viewer viewer, string? groupSlug, EventFilter filter, DateOnly day, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await StandingAsync(db, groupSlug, cancellation);
        var (start, end) = (clock.Utc(day), clock.Utc(day.AddDays(1)));
        var rows = await RowsAsync(db, Between(Dates(db, standing, filter), start, end).OrderBy(d => d.StartUtc).ThenBy(d => d.Id).Take(MostInDay), cancellation);
        var outside = filter.WithOutside ? await OutsideRows.ReadAsync(OutsideRows.Of(db, standing?.GroupId).Since(start).Where(d => d.StartUtc < end).OrderBy(d => d.StartUtc).Take(MostInDay), cancellation) : [];
        return new(standing, Together(rows, outside, isPast: false), false, null, MayCreate(standing));
    }

    /// <summary>What takes place between two days, the second not included; with the next date when nothing does.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no agenda.</exception>
    public async Task<EventListView> BetweenAsync(Viewer viewer, string? groupSlug, EventFilter filter, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await StandingAsync(db, groupSlug, cancellation);
        var (start, end) = (clock.Utc(from), clock.Utc(to));
        var dates = Dates(db, standing, filter);
        var outside = OutsideRows.Of(db, standing?.GroupId);
        var spans = await Between(dates, start, end).GroupBy(d => new { d.StartUtc, d.EndUtc })
            .OrderBy(g => g.Key.StartUtc).ThenBy(g => g.Key.EndUtc).Take(MostInMonth).Select(g => new DateSpan(g.Key.StartUtc, g.Key.EndUtc, g.Count())).ToListAsync(cancellation);
        var others = !filter.WithOutside ? []
            : await outside.Since(start).Where(d => d.StartUtc < end).GroupBy(d => new { d.StartUtc, d.EndUtc })
                .OrderBy(g => g.Key.StartUtc).ThenBy(g => g.Key.EndUtc).Take(MostInMonth).Select(g => new DateSpan(g.Key.StartUtc, g.Key.EndUtc, g.Count())).ToListAsync(cancellation);
        var outline = new MonthOutline(spans.Concat(others).OrderBy(s => s.StartUtc), from, to, clock.Local);
        var drawn = Together(
            await DrawnAsync(outline.Drawn(spans), at => dates.Where(d => at.Contains(d.StartUtc)).OrderBy(d => d.StartUtc).ThenBy(d => d.Id), some => LinksAsync(some, cancellation)),
            await DrawnAsync(outline.Drawn(others), at => outside.Where(d => at.Contains(d.StartUtc)).OrderBy(d => d.StartUtc).ThenBy(d => d.Id), some => OutsideRows.ReadAsync(some, cancellation)), isPast: false);
        // Of two that began at one moment before the month, the shorter may be over.
        List<EventRow> rows = [.. drawn.Where(r => r.Date.StartUtc >= start || r.Date.EndUtc > start)];
        var next = rows.Count > 0 ? null : (await RowsAsync(db, dates.Where(d => d.StartUtc >= end && d.StartUtc < Last).OrderBy(d => d.StartUtc).ThenBy(d => d.Id).Take(1), cancellation)).FirstOrDefault();
        return new(standing, rows, false, next, MayCreate(standing))
        {
            PerDay = outline.PerDay,
            HasEarlier = await dates.AnyAsync(d => d.StartUtc >= First && d.StartUtc < start, cancellation) || (filter.WithOutside && await outside.AnyAsync(d => d.StartUtc < start, cancellation)),
            HasLater = next is not null || await dates.AnyAsync(d => d.StartUtc >= end && d.StartUtc < Last, cancellation) || (filter.WithOutside && await outside.AnyAsync(d => d.StartUtc >= end, cancellation)),
        };
    }

    // Where many begin at once, as whole days do, as many are read as there is room for.
    private static async Task<List<EventRow>> DrawnAsync<T>((List<DateTime> Few, List<DateTime> Many) moments, Func<List<DateTime>, IQueryable<T>> beginningAt, Func<IQueryable<T>, Task<List<EventRow>>> read)
    {
        var rows = moments.Few.Count == 0 ? [] : await read(beginningAt(moments.Few));
        foreach (var moment in moments.Many) rows.AddRange(await read(beginningAt([moment]).Take(MonthOutline.MostInList)));
        return rows;
    }

    // What the link of a date in a month says, and no more.
    private static async Task<List<EventRow>> LinksAsync(IQueryable<EventDate> dates, CancellationToken cancellation)
    {
        var found = await dates.Select(d => new
        {
            d.Item.ShortId, d.Item.Title, d.Item.Group!.Slug, d.Item.Group.Hue, d.Key, d.StartLocal, d.EndLocal, d.StartUtc, d.EndUtc, d.IsAllDay, d.IsSeries, d.IsCancelled,
        }).ToListAsync(cancellation);
        return found.ConvertAll(d => new EventRow
        {
            ShortId = d.ShortId,
            Title = d.Title,
            GroupSlug = d.Slug,
            GroupName = "",
            Hue = d.Hue,
            Date = new EventDate
            {
                ItemId = Guid.Empty, GroupId = Guid.Empty, Kind = EventKind.Other, Key = d.Key, StartLocal = d.StartLocal, EndLocal = d.EndLocal, StartUtc = d.StartUtc, EndUtc = d.EndUtc,
                IsAllDay = d.IsAllDay, IsSeries = d.IsSeries, IsCancelled = d.IsCancelled,
            },
        });
    }

    // A page has the dates of other sites that lie between its first date and the first of the next page.
    private static Task<List<EventRow>> OutsideAsync(IQueryable<OutsideDate> outside, bool isPast, DateTime today, DateTime? first, DateTime? next, CancellationToken cancellation)
    {
        if (isPast)
        {
            var over = outside.Where(d => d.EndUtc <= today);
            if (first is { } latest) over = over.Where(d => d.StartUtc <= latest);
            if (next is { } before) over = over.Where(d => d.StartUtc > before);
            return OutsideRows.ReadAsync(over.OrderByDescending(d => d.StartUtc).Take(MostOutside + 1), cancellation);
        }

        var coming = first is { } from ? outside.Where(d => d.StartUtc >= from) : outside.Since(today);
        if (next is { } until) coming = coming.Where(d => d.StartUtc < until);
        return OutsideRows.ReadAsync(coming.OrderBy(d => d.StartUtc).Take(MostOutside + 1), cancellation);
    }

    private static List<EventRow> Together(List<EventRow> rows, IEnumerable<EventRow> outside, bool isPast) =>
        isPast ? [.. rows.Concat(outside).OrderByDescending(r => r.Date.StartUtc)] : [.. rows.Concat(outside).OrderBy(r => r.Date.StartUtc)];

    private async Task<Standing?> StandingAsync(AppDbContext db, string? groupSlug, CancellationToken cancellation)
    {
        if (groupSlug is null) return null;

        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        return standing.Has(modules.Tool(AgendaModule.ToolKey)!) ? standing : throw new NotFoundException();
    }

    private bool MayCreate(Standing? standing) => standing is not null && rights.Allows(AgendaModule.CreateEvent, standing);

    private static IQueryable<EventDate> Dates(AppDbContext db, Standing? standing, EventFilter filter)
    {
        var (me, off) = (db.Viewer.MemberId, db.GroupsWithout(AgendaModule.ToolKey));
        var dates = db.Set<EventDate>().AsNoTracking();
        if (standing is { GroupId: var group }) dates = dates.Where(d => d.GroupId == group);
        else dates = dates.Where(d => !off.Contains(d.GroupId));
        if (filter.Kind is { } kind) dates = dates.Where(d => d.Kind == kind);
        if (filter.Mine && filter.MyGroups)
            dates = dates.Where(d => db.Memberships.Any(m => m.GroupId == d.GroupId && m.MemberId == me && m.State == MembershipState.Active)
                || db.Set<Registration>().Any(r => r.ItemId == d.ItemId && r.Key == d.Key && r.MemberId == me && r.Answer != Answer.No));
        else if (filter.Mine)
            dates = dates.Where(d => d.Item.AuthorId == me || db.Set<Registration>().Any(r => r.ItemId == d.ItemId && r.Key == d.Key && r.MemberId == me && r.Answer != Answer.No));
        return dates;
    }

    // Nothing lasts longer: what is still on began within so many days, which is one stretch of the index.
    // One end each way: of two upper ends a database may take the later for its stretch, and go through all that is to come.
    private static IQueryable<EventDate> Between(IQueryable<EventDate> dates, DateTime from, DateTime to)
    {
        var earliest = from.AddDays(-AgendaEvent.MostDays - 1);
        return dates.Where(d => d.StartUtc >= earliest && d.StartUtc < to && (d.EndUtc > from || d.StartUtc >= from));
    }

    private static async Task<List<EventRow>> RowsAsync(AppDbContext db, IQueryable<EventDate> dates, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        return await dates.Select(d => new EventRow
        {
            ShortId = d.Item.ShortId,
            Title = d.Item.Title,
            GroupSlug = d.Item.Group!.Slug,
            GroupName = d.Item.Group.Name,
            Hue = d.Item.Group.Hue,
            Date = d,
            Mine = db.Set<Registration>().Where(r => r.ItemId == d.ItemId && r.Key == d.Key && r.MemberId == me).Select(r => (Answer?)r.Answer).FirstOrDefault(),
        }).ToListAsync(cancellation);
    }
}
