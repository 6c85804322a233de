namespace TerritoireCollab.Calendar.Reading;

/// <summary>The zones of a document: those that the system knows by name, and those that the document brings.</summary>
internal sealed class Zones
{
    // More are not of one calendar; each new name may cost a look into a file.
    private const int Most = 100;

    private readonly Dictionary<string, CalendarZone?> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string? Location, List<ZoneObservance> Observances)> _brought = new(StringComparer.Ordinal);

    /// <summary>Takes a VTIMEZONE.</summary>
    public void Bring(string id, string? location, List<ZoneObservance> observances)
    {
        if (_brought.Count < Most) _brought.TryAdd(id, (location, observances));
    }

    /// <summary>The zone of a TZID; null when neither the system nor the document knows it.</summary>
    public CalendarZone? Find(string id)
    {
        if (_found.TryGetValue(id, out var known)) return known;
        if (_found.Count >= Most) return null;

        var zone = ZoneNames.Find(id);
        // A name that is an offset alone says less than the rules that come with it.
        if (zone is not { IsKnown: true } && Brought(id) is { } brought) zone = (brought.Location is null ? null : ZoneNames.Find(brought.Location)) ?? (brought.Observances.Count > 0 ? CalendarZone.Of(id, brought.Observances) : zone);
        return _found[id] = zone;
    }

    private (string? Location, List<ZoneObservance> Observances)? Brought(string id) => _brought.TryGetValue(id, out var zone) ? zone : null;
}
