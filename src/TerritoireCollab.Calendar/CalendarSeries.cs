using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Calendar;

/// <summary>One time that an event takes place.</summary>
/// <param name="Event">What says how: the event, or what was changed of it.</param>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it is over.</param>
/// <param name="RecurrenceId">When it would have begun; its name within the series. Null where there is no series.</param>
public sealed record Occurrence(CalendarEvent Event, CalendarMoment Start, CalendarMoment End, CalendarMoment? RecurrenceId);

/// <summary>An event with what was changed of its occurrences.</summary>
public sealed class CalendarSeries
{
    // What an import may have moved an occurrence by; what lies further is found by its own date.
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(400);

    private readonly Dictionary<CalendarMoment, CalendarEvent> _changed = [];
    private readonly List<(CalendarMoment From, CalendarEvent Event)> _following = [];

    private CalendarSeries(CalendarEvent? master, IEnumerable<CalendarEvent> changes)
    {
        Master = master;
        Changes = [.. changes];
        foreach (var change in Changes)
        {
            var moment = change.RecurrenceId!.Value.Moment;
            var id = master is null ? moment : moment.InTermsOf(master.Start);
            // Of two changes of the same occurrence the later version counts.
            if (_changed.TryGetValue(id, out var other) && other.Sequence > change.Sequence) continue;

            _changed[id] = change;
            if (change.RecurrenceId.Value.IsThisAndFuture) _following.Add((id, change));
        }

        _following.Sort((a, b) => a.From.Local.CompareTo(b.From.Local));
    }

    /// <summary>The event; null where a document holds only changed occurrences.</summary>
    public CalendarEvent? Master { get; }

    /// <summary>Occurrences that were changed.</summary>
    public IReadOnlyList<CalendarEvent> Changes { get; }

    /// <summary>Its UID.</summary>
    public string Uid => (Master ?? Changes[0]).Uid;

    /// <summary>A series of one event and its changes.</summary>
    /// <param name="master">The event, without RECURRENCE-ID.</param>
    /// <param name="changes">Events with one, of the same UID.</param>
    public static CalendarSeries Of(CalendarEvent master, IEnumerable<CalendarEvent> changes) => new(master, changes.Where(c => c.RecurrenceId is not null));

    /// <summary>The series in events of one UID: one, or several where careless programs gave it to different events.</summary>
    public static IEnumerable<CalendarSeries> Of(IEnumerable<CalendarEvent> events)
    {
        var all = events.ToList();
        var (masters, changes) = (all.Where(e => e.RecurrenceId is null).ToList(), all.Where(e => e.RecurrenceId is not null).ToList());
        if (masters.Count == 0)
        {
            yield return new(null, changes);
            yield break;
        }

        // Changes belong to the one that recurs.
        var owner = masters.Find(m => m.IsRecurring) ?? masters[0];
        foreach (var master in masters) yield return new(master, ReferenceEquals(master, owner) ? changes : []);
    }

    /// <summary>Occurrences that begin in a span of local time of their own zones, in order; those that were cancelled are not there.</summary>
    /// <param name="from">From then.</param>
    /// <param name="to">Until before then.</param>
    /// <param name="budget">What may be computed; it says whether it was enough.</param>
    public IReadOnlyList<Occurrence> Occurrences(DateTime from, DateTime to, WorkBudget budget)
    {
        var found = new List<Occurrence>();
        if (Master is { } master)
        {
            foreach (var (start, duration) in Starts(master, Earlier(from), Later(to), budget))
            {
                var id = master.Start.WithLocal(start);
                if (_changed.ContainsKey(id)) continue;

                var occurrence = Following(id) is { } change ? Moved(id, change) : Plain(master, id, duration);
                if (occurrence.Event.Status != EventStatus.Cancelled || ReferenceEquals(occurrence.Event, master)) Add(occurrence);
            }
        }

        var excluded = Master is null ? _ => false : Excluded(Master);
        foreach (var (id, change) in _changed)
            if (change.Status != EventStatus.Cancelled && !excluded(id.Local) && budget.Spend()) Add(new(change, change.Start, change.EndOf(change.Start), id));

        found.Sort((a, b) => a.Start.Local.CompareTo(b.Start.Local));
        // Where the clocks jump over an hour, what comes each hour would come twice at the next.
        return [.. found.Where((o, at) => at == 0 || !ReferenceEquals(o.Event, found[at - 1].Event) || o.Start != found[at - 1].Start)];

        void Add(Occurrence occurrence)
        {
            if (occurrence.Start.Local >= from && occurrence.Start.Local < to) found.Add(occurrence);
        }
    }

    /// <summary>Occurrences that take place, even in part, between two moments, in order.</summary>
    /// <param name="fromUtc">From then.</param>
    /// <param name="toUtc">Until before then.</param>
    /// <param name="here">The zone of days and of what floats.</param>
    /// <param name="budget">What may be computed; it says whether it was enough.</param>
    public IReadOnlyList<Occurrence> Between(DateTime fromUtc, DateTime toUtc, TimeZoneInfo here, WorkBudget budget)
    {
        var longest = new[] { Master }.OfType<CalendarEvent>().Concat(Changes).Select(e => e.EndOf(e.Start).Local - e.Start.Local).Concat(Master?.Dates.Select(d => d.Duration?.Length ?? TimeSpan.Zero) ?? []).Max();
        var day = TimeSpan.FromDays(1);
        return
        [
            .. from occurrence in Occurrences(fromUtc.Plus(-(longest + day)), toUtc.Plus(day), budget)
               let start = occurrence.Start.ToUtc(here)
               let end = occurrence.End.ToUtc(here)
               where start < toUtc && (end > fromUtc || start >= fromUtc)
               orderby start
               select occurrence,
        ];
    }

    /// <summary>Where an occurrence with that name is one of the series, the occurrence.</summary>
    public Occurrence? Find(CalendarMoment recurrenceId, WorkBudget budget)
    {
        if (Master is not { } master) return null;

        var id = recurrenceId.InTermsOf(master.Start);
        if (_changed.TryGetValue(id, out var change)) return new(change, change.Start, change.EndOf(change.Start), id);

        var start = Starts(master, id.Local, id.Local.Plus(TimeSpan.FromTicks(1)), budget).FirstOrDefault(s => s.Local == id.Local);
        if (start.Local != id.Local) return null;
        return Following(id) is { } later ? Moved(id, later) : Plain(master, id, start.Duration);
    }

    private static Occurrence Plain(CalendarEvent master, CalendarMoment id, CalendarDuration? duration)
    {
        var start = id.OnTheClock();
        return new(master, start, duration is { } own ? start.Plus(own) : master.EndOf(start), master.IsRecurring ? id : null);
    }

    private static IEnumerable<(DateTime Local, CalendarDuration? Duration)> Starts(CalendarEvent master, DateTime from, DateTime to, WorkBudget budget)
    {
        var starts = new SortedDictionary<DateTime, CalendarDuration?>();
        foreach (var rule in master.Rules)
            foreach (var start in new RuleExpansion(rule, master.Start, budget).Between(from, to)) starts.TryAdd(start, null);
        if (master.Rules.Count == 0) starts.TryAdd(master.Start.Local, null);
        foreach (var date in master.Dates) starts[date.Start.InTermsOf(master.Start).Local] = date.Duration;
        if (starts.Count == 0) return [];

        foreach (var rule in master.ExceptionRules)
            foreach (var start in new RuleExpansion(rule, master.Start, budget).Between(from, to)) starts.Remove(start);

        var excluded = Excluded(master);
        return starts.Where(s => s.Key >= from && s.Key < to && !excluded(s.Key)).Select(s => (s.Key, s.Value));
    }

    // Whole days are excluded of an event with times, too: programs write that.
    private static Func<DateTime, bool> Excluded(CalendarEvent master)
    {
        if (master.ExceptionDates.Count == 0) return _ => false;

        var times = master.ExceptionDates.Where(e => !e.IsDate || master.IsAllDay).Select(e => e.InTermsOf(master.Start).Local).ToHashSet();
        var days = master.ExceptionDates.Where(e => e.IsDate).Select(e => e.Local).ToHashSet();
        return start => times.Contains(start) || days.Contains(start.Date);
    }

    // The last change of all that follow, from that occurrence on or from one before it.
    private CalendarEvent? Following(CalendarMoment id)
    {
        var (low, high) = (0, _following.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_following[middle].From.Local <= id.Local) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? null : _following[low - 1].Event;
    }

    private Occurrence Moved(CalendarMoment id, CalendarEvent change)
    {
        var from = change.RecurrenceId!.Value.Moment.InTermsOf(change.Start);
        var start = change.Start.WithLocal(id.InTermsOf(change.Start).Local.Plus(change.Start.Local - from.Local)).OnTheClock();
        return new(change, start, change.EndOf(start), id);
    }

    private DateTime Earlier(DateTime from) => _following.Count == 0 ? from : from.Plus(-Farthest);

    private DateTime Later(DateTime to) => _following.Count == 0 ? to : to.Plus(Farthest);
}
