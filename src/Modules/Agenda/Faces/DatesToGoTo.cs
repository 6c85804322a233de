using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Agenda.Faces;

/// <summary>The next dates to which a member said to come, or perhaps.</summary>
internal sealed class DatesToGoTo : IMemberTasks
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(14);

    public async Task<IReadOnlyList<MemberTask>> ReadAsync(AppDbContext db, IReadOnlyCollection<Guid> groups, DateTime now, int most, CancellationToken cancellation)
    {
        var (me, earliest, latest) = (db.Viewer.MemberId, now.AddDays(-AgendaEvent.MostDays - 1), now + Ahead);
        var answered = db.Set<Registration>().Where(r => r.MemberId == me && r.Answer != Answer.No);
        var found = await db.Set<EventDate>().AsNoTracking()
            .Where(d => d.StartUtc >= earliest && d.StartUtc < latest && d.EndUtc > now && !d.IsCancelled && answered.Any(r => r.ItemId == d.ItemId && r.Key == d.Key))
            .OrderBy(d => d.StartUtc).Take(most).Select(d => new { Date = d, d.Item.ShortId, d.Item.Title, d.Item.Group!.Slug }).ToListAsync(cancellation);
        return [.. found.Select(f => new MemberTask(
            f.Title, EventAddress.Of(f.Slug, f.ShortId, f.Title) + (f.Date.IsSeries ? "?date=" + DateKey.Of(f.Date.Key) : ""),
            EventWords.Where(f.Date) is { } where ? $"{EventWords.When(f.Date)} · {where}" : EventWords.When(f.Date), f.Date.StartUtc))];
    }
}
