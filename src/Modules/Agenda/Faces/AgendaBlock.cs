using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Agenda.Faces;

/// <summary>The block of the agenda on the home page of a group: the next dates, whenever they were announced.</summary>
internal sealed class AgendaBlock(TimeProvider clock) : IHomeBlock
{
    public string Tool => AgendaModule.ToolKey;

    public async Task<IReadOnlyList<HomeLine>> ReadAsync(AppDbContext db, Standing standing, int most, CancellationToken cancellation)
    {
        var (group, now) = (standing.GroupId, clock.GetUtcNow().UtcDateTime);
        var earliest = now.AddDays(-AgendaEvent.MostDays - 1);
        var found = await db.Set<EventDate>().AsNoTracking().Where(d => d.GroupId == group && d.StartUtc >= earliest && d.EndUtc > now && !d.IsCancelled)
            .OrderBy(d => d.StartUtc).ThenBy(d => d.Id).Take(most).Select(d => new { Date = d, d.Item.ShortId, d.Item.Title }).ToListAsync(cancellation);
        return [.. found.Select(f => new HomeLine(
            f.Title, EventAddress.Of(standing.Slug, f.ShortId, f.Title) + (f.Date.IsSeries ? "?date=" + DateKey.Of(f.Date.Key) : ""),
            EventWords.Where(f.Date) is { } where ? $"{EventWords.When(f.Date)} · {where}" : EventWords.When(f.Date)))];
    }
}
