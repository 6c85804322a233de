using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Calendar;

/// <summary>STANDARD or DAYLIGHT of a VTIMEZONE (RFC 5545, 3.6.5): from when which offset holds.</summary>
/// <param name="IsDaylight">Whether it is summer time.</param>
/// <param name="Start">First onset, on the clocks of before.</param>
/// <param name="OffsetFrom">Offset from UTC before.</param>
/// <param name="OffsetTo">Offset from UTC after.</param>
public sealed record ZoneObservance(bool IsDaylight, DateTime Start, TimeSpan OffsetFrom, TimeSpan OffsetTo)
{
    /// <summary>When it comes again; null for once.</summary>
    public RecurrenceRule? Rule { get; init; }

    /// <summary>Further onsets, on the clocks of before.</summary>
    public IReadOnlyList<DateTime> Dates { get; init; } = [];

    /// <summary>TZNAME: its abbreviation, or null.</summary>
    public string? Name { get; init; }
}

/// <summary>A time zone: one that the system knows, or one that a document brought with it.</summary>
public sealed class CalendarZone : IEquatable<CalendarZone>
{
    // Onsets beyond are not computed: the last offset goes on.
    private static readonly DateTime FirstOnset = new(1900, 1, 1);
    private static readonly DateTime LastOnset = new(2100, 1, 1);

    // Two rules over two centuries take a third of it.
    private const long WorkForOnsets = 60_000;

    private readonly TimeZoneInfo? _info;
    private readonly Lazy<(DateTime[] Onsets, TimeSpan[] Offsets)> _transitions;

    private CalendarZone(string id, TimeZoneInfo? info, IReadOnlyList<ZoneObservance> observances)
    {
        Id = id;
        _info = info;
        Observances = observances;
        _transitions = new(Transitions);
    }

    /// <summary>Coordinated universal time.</summary>
    public static CalendarZone Utc { get; } = new("UTC", TimeZoneInfo.Utc, []);

    /// <summary>Its IANA name, or the TZID that its document gives it.</summary>
    public string Id { get; }

    /// <summary>Whether the system knows it, so that its name is enough to keep.</summary>
    public bool IsKnown => _info is not null;

    /// <summary>Whether it is UTC.</summary>
    public bool IsUtc => ReferenceEquals(_info, TimeZoneInfo.Utc);

    /// <summary>What its document says of it; empty for a zone that the system knows.</summary>
    public IReadOnlyList<ZoneObservance> Observances { get; }

    /// <summary>As the system knows it, or null.</summary>
    public TimeZoneInfo? Info => _info;

    /// <summary>A zone of the system.</summary>
    public static CalendarZone Of(TimeZoneInfo zone) => zone.Equals(TimeZoneInfo.Utc) ? Utc : new(IanaName(zone), zone, []);

    /// <summary>A zone that a document describes.</summary>
    public static CalendarZone Of(string id, IReadOnlyList<ZoneObservance> observances) => new(id, null, observances);

    /// <summary>What the clocks show, in UTC; see <see cref="ZoneClock"/> for times that come twice or never.</summary>
    public DateTime ToUtc(DateTime local) => IsUtc ? DateTime.SpecifyKind(local, DateTimeKind.Utc) : ZoneClock.ToUtc(local, OffsetAt);

    /// <summary>What the clocks show at a moment.</summary>
    public DateTime ToLocal(DateTime utc) => ZoneClock.ToLocal(utc, OffsetAt);

    /// <summary>Offset from UTC at a moment.</summary>
    public TimeSpan OffsetAt(DateTime utc)
    {
        if (_info is not null) return _info.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

        var (onsets, offsets) = _transitions.Value;
        var at = Array.BinarySearch(onsets, DateTime.SpecifyKind(utc, DateTimeKind.Unspecified));
        return offsets[at >= 0 ? at + 1 : ~at];
    }

    /// <inheritdoc/>
    public bool Equals(CalendarZone? other) => other is not null && (ReferenceEquals(this, other) || Id == other.Id && IsKnown == other.IsKnown && (IsKnown || Observances.SequenceEqual(other.Observances)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CalendarZone);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    /// <summary>Its name.</summary>
    public override string ToString() => Id;

    private static string IanaName(TimeZoneInfo zone) => !zone.HasIanaId && TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : zone.Id;

    // Onsets in UTC in order, and offsets: the first holds before the first onset.
    private (DateTime[] Onsets, TimeSpan[] Offsets) Transitions()
    {
        var budget = new WorkBudget(WorkForOnsets);
        var changes = Observances.SelectMany(o => Onsets(o, budget).Select(onset => (At: onset.Plus(-o.OffsetFrom), o.OffsetFrom, o.OffsetTo))).OrderBy(c => c.At).ToList();
        if (changes.Count == 0) return ([], [TimeSpan.Zero]);

        return ([.. changes.Select(c => c.At)], [changes[0].OffsetFrom, .. changes.Select(c => c.OffsetTo)]);
    }

    private static IEnumerable<DateTime> Onsets(ZoneObservance observance, WorkBudget budget)
    {
        IEnumerable<DateTime> dates = [observance.Start, .. observance.Dates];
        if (observance.Rule is not { } rule) return dates;

        // UNTIL is UTC, on clocks that show the offset of before.
        var before = rule.Until is { Zone.IsUtc: true } until ? rule with { Until = CalendarMoment.Floating(until.Local.Plus(observance.OffsetFrom)) } : rule;
        return dates.Concat(new RuleExpansion(before, CalendarMoment.Floating(observance.Start), budget).Between(FirstOnset, LastOnset)).Distinct();
    }
}
