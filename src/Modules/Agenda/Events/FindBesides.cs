using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Outside;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Agenda.Events;

/// <summary>
/// Finds what else the territory does at the same time, or the same evening, so that two meetings do not take each other's people. What the viewer
/// may not read is not there. Calendars of other sites count like those of groups.
/// </summary>
internal sealed class FindBesides(AppDb database, Dates dates)
{
    private const int Most = 5;
    private const int Evening = 17;

    /// <summary>The same, for somebody who is filling in the form.</summary>
    public async Task<IReadOnlyList<EventRow>> ExecuteAsync(Viewer viewer, DateTime startUtc, DateTime endUtc, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return await ExecuteAsync(db, startUtc, endUtc, Guid.Empty, cancellation);
    }

    /// <summary>Other dates at that time; an evening is one, whatever the hours.</summary>
    public async Task<IReadOnlyList<EventRow>> ExecuteAsync(AppDbContext db, DateTime startUtc, DateTime endUtc, Guid itself, CancellationToken cancellation)
    {
        var local = dates.Local(startUtc);
        var day = DateOnly.FromDateTime(local);
        var (from, to) = local.Hour >= Evening ? (dates.Utc(day, Evening), Later(endUtc, dates.Utc(day.AddDays(1)))) : (startUtc, endUtc);
        var earliest = from.AddDays(-AgendaEvent.MostDays - 1);
        var own = await db.Set<EventDate>().AsNoTracking()
            .Where(d => d.ItemId != itself && !d.IsCancelled && !d.IsAllDay && d.StartUtc >= earliest && d.StartUtc < to && d.EndUtc > from)
            .OrderBy(d => d.StartUtc).Take(Most)
            .Select(d => new EventRow { ShortId = d.Item.ShortId, Title = d.Item.Title, GroupSlug = d.Item.Group!.Slug, GroupName = d.Item.Group.Name, Hue = d.Item.Group.Hue, Date = d })
            .ToListAsync(cancellation);
        var outside = await OutsideRows.ReadAsync(OutsideRows.Of(db, null).Where(d => !d.IsAllDay && d.StartUtc >= earliest && d.StartUtc < to && d.EndUtc > from).OrderBy(d => d.StartUtc).Take(Most), cancellation);
        return [.. own.Concat(outside).OrderBy(r => r.Date.StartUtc).Take(Most)];
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
