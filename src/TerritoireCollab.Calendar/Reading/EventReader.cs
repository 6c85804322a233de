using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Calendar.Reading;

/// <summary>Reads VEVENT: what is wrong with a property costs that property, unless the event would be shown on wrong days without it.</summary>
internal sealed class EventReader(Zones zones, Notices notices, CalendarReadLimits limits)
{
    private static readonly string[] ConferenceProperties = ["CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK"];

    public CalendarEvent? Read(Component component)
    {
        var summary = TextValue.Line(component.Value("SUMMARY"));
        var uid = TextValue.Line(component.Value("UID"));
        var subject = summary ?? uid;
        if (component.Line("DTSTART") is not { } startLine || startLine.Value.Trim().Length == 0) return Left(CalendarNoticeKind.NoStart, subject);
        if (Moment(startLine, subject) is not { } start) return Left(CalendarNoticeKind.NoStart, subject, startLine.Value);

        var rules = new List<RecurrenceRule>();
        var exceptions = new List<RecurrenceRule>();
        foreach (var line in component.Lines.Where(l => l.Name is "RRULE" or "EXRULE" && l.Value.Trim().Length > 0))
        {
            if (Rule(line.Value.Trim(), start, out var rule, out var fault)) (line.Name == "RRULE" ? rules : exceptions).Add(rule!);
            else return Left(CalendarNoticeKind.Rule, subject, $"{line.Value.Trim()} ({fault})");
        }

        RecurrenceId? recurrence = null;
        if (component.Line("RECURRENCE-ID") is { } id && id.Value.Trim().Length > 0)
        {
            if (Moment(id, subject) is not { } moment) return Left(CalendarNoticeKind.NoStart, subject, id.Value);
            recurrence = new(moment, IsThisAndFuture(id));
        }

        var (end, duration) = Length(component, start, subject);
        var found = new CalendarEvent
        {
            Uid = uid ?? MadeUpUid(component),
            Start = start,
            End = end,
            Duration = duration,
            Rules = rules,
            ExceptionRules = exceptions,
            Dates = Dates(component, start, subject),
            ExceptionDates = [.. Moments(component, "EXDATE", start, subject)],
            RecurrenceId = recurrence,
        };
        return WithTexts(found, component, summary);
    }

    /// <summary>The answers that an event of a reply holds.</summary>
    public IEnumerable<CalendarAnswer> ReadAnswers(Component component)
    {
        if (TextValue.Line(component.Value("UID")) is not { } uid) return [];

        var id = component.Line("RECURRENCE-ID") is { } line && Moment(line, uid) is { } moment ? new RecurrenceId(moment, IsThisAndFuture(line)) : (RecurrenceId?)null;
        return component.All("ATTENDEE").Select(PeopleReader.Attendee).OfType<Attendee>().Select(attendee => new CalendarAnswer(uid, attendee)
        {
            RecurrenceId = id,
            Sequence = Sequence(component),
            Stamp = Utc(component, "DTSTAMP"),
            Comment = Text(component.Value("COMMENT")),
        });
    }

    private static CalendarEvent WithTexts(CalendarEvent found, Component component, string? summary) => found with
    {
        Summary = summary,
        Description = Text(component.Value("DESCRIPTION")),
        Location = TextValue.Line(component.Value("LOCATION")),
        Url = Address(component.Value("URL")),
        Conference = ConferenceProperties.Select(name => Address(component.Value(name))).FirstOrDefault(a => a is not null),
        Geo = Geo(component.Value("GEO")),
        Status = Word(component, "STATUS") switch { "CANCELLED" or "CANCELED" => EventStatus.Cancelled, "TENTATIVE" => EventStatus.Tentative, _ => EventStatus.Confirmed },
        IsPrivate = Word(component, "CLASS") is "PRIVATE" or "CONFIDENTIAL",
        IsTransparent = Word(component, "TRANSP") is "TRANSPARENT" or "1",
        Categories = [.. component.All("CATEGORIES").SelectMany(l => TextValue.List(l.Value)).Distinct(StringComparer.Ordinal)],
        Organizer = component.Line("ORGANIZER") is { } organizer && PeopleReader.Address(organizer.Value) is { } host ? new(host, PeopleReader.Name(organizer)) : null,
        Attendees = [.. component.All("ATTENDEE").Select(PeopleReader.Attendee).OfType<Attendee>()],
        RelatedTo = TextValue.Line(component.Value("RELATED-TO")),
        Comment = Text(component.Value("COMMENT")),
        Sequence = Sequence(component),
        Stamp = Utc(component, "DTSTAMP"),
        Created = Utc(component, "CREATED"),
        LastModified = Utc(component, "LAST-MODIFIED"),
        Alarms = [.. component.Inner.Where(c => c.Name == "VALARM").Select(ReadAlarm).OfType<Alarm>()],
    };

    private CalendarEvent? Left(CalendarNoticeKind kind, string? subject, string detail = "")
    {
        notices.Add(kind, subject, detail);
        return null;
    }

    private static bool Rule(string text, CalendarMoment start, out RecurrenceRule? rule, out string? fault)
    {
        if (OldRule.ToCurrent(text, start.Local) is { } current) text = current;
        if (!RecurrenceRule.TryParse(text, out rule, out fault)) return false;
        if (!start.IsDate || rule.Frequency >= RecurrenceFrequency.Daily) return true;

        fault = Resources.CalendarTexts.RuleTimesOfDays;
        return false;
    }

    private (CalendarMoment? End, CalendarDuration? Duration) Length(Component component, CalendarMoment start, string? subject)
    {
        if (component.Line("DTEND") is { } line && line.Value.Trim().Length > 0)
        {
            var end = Moment(line, subject);
            // A day for a time, or a time for a day: what the start is counts.
            if (end is { } other && other.IsDate != start.IsDate) end = start.IsDate ? CalendarMoment.Date(DateOnly.FromDateTime(other.Local)) : start.WithLocal(other.Local);
            if (end is { } found && !IsBefore(found, start)) return (found, null);
            notices.Add(CalendarNoticeKind.End, subject, line.Value.Trim());
        }

        if (component.Value("DURATION")?.Trim() is not { Length: > 0 } text) return (null, null);
        if (CalendarDuration.TryParse(text, out var duration) && !duration.IsNegative) return (null, start.IsDate ? new CalendarDuration(Math.Max(duration.Days + duration.Time.Days, 1), TimeSpan.Zero) : duration);

        notices.Add(CalendarNoticeKind.End, subject, text);
        return (null, null);
    }

    private static bool IsBefore(CalendarMoment end, CalendarMoment start) =>
        end.Zone is { } of && start.Zone is { } from ? of.ToUtc(end.Local) < from.ToUtc(start.Local) : end.Local < start.Local;

    private List<RecurrenceDate> Dates(Component component, CalendarMoment start, string? subject)
    {
        var dates = new List<RecurrenceDate>();
        foreach (var (line, value) in Values(component, "RDATE", subject))
        {
            var parts = value.Split('/', 2);
            if (Moment(parts[0], line, start) is not { } moment) notices.Add(CalendarNoticeKind.Dates, subject, value);
            else if (parts.Length == 1) dates.Add(new(moment));
            else if (Until(parts[1], moment, line, start) is { } length) dates.Add(new(moment, length));
            else notices.Add(CalendarNoticeKind.Dates, subject, value);
        }

        return dates;
    }

    private CalendarDuration? Until(string text, CalendarMoment from, ContentLine line, CalendarMoment start)
    {
        if (CalendarDuration.TryParse(text, out var duration)) return duration.IsNegative ? null : duration;
        if (Moment(text, line, start) is not { } end || IsBefore(end, from)) return null;
        return from.Zone is { } zone && end.Zone is { } other ? new(0, other.ToUtc(end.Local) - zone.ToUtc(from.Local)) : new(0, end.Local - from.Local);
    }

    private IEnumerable<CalendarMoment> Moments(Component component, string name, CalendarMoment start, string? subject)
    {
        foreach (var (line, value) in Values(component, name, subject))
        {
            if (Moment(value, line, start) is { } moment) yield return moment;
            else notices.Add(CalendarNoticeKind.Dates, subject, value);
        }
    }

    private IEnumerable<(ContentLine Line, string Value)> Values(Component component, string name, string? subject)
    {
        var count = 0;
        foreach (var line in component.All(name))
        {
            // vCalendar 1.0 parts them with semicolons.
            foreach (var value in line.Value.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (++count <= limits.Dates) yield return (line, value);
                else if (count == limits.Dates + 1) notices.Add(CalendarNoticeKind.Dates, subject, value);
            }
        }
    }

    // A date in a list of an event with times of a zone is of that zone when it says none.
    private CalendarMoment? Moment(string value, ContentLine line, CalendarMoment start) =>
        MomentReader.Read(value, line.Parameter("TZID") is { } id ? zones.Find(id) ?? start.Zone : start.Zone is { IsUtc: true } ? null : start.Zone);

    private CalendarMoment? Moment(ContentLine line, string? subject)
    {
        var id = line.Parameter("TZID")?.Trim();
        var zone = string.IsNullOrEmpty(id) ? null : zones.Find(id);
        var moment = MomentReader.Read(line.Value, zone);
        if (moment is { IsFloating: true } && !string.IsNullOrEmpty(id)) notices.Add(CalendarNoticeKind.UnknownZone, subject, id);
        // A day that is written as midnight.
        if (moment is { IsDate: false } time && line.Parameter("VALUE")?.Equals("DATE", StringComparison.OrdinalIgnoreCase) == true) return CalendarMoment.Date(DateOnly.FromDateTime(time.Local));
        return moment;
    }

    private static bool IsThisAndFuture(ContentLine line) => line.Parameter("RANGE")?.Equals("THISANDFUTURE", StringComparison.OrdinalIgnoreCase) == true;

    private static int Sequence(Component component) =>
        int.TryParse(component.Value("SEQUENCE"), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;

    private static Alarm? ReadAlarm(Component component)
    {
        if (component.Line("TRIGGER") is not { } trigger || !CalendarDuration.TryParse(trigger.Value, out var duration)) return null;
        return new(duration, Text(component.Value("DESCRIPTION"))) { IsFromEnd = trigger.Parameter("RELATED")?.Equals("END", StringComparison.OrdinalIgnoreCase) == true };
    }

    private static DateTime? Utc(Component component, string name) => MomentReader.Read(component.Value(name) ?? "", CalendarZone.Utc) is { IsDate: false } moment ? DateTime.SpecifyKind(moment.Local, DateTimeKind.Utc) : null;

    private static string? Text(string? value) => value is null || TextValue.Read(value) is not { Length: > 0 } text ? null : text;

    private static string? Address(string? value) => TextValue.Line(value);

    private static string Word(Component component, string name) => component.Value(name)?.Trim().ToUpperInvariant() ?? "";

    private static GeoPosition? Geo(string? value)
    {
        if (value?.Replace("\\;", ";", StringComparison.Ordinal).Split(';', ',') is not [var north, var east]) return null;
        return double.TryParse(north, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude) && double.TryParse(east, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
            && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180 ? new(latitude, longitude) : null;
    }

    // The same event read again has the same name, so that a second import changes it instead of doubling it.
    private static string MadeUpUid(Component component)
    {
        var text = string.Join('\n', component.Lines.Where(l => l.Name is "DTSTART" or "DTEND" or "SUMMARY" or "LOCATION" or "RRULE").Select(l => $"{l.Name}:{l.Value}").Order(StringComparer.Ordinal));
        return $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]}@sans-uid";
    }
}
