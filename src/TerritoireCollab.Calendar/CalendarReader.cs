using TerritoireCollab.Calendar.Reading;

namespace TerritoireCollab.Calendar;

/// <summary>
/// Reads iCalendar (RFC 5545) and what programs write under that name, back to vCalendar 1.0: any line end, folds and charset, ends that are missing,
/// zones by any name. Never throws; what is left out is told. Time and memory are in proportion to the document.
/// </summary>
public static class CalendarReader
{
    /// <summary>Reads a document.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="limits">How much of it; the platform's limits when null.</param>
    public static CalendarReading Read(ReadOnlySpan<byte> bytes, CalendarReadLimits? limits = null)
    {
        limits ??= CalendarReadLimits.Default;
        if (bytes.Length > limits.Size) return new(null, CalendarRefusal.TooLong, []);
        if (bytes.Trim(" \t\r\n\0"u8).IsEmpty) return new(null, CalendarRefusal.Empty, []);

        var lines = new LineReader(Octets.WithoutMark(bytes).ToArray(), limits.Value);
        var components = new ComponentReader(limits);
        foreach (var line in lines.Read()) components.Take(line);
        if (!components.IsCalendar) return new(null, CalendarRefusal.OtherDocument, []);

        var zones = new Zones();
        foreach (var zone in components.Zones) ZoneReader.Read(zone, zones);

        var notices = new Notices(limits);
        var reader = new EventReader(zones, notices, limits);
        var isReply = components.Head.Value("METHOD")?.Trim().Equals("REPLY", StringComparison.OrdinalIgnoreCase) == true;
        // An answer need not say when the event is.
        var events = components.Events.Where(e => !isReply || e.Line("DTSTART") is not null).Select(reader.Read).OfType<CalendarEvent>().ToList();
        notices.Count(CalendarNoticeKind.TooManyEvents, components.ExcessEvents);
        foreach (var (name, count) in components.Others) notices.Add(CalendarNoticeKind.OtherComponents, name, count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        notices.Count(CalendarNoticeKind.Lines, lines.Unreadable);
        notices.Count(CalendarNoticeKind.Cut, lines.Cut + components.CutLines);
        return new(Document(components.Head, events) with { Answers = isReply ? [.. components.Events.SelectMany(reader.ReadAnswers)] : [] }, null, notices.All);
    }

    private static CalendarDocument Document(Component head, List<CalendarEvent> events) => new()
    {
        Method = head.Value("METHOD")?.Trim().ToUpperInvariant() switch
        {
            null or "" => null,
            "PUBLISH" => CalendarMethod.Publish,
            "REQUEST" => CalendarMethod.Request,
            "REPLY" => CalendarMethod.Reply,
            "CANCEL" => CalendarMethod.Cancel,
            _ => CalendarMethod.Other,
        },
        Name = TextValue.Line(head.Value("NAME")) ?? TextValue.Line(head.Value("X-WR-CALNAME")),
        Description = TextValue.Line(head.Value("DESCRIPTION")) ?? TextValue.Line(head.Value("X-WR-CALDESC")),
        RefreshInterval = CalendarDuration.TryParse(head.Value("REFRESH-INTERVAL") ?? head.Value("X-PUBLISHED-TTL") ?? "", out var interval) && !interval.IsNegative ? interval : null,
        Events = events,
    };
}
