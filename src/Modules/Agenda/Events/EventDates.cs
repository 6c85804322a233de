using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Calendar;
using TerritoireCollab.Calendar.Recurrences;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Agenda.Events;

/// <summary>Spreads an event over its dates, one row each, as far as the horizon.</summary>
internal sealed class EventDates(PlatformOptions platform, TimeProvider clock)
{
    /// <summary>How far ahead the dates of a series without an end stand.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(550);

    /// <summary>Most dates of one event.</summary>
    public const int Most = 800;

    /// <summary>Replaces the dates of the event; the caller saves, in a transaction.</summary>
    public async Task SpreadAsync(AppDbContext db, AgendaEvent e, Guid groupId, CancellationToken cancellation)
    {
        var id = e.Id;
        var changes = await db.Set<DateChange>().Where(c => c.ItemId == id).ToListAsync(cancellation);
        await db.Set<EventDate>().Where(d => d.ItemId == id).ExecuteDeleteAsync(cancellation);
        db.AddRange(Spread(e, groupId, changes.Concat(db.Set<DateChange>().Local.Where(c => c.ItemId == id)).DistinctBy(c => c.Key)));
    }

    /// <summary>The dates, and until when they are all there.</summary>
    public IReadOnlyList<EventDate> Spread(AgendaEvent e, Guid groupId, IEnumerable<DateChange> changes)
    {
        var zone = ZoneOf(e);
        var changed = changes.ToDictionary(c => Unspecified(c.Key));
        var until = clock.GetUtcNow().UtcDateTime + Horizon;
        var found = Occurrences(e, zone, until);
        e.SpreadUntil = e.Rule is not null && RecurrenceRule.TryParse(e.Rule, out var rule, out _) && !Ends(rule, until) && found.Count < Most ? until : null;
        return [.. found.Take(Most).Select(o => Row(e, groupId, zone, o, changed.GetValueOrDefault((o.RecurrenceId ?? o.Start).Local)))];
    }

    /// <summary>The zone whose clocks the event's hours are read on.</summary>
    public TimeZoneInfo ZoneOf(AgendaEvent e) => TimeZoneInfo.TryFindSystemTimeZoneById(e.TimeZone, out var zone) ? zone : platform.TimeZone;

    /// <summary>Name of the event's zone where it is not the platform's; null otherwise.</summary>
    public string? OtherZoneOf(AgendaEvent e) => e.IsAllDay || ZoneOf(e).Id == platform.TimeZone.Id ? null : e.TimeZone;

    /// <summary>A time on the platform's clocks, as forms have it, on those of the event.</summary>
    public DateTime OnItsClocks(DateTime local, AgendaEvent e, TimeZoneInfo zone) =>
        e.IsAllDay || zone.Id == platform.TimeZone.Id ? Unspecified(local) : ZoneClock.ToLocal(ZoneClock.ToUtc(Unspecified(local), platform.TimeZone), zone);

    /// <summary>A wall clock without a kind: what the database gives back claims to be UTC.</summary>
    public static DateTime Unspecified(DateTime local) => DateTime.SpecifyKind(local, DateTimeKind.Unspecified);

    /// <summary>Forgets at what other time and place a date was; whether it is cancelled stays.</summary>
    public static Task ForgetChangeAsync(AppDbContext db, Guid id, DateTime key, CancellationToken cancellation) => db.Set<DateChange>().Where(c => c.ItemId == id && c.Key == key)
        .ExecuteUpdateAsync(set => set.SetProperty(c => c.StartLocal, (DateTime?)null).SetProperty(c => c.EndLocal, (DateTime?)null).SetProperty(c => c.Place, (string?)null), cancellation);

    /// <summary>Keeps what belongs to each date with it, when the whole event moves by so much.</summary>
    public static async Task KeepAnswersAsync(AppDbContext db, Guid id, TimeSpan by, CancellationToken cancellation)
    {
        if (by == TimeSpan.Zero) return;

        await CarryDates.ExecuteAsync(db, id, id, key => key + by, cancellation);
        var guests = await db.Set<GuestRegistration>().AsNoTracking().Where(r => r.ItemId == id).ToListAsync(cancellation);
        await db.Set<GuestRegistration>().Where(r => r.ItemId == id).ExecuteDeleteAsync(cancellation);
        db.AddRange(guests.Select(r => r.At(r.Key + by)));
        await db.SaveChangesAsync(cancellation);
    }

    private static IReadOnlyList<Occurrence> Occurrences(AgendaEvent e, TimeZoneInfo zone, DateTime until)
    {
        var master = SeriesDates.Master(e, zone);
        var extra = SeriesDates.Read(e.ExtraDates);
        var (start, last) = (Earliest(Unspecified(e.StartLocal), extra), extra.Count == 0 ? Unspecified(e.StartLocal) : extra.Max());
        // What does not come back for ever stands in the agenda however far ahead it is.
        var to = master.Rules.Count > 0 ? ZoneClock.ToLocal(until, zone) : last.AddDays(1);
        var found = CalendarSeries.Of(master, []).Occurrences(start, to <= last ? last.AddDays(1) : to, new WorkBudget());
        // A rule need not give the first date: it takes place nevertheless (RFC 5545, 3.8.5.3).
        return found.Any(o => o.Start.Local == master.Start.OnTheClock().Local) || SeriesDates.Read(e.LeftOut).Contains(master.Start.Local) ? found : [new(master, master.Start, master.EndOf(master.Start), master.IsRecurring ? master.Start : null), .. found];
    }

    private static DateTime Earliest(DateTime start, IReadOnlyList<DateTime> extra) => extra.Count > 0 && extra.Min() is var first && first < start ? first : start;

    private static bool Ends(RecurrenceRule rule, DateTime until) => rule.Until is { } last && last.Local < until;

    private EventDate Row(AgendaEvent e, Guid groupId, TimeZoneInfo zone, Occurrence occurrence, DateChange? change)
    {
        var isMoved = change?.StartLocal is not null;
        var start = isMoved ? ZoneClock.ToUtc(Unspecified(change!.StartLocal!.Value), zone) : occurrence.Start.ToUtc(platform.TimeZone);
        var end = isMoved ? ZoneClock.ToUtc(Unspecified(change!.EndLocal ?? change.StartLocal!.Value), zone) : occurrence.End.ToUtc(platform.TimeZone);
        return new()
        {
            ItemId = e.Id,
            GroupId = groupId,
            Kind = e.Kind,
            Key = (occurrence.RecurrenceId ?? occurrence.Start).Local,
            StartUtc = start,
            EndUtc = end,
            StartLocal = ZoneClock.ToLocal(start, platform.TimeZone),
            EndLocal = ZoneClock.ToLocal(end, platform.TimeZone),
            IsAllDay = e.IsAllDay,
            IsSeries = e.IsSeries,
            Place = change?.Place ?? e.Place,
            Commune = e.Commune,
            Attendance = e.Attendance,
            IsCancelled = e.CancelledAt is not null || change?.IsCancelled == true,
        };
    }
}

/// <summary>Each night: the dates of series without an end, as far as the horizon that has moved on.</summary>
internal sealed class SpreadSeries(AppDb database, EventDates dates, TimeProvider clock) : IRecurringJob
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    public string Key => "agenda.series";

    public string Hours => "0 40 3 * * ?";

    public async Task RunAsync(CancellationToken cancellation)
    {
        List<Guid> due;
        await using (var db = database.Open(Viewer.System))
        {
            var limit = clock.GetUtcNow().UtcDateTime + EventDates.Horizon - Ahead;
            due = await db.Set<AgendaEvent>().Where(e => e.SpreadUntil < limit).Select(e => e.Id).ToListAsync(cancellation);
        }

        foreach (var id in due)
            await database.TransactAsync(Viewer.System, async (db, token) =>
            {
                if (await db.Set<AgendaEvent>().Include(e => e.Item).FirstOrDefaultAsync(e => e.Id == id, token) is not { } e) return false;
                await dates.SpreadAsync(db, e, e.Item.GroupId, token);
                await db.SaveChangesAsync(token);
                return true;
            }, cancellation);
    }
}
