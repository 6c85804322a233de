using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Faces;
using TerritoireCollab.Agenda.Outside;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Agenda.Events;

/// <summary>
/// What the agenda has at times that somebody thinks of: the dates to which the viewer goes, those that last a whole day too, then what else takes place
/// then, or the same evening. The same as whoever announces an event is shown.
/// </summary>
internal sealed class ReadTimetable(FindBesides besides) : ITimetable
{
    // Times are read in a few questions, however many they are; what stands between them is read along, and left out.
    private const int MostRead = 2000;

    /// <inheritdoc />
    public async Task<ILookup<Period, Planned>> ReadAsync(AppDbContext db, IReadOnlyCollection<Period> times, int most, CancellationToken cancellation)
    {
        var wanted = times.Distinct().Select(t => new Wanted(t, besides.Around(t.Start, t.End))).ToList();
        if (wanted.Count == 0) return Array.Empty<Wanted>().ToLookup(w => w.Time, _ => (Planned)null!);

        var mine = await MineAsync(db, wanted, cancellation);
        var others = await OthersAsync(db, wanted, mine.Select(m => m.Date.Id).ToHashSet(), cancellation);
        return wanted.SelectMany(w => mine.Where(r => w.Meets(r.Date.StartUtc, r.Date.EndUtc)).Select(r => Line(r, isMine: true))
                .Concat(others.Where(r => w.Meets(r.Date.StartUtc, r.Date.EndUtc)).Select(r => Line(r, isMine: false))).Take(most).Select(planned => (w.Time, Planned: planned)))
            .ToLookup(p => p.Time, p => p.Planned);
    }

    private static Task<List<EventRow>> MineAsync(AppDbContext db, List<Wanted> wanted, CancellationToken cancellation)
    {
        var (me, from, to) = (db.Viewer.MemberId, Earliest(wanted), Latest(wanted));
        var going = db.Set<Registration>().Where(r => r.MemberId == me && r.Answer != Answer.No);
        return Rows(db.Set<EventDate>().AsNoTracking().Where(d => !d.IsCancelled && d.StartUtc >= from && d.StartUtc < to && going.Any(r => r.ItemId == d.ItemId && r.Key == d.Key)).OrderBy(d => d.StartUtc).Take(MostRead)).ToListAsync(cancellation);
    }

    private static async Task<List<EventRow>> OthersAsync(AppDbContext db, List<Wanted> wanted, HashSet<Guid> mine, CancellationToken cancellation)
    {
        var (from, to) = (Earliest(wanted), Latest(wanted));
        bool Meets(Guid id, DateTime start, DateTime end) => !mine.Contains(id) && wanted.Exists(w => w.Meets(start, end));
        var dates = await db.Set<EventDate>().Where(d => !d.IsCancelled && !d.IsAllDay && d.StartUtc >= from && d.StartUtc < to).OrderBy(d => d.StartUtc).Take(MostRead).Select(d => new { d.Id, d.StartUtc, d.EndUtc }).ToListAsync(cancellation);
        var outside = await OutsideRows.Of(db, null).Where(d => !d.IsAllDay && d.StartUtc >= from && d.StartUtc < to).OrderBy(d => d.StartUtc).Take(MostRead).Select(d => new { d.Id, d.StartUtc, d.EndUtc }).ToListAsync(cancellation);
        var own = dates.Where(d => Meets(d.Id, d.StartUtc, d.EndUtc)).Select(d => d.Id).ToList();
        var elsewhere = outside.Where(d => Meets(d.Id, d.StartUtc, d.EndUtc)).Select(d => d.Id).ToList();
        List<EventRow> rows = own.Count == 0 ? [] : await Rows(db.Set<EventDate>().AsNoTracking().Where(d => own.Contains(d.Id))).ToListAsync(cancellation);
        if (elsewhere.Count > 0) rows.AddRange(await OutsideRows.ReadAsync(OutsideRows.Of(db, null).Where(d => elsewhere.Contains(d.Id)), cancellation));
        return [.. rows.OrderBy(r => r.Date.StartUtc)];
    }

    private static IQueryable<EventRow> Rows(IQueryable<EventDate> dates) =>
        dates.Select(d => new EventRow { ShortId = d.Item.ShortId, Title = d.Item.Title, GroupSlug = d.Item.Group!.Slug, GroupName = d.Item.Group.Name, Hue = d.Item.Group.Hue, Date = d });

    private static Planned Line(EventRow row, bool isMine) => new(row.Title, EventAddress.Of(row), $"{EventWords.Hours(row.Date)}, {row.Outside?.Calendar ?? row.GroupName}", isMine);

    private static DateTime Earliest(List<Wanted> wanted) => wanted.Min(w => w.Around.From).AddDays(-AgendaEvent.MostDays - 1);

    private static DateTime Latest(List<Wanted> wanted) => wanted.Max(w => w.Around.To);

    private sealed record Wanted(Period Time, (DateTime From, DateTime To) Around)
    {
        public bool Meets(DateTime start, DateTime end) => start < Around.To && end > Around.From;
    }
}
