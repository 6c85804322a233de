using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Rides;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Agenda.Events;

/// <summary>Takes what belongs to a date along with it, when its key becomes another: answers, rides, what was changed of it, minutes and decisions.</summary>
internal static class CarryDates
{
    /// <summary>Does it for all dates of an event. What guests answered goes by another way: their links lead to one event.</summary>
    /// <param name="db">The context.</param>
    /// <param name="from">The event that has the dates.</param>
    /// <param name="to">The one that has them then; the same where they stay in it.</param>
    /// <param name="becomes">What a key becomes; null for one that is left where it is.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task ExecuteAsync(AppDbContext db, Guid from, Guid to, Func<DateTime, DateTime?> becomes, CancellationToken cancellation)
    {
        var answered = await KeysAsync(db.Set<Registration>().Where(r => r.ItemId == from).Select(r => r.Key), cancellation);
        var driven = await KeysAsync(db.Set<Ride>().Where(r => r.ItemId == from).Select(r => r.Key), cancellation);
        var changed = await KeysAsync(db.Set<DateChange>().Where(c => c.ItemId == from).Select(c => c.Key), cancellation);
        var minuted = await KeysAsync(db.Set<EventMinutes>().Where(m => m.ItemId == from).Select(m => m.Key), cancellation);
        var decided = await KeysAsync(db.Set<EventDecision>().Where(d => d.ItemId == from).Select(d => d.Key), cancellation);
        var all = answered.Union(driven).Union(changed).Union(minuted).Union(decided);
        foreach (var (key, other) in InOrder(all, becomes).Where(m => from != to || m.Key != m.Other))
        {
            if (answered.Contains(key)) await db.Set<Registration>().Where(r => r.ItemId == from && r.Key == key).ExecuteUpdateAsync(set => set.SetProperty(r => r.ItemId, to).SetProperty(r => r.Key, other), cancellation);
            if (driven.Contains(key)) await db.Set<Ride>().Where(r => r.ItemId == from && r.Key == key).ExecuteUpdateAsync(set => set.SetProperty(r => r.ItemId, to).SetProperty(r => r.Key, other), cancellation);
            if (changed.Contains(key)) await db.Set<DateChange>().Where(c => c.ItemId == from && c.Key == key).ExecuteUpdateAsync(set => set.SetProperty(c => c.ItemId, to).SetProperty(c => c.Key, other), cancellation);
            if (minuted.Contains(key)) await db.Set<EventMinutes>().Where(m => m.ItemId == from && m.Key == key).ExecuteUpdateAsync(set => set.SetProperty(m => m.ItemId, to).SetProperty(m => m.Key, other), cancellation);
            if (decided.Contains(key)) await db.Set<EventDecision>().Where(d => d.ItemId == from && d.Key == key).ExecuteUpdateAsync(set => set.SetProperty(d => d.ItemId, to).SetProperty(d => d.Key, other), cancellation);
        }
    }

    // One date after the other, the last first where they move on, so that no two meet.
    private static List<(DateTime Key, DateTime Other)> InOrder(IEnumerable<DateTime> keys, Func<DateTime, DateTime?> becomes)
    {
        List<(DateTime Key, DateTime Other)> ordered = [.. keys.Order().Where(k => becomes(k) is not null).Select(k => (k, becomes(k)!.Value))];
        if (ordered.Count > 0 && ordered[0].Other > ordered[0].Key) ordered.Reverse();
        return ordered;
    }

    private static async Task<HashSet<DateTime>> KeysAsync(IQueryable<DateTime> keys, CancellationToken cancellation) =>
        (await keys.Distinct().ToListAsync(cancellation)).Select(EventDates.Unspecified).ToHashSet();
}
