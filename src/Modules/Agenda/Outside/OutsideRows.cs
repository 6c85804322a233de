using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Agenda.Outside;

/// <summary>Whose a date is that no group announced.</summary>
/// <param name="CalendarId">The calendar.</param>
/// <param name="Calendar">What the group calls it.</param>
/// <param name="Link">Its page on the other site, or null.</param>
public sealed record OutsideMark(Guid CalendarId, string Calendar, string? Link);

/// <summary>Dates of calendars of other sites, as the lists of events show them.</summary>
internal static class OutsideRows
{
    /// <summary>Those of a group, or of all groups that have an agenda: what the viewer of the context may see.</summary>
    public static IQueryable<OutsideDate> Of(AppDbContext db, Guid? groupId)
    {
        var (dates, off) = (db.Set<OutsideDate>().AsNoTracking(), db.GroupsWithout(AgendaModule.ToolKey));
        return groupId is { } group ? dates.Where(d => d.Calendar!.GroupId == group) : dates.Where(d => !off.Contains(d.Calendar!.GroupId));
    }

    /// <summary>What is still on at that moment, or comes later: nothing lasts longer than a stretch of the index.</summary>
    public static IQueryable<OutsideDate> Since(this IQueryable<OutsideDate> dates, DateTime moment)
    {
        var earliest = moment.AddDays(-AgendaEvent.MostDays - 1);
        return dates.Where(d => d.StartUtc >= earliest && (d.EndUtc > moment || d.StartUtc >= moment));
    }

    /// <summary>The rows.</summary>
    public static async Task<List<EventRow>> ReadAsync(IQueryable<OutsideDate> dates, CancellationToken cancellation) =>
        (await dates.Select(d => new { Date = d, d.Calendar!.Name, d.Calendar.GroupId, d.Calendar.Group!.Slug, Group = d.Calendar.Group.Name, d.Calendar.Group.Hue }).ToListAsync(cancellation))
            .ConvertAll(d => new EventRow
            {
                ShortId = "",
                Title = d.Date.Title,
                GroupSlug = d.Slug,
                GroupName = d.Group,
                Hue = d.Hue,
                Outside = new(d.Date.CalendarId, d.Name, d.Date.Link),
                Date = new EventDate
                {
                    Id = d.Date.Id, ItemId = Guid.Empty, GroupId = d.GroupId, Kind = EventKind.Other, Key = d.Date.StartLocal, StartLocal = d.Date.StartLocal, EndLocal = d.Date.EndLocal, StartUtc = d.Date.StartUtc, EndUtc = d.Date.EndUtc,
                    IsAllDay = d.Date.IsAllDay, IsSeries = false, Place = d.Date.Place, IsCancelled = false,
                },
            });
}
