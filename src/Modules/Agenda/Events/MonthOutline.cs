namespace TerritoireCollab.Agenda.Events;

/// <summary>When a date takes place, and nothing else of it.</summary>
/// <param name="Id">Key of its row.</param>
/// <param name="StartLocal">When it begins, on the clocks of the platform.</param>
/// <param name="EndLocal">When it ends.</param>
internal readonly record struct DateSpan(Guid Id, DateTime StartLocal, DateTime EndLocal);

/// <summary>A month before its dates are read: how many each day has, and the few that are drawn. A month of two thousand dates is read by some hundred.</summary>
internal sealed class MonthOutline
{
    /// <summary>Dates drawn in a day of the table.</summary>
    public const int MostInDay = 3;

    /// <summary>Dates drawn where there is no room for a table.</summary>
    public const int MostInList = 40;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly Dictionary<DateOnly, int> _perDay = [];
    private readonly HashSet<Guid> _drawn = [];

    /// <summary>The outline of the dates between two days, with the days of the weeks that they begin and end in.</summary>
    /// <param name="spans">The dates, in order.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">The day after the last.</param>
    public MonthOutline(IEnumerable<DateSpan> spans, DateOnly from, DateOnly to)
    {
        var (first, last) = (from.AddDays(-Week.Days), to.AddDays(Week.Days));
        foreach (var (place, span) in spans.Index())
        {
            if (place < MostInList) _drawn.Add(span.Id);
            var end = DateOnly.FromDateTime(span.EndLocal > span.StartLocal ? span.EndLocal.AddTicks(-1) : span.StartLocal);
            for (var day = Later(DateOnly.FromDateTime(span.StartLocal), first); day <= end && day < last; day = day.AddDays(1))
                if ((_perDay[day] = _perDay.GetValueOrDefault(day) + 1) <= MostInDay) _drawn.Add(span.Id);
        }
    }

    /// <summary>How many dates each day has.</summary>
    public IReadOnlyDictionary<DateOnly, int> PerDay => _perDay;

    /// <summary>Those of them that are drawn.</summary>
    public List<Guid> Drawn(IEnumerable<DateSpan> spans) => [.. spans.Select(s => s.Id).Where(_drawn.Contains)];

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
