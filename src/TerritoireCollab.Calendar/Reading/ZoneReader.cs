using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Calendar.Reading;

/// <summary>Reads VTIMEZONE.</summary>
internal static class ZoneReader
{
    private const int MostObservances = 500;

    public static void Read(Component component, Zones zones)
    {
        if (TextValue.Line(component.Value("TZID")) is not { } id) return;

        var observances = component.Inner.Take(MostObservances).Select(Observance).OfType<ZoneObservance>().ToList();
        zones.Bring(id.Trim('"'), component.Value("X-LIC-LOCATION"), observances);
    }

    private static ZoneObservance? Observance(Component component)
    {
        if (component.Name is not ("STANDARD" or "DAYLIGHT")) return null;
        if (OffsetReader.Read(component.Value("TZOFFSETTO") ?? "") is not { } to || MomentReader.Read(component.Value("DTSTART") ?? "", null) is not { } start) return null;

        return new(component.Name == "DAYLIGHT", start.Local, OffsetReader.Read(component.Value("TZOFFSETFROM") ?? "") ?? to, to)
        {
            Rule = component.Value("RRULE") is { } text && RecurrenceRule.TryParse(text, out var rule, out _) ? rule : null,
            Dates = [.. component.All("RDATE").SelectMany(l => l.Value.Split(',')).Select(v => MomentReader.Read(v, null)).OfType<CalendarMoment>().Select(m => m.Local).Take(MostObservances)],
            Name = TextValue.Line(component.Value("TZNAME")),
        };
    }
}
