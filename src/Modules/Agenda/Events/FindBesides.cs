using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Outside;
using TerritoireCollab.Calendar;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Agenda.Events;

/// <summary>
/// Finds what else the territory does at the same time, or the same evening, so that two meetings do not take each other's people. What the viewer
/// may not read is not there. Calendars of other sites count like those of groups.
/// </summary>
internal sealed class FindBesides(AppDb database, PlatformOptions platform, Dates dates)
{
    private const int Most = 5;
    private const int Evening = 17;

    /// <summary>What to show whoever is about to publish something at that time, or to move it there; nothing of whole days, nor of days and hours that cannot be read.</summary>
    /// <param name="viewer">Who is.</param>
    /// <param name="details">Day and hours as typed.</param>
    /// <param name="zone">Name of the zone whose clocks they are on; null for the platform's.</param>
    /// <param name="itself">Short identifier of the event; null for a new one.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<EventRow>> OfAsync(Viewer viewer, EventDetails details, string? zone, string? itself, CancellationToken cancellation)
    {
        var rules = new Rules();
        if (details.IsAllDay || Schedule.Times(details, rules) is not ({ } start, { } end) || rules.AnyBroken) return [];

        var clocks = zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var other) ? other : platform.TimeZone;
        await using var db = database.Open(viewer);
        var id = itself is null ? Guid.Empty : await db.Items.Where(i => i.ShortId == itself).Select(i => i.Id).FirstOrDefaultAsync(cancellation);
        return await ExecuteAsync(db, ZoneClock.ToUtc(start, clocks), ZoneClock.ToUtc(end, clocks), id, cancellation);
    }

    /// <summary>A time as typed, by which the button that keeps it names it: whoever then types another is asked again.</summary>
    public static string Named(EventDetails details) => string.Join(' ', new[] { details.Day, details.From, details.To, details.LastDay }.Where(t => !string.IsNullOrWhiteSpace(t)));

    /// <summary>Other dates at that time; an evening is one, whatever the hours.</summary>
    public async Task<IReadOnlyList<EventRow>> ExecuteAsync(AppDbContext db, DateTime startUtc, DateTime endUtc, Guid itself, CancellationToken cancellation)
    {
        var (from, to) = Around(startUtc, endUtc);
        var earliest = from.AddDays(-AgendaEvent.MostDays - 1);
        var own = await db.Set<EventDate>().AsNoTracking()
            .Where(d => d.ItemId != itself && !d.IsCancelled && !d.IsAllDay && d.StartUtc >= earliest && d.StartUtc < to && d.EndUtc > from)
            .OrderBy(d => d.StartUtc).Take(Most)
            .Select(d => new EventRow { ShortId = d.Item.ShortId, Title = d.Item.Title, GroupSlug = d.Item.Group!.Slug, GroupName = d.Item.Group.Name, Hue = d.Item.Group.Hue, Date = d })
            .ToListAsync(cancellation);
        var outside = await OutsideRows.ReadAsync(OutsideRows.Of(db, null).Where(d => !d.IsAllDay && d.StartUtc >= earliest && d.StartUtc < to && d.EndUtc > from).OrderBy(d => d.StartUtc).Take(Most), cancellation);
        return [.. own.Concat(outside).OrderBy(r => r.Date.StartUtc).Take(Most)];
    }

    /// <summary>The time within which something takes the people of a meeting: its hours, or the whole evening.</summary>
    public (DateTime From, DateTime To) Around(DateTime startUtc, DateTime endUtc)
    {
        var local = dates.Local(startUtc);
        var day = DateOnly.FromDateTime(local);
        return local.Hour >= Evening ? (dates.Utc(day, Evening), Later(endUtc, dates.Utc(day.AddDays(1)))) : (startUtc, endUtc);
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
