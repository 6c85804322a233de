namespace TerritoireCollab.Agenda.Events;

/// <summary>How many dates begin and end at the same moments, and nothing else of them: many meetings of a territory begin at the same hour.</summary>
/// <param name="StartUtc">When they begin.</param>
/// <param name="EndUtc">When they end.</param>
/// <param name="Count">How many do.</param>
internal readonly record struct DateSpan(DateTime StartUtc, DateTime EndUtc, int Count);

/// <summary>
/// A month before its dates are read: how many each day has, and the moments at which the few begin that are drawn. A month of two thousand dates is read by some hundred.
/// </summary>
internal sealed class MonthOutline
{
    /// <summary>Dates drawn in a day of the table.</summary>
    public const int MostInDay = 3;

    /// <summary>Dates drawn where there is no room for a table.</summary>
    public const int MostInList = 40;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly Dictionary<DateOnly, int> _perDay = [];
    private readonly HashSet<DateTime> _drawn = [];

    /// <summary>The outline of the dates between two days, with the days of the weeks that they begin and end in.</summary>
    /// <param name="spans">The dates, in order.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">The day after the last.</param>
    /// <param name="local">What the clocks of the platform show at a moment.</param>
    public MonthOutline(IEnumerable<DateSpan> spans, DateOnly from, DateOnly to, Func<DateTime, DateTime> local)
    {
        var (first, last, place) = (from.AddDays(-Week.Days), to.AddDays(Week.Days), 0);
        foreach (var span in spans)
        {
            if (place < MostInList) _drawn.Add(span.StartUtc);
            place += span.Count;
            var start = DateOnly.FromDateTime(local(span.StartUtc));
            var end = span.EndUtc > span.StartUtc ? DateOnly.FromDateTime(local(span.EndUtc.AddTicks(-1))) : start;
            for (var day = Later(start, first); day <= end && day < last; day = day.AddDays(1))
            {
                var before = _perDay.GetValueOrDefault(day);
                if (before < MostInDay) _drawn.Add(span.StartUtc);
                _perDay[day] = before + span.Count;
            }
        }
    }

    /// <summary>How many dates each day has.</summary>
    public IReadOnlyDictionary<DateOnly, int> PerDay => _perDay;

    /// <summary>The moments at which those begin that are drawn, and those among them at which more begin than are drawn at all.</summary>
    public (List<DateTime> Few, List<DateTime> Many) Drawn(IEnumerable<DateSpan> spans)
    {
        var moments = spans.Where(s => _drawn.Contains(s.StartUtc)).GroupBy(s => s.StartUtc).ToLookup(m => m.Sum(s => s.Count) > MostInList, m => m.Key);
        return ([.. moments[false]], [.. moments[true]]);
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
