using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Polls.Creating;

namespace TerritoireCollab.Polls.Voting;

/// <summary>What takes place on the dates of a poll, for whoever votes on them or proposes them: as far as that member may read it.</summary>
internal sealed class DatesBesides(AppDb database, IEnumerable<ITimetable> timetables, Dates dates)
{
    private const int Most = 4;

    /// <summary>What takes place on each date, by the number of the option.</summary>
    /// <param name="db">The context, open for the member.</param>
    /// <param name="options">The dates.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<ILookup<int, Planned>> OfAsync(AppDbContext db, IReadOnlyList<PollOption> options, CancellationToken cancellation)
    {
        var spans = options.Where(o => o is { StartUtc: not null, EndUtc: not null }).Select(o => (o.Number, Period: new Period(o.StartUtc!.Value, o.EndUtc!.Value))).ToList();
        var found = await ReadAsync(db, [.. spans.Select(s => s.Period)], cancellation);
        return spans.SelectMany(s => found.Where(f => f.Time == s.Period).Select(f => (s.Number, f.Planned))).ToLookup(p => p.Number, p => p.Planned);
    }

    /// <summary>The same of dates that are being typed; those that cannot be read are left out.</summary>
    public async Task<ILookup<TypedDate, Planned>> OfAsync(Viewer viewer, IReadOnlyList<TypedDate> typed, CancellationToken cancellation)
    {
        var spans = typed.Where(d => !d.IsEmpty).Distinct().SelectMany(d => PollTerms.DatesOf([d], "", new Rules(), dates).Select(read => (Date: d, Period: new Period(read.StartUtc!.Value, read.EndUtc!.Value)))).ToList();
        await using var db = database.Open(viewer);
        var found = await ReadAsync(db, [.. spans.Select(s => s.Period)], cancellation);
        return spans.SelectMany(s => found.Where(f => f.Time == s.Period).Select(f => (s.Date, f.Planned))).ToLookup(p => p.Date, p => p.Planned);
    }

    private async Task<List<(Period Time, Planned Planned)>> ReadAsync(AppDbContext db, IReadOnlyCollection<Period> times, CancellationToken cancellation)
    {
        var found = new List<(Period, Planned)>();
        if (times.Count == 0) return found;

        foreach (var timetable in timetables)
            foreach (var group in await timetable.ReadAsync(db, times, Most, cancellation)) found.AddRange(group.Select(p => (group.Key, p)));
        return found;
    }
}
