using System.Globalization;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Agenda.Events;

/// <summary>What only an event has, as somebody typed it or a program sent it.</summary>
public sealed record EventDetails
{
    /// <summary>What it is.</summary>
    public EventKind Kind { get; init; }

    /// <summary>First day, <c>2026-12-08</c>.</summary>
    public string? Day { get; init; }

    /// <summary>Hour, <c>18:30</c>; not needed for whole days.</summary>
    public string? From { get; init; }

    /// <summary>Hour of the end; two hours later when empty.</summary>
    public string? To { get; init; }

    /// <summary>Last day; the first when empty.</summary>
    public string? LastDay { get; init; }

    /// <summary>Whether it takes whole days.</summary>
    public bool IsAllDay { get; init; }

    /// <summary>Where.</summary>
    public string? Place { get; init; }

    /// <summary>The commune.</summary>
    public string? Commune { get; init; }

    /// <summary>Link of the video conference.</summary>
    public string? OnlineUrl { get; init; }

    /// <summary>Whom to ask.</summary>
    public string? Contact { get; init; }

    /// <summary>What it costs, in words.</summary>
    public string? Price { get; init; }

    /// <summary>How one takes part.</summary>
    public Attendance Attendance { get; init; }

    /// <summary>Places at each date; empty for as many as come.</summary>
    public string? Places { get; init; }

    /// <summary>Hours before the beginning when registrations close; empty for none.</summary>
    public string? ClosesBefore { get; init; }

    /// <summary>What is asked of whoever takes part, one question a line.</summary>
    public string? Questions { get; init; }

    /// <summary>Members who organise it, by their names separated by commas, its author among them or not; null leaves them as they are.</summary>
    public string? Organisers { get; init; }

    /// <summary>Organisations that organise it, separated by commas.</summary>
    public string? Organisations { get; init; }

    /// <summary>Who speaks when and where; null leaves it as it is.</summary>
    public IReadOnlyList<SlotDetails>? Programme { get; init; }

    /// <summary>How it comes back.</summary>
    public Repetition Repetition { get; init; } = new();

    /// <summary>The event's own details, to fill its form.</summary>
    public static EventDetails Of(AgendaEvent e, TimeZoneInfo zone)
    {
        var last = e.IsAllDay ? e.EndLocal.AddDays(-1) : e.EndLocal;
        return new()
        {
            Kind = e.Kind,
            Day = Typed(e.StartLocal),
            From = e.IsAllDay ? null : Hour(e.StartLocal),
            To = e.IsAllDay ? null : Hour(e.EndLocal),
            LastDay = last.Date == e.StartLocal.Date ? null : Typed(last),
            IsAllDay = e.IsAllDay,
            Place = e.Place,
            Commune = e.Commune,
            OnlineUrl = e.OnlineUrl,
            Contact = e.Contact,
            Price = e.Price,
            Attendance = e.Attendance,
            Places = e.Places?.ToString(CultureInfo.InvariantCulture),
            ClosesBefore = e.ClosesBefore == 0 ? null : e.ClosesBefore.ToString(CultureInfo.InvariantCulture),
            Questions = e.Questions,
            Organisations = e.Organisations,
            Programme = Events.Programme.Typed(e.Programme, e.StartLocal),
            Repetition = Repetition.Of(e.Rule, zone),
        };
    }

    /// <summary>A day as a field of a form holds it.</summary>
    public static string Typed(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An hour as a field of a form holds it.</summary>
    public static string Hour(DateTime at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The hour of a field; null when it is none.</summary>
    internal static TimeSpan? ReadHour(string? text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour) ? hour.ToTimeSpan() : null;

    /// <summary>What was typed without spaces around it; null when that is nothing.</summary>
    internal static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>The details read and found right.</summary>
/// <param name="Start">Beginning of the first date, on the clocks.</param>
/// <param name="End">Its end; for whole days the midnight after the last.</param>
/// <param name="Rule">How it comes back, or null.</param>
/// <param name="Places">Places at each date, or null.</param>
/// <param name="ClosesBefore">Hours.</param>
/// <param name="Programme">Who speaks when and where; null leaves it as it is.</param>
public sealed record Schedule(DateTime Start, DateTime End, string? Rule, int? Places, int ClosesBefore, IReadOnlyList<Slot>? Programme)
{
    private const int MostPlaces = 100_000;
    private const int MostHours = 24 * 60;
    private static readonly TimeSpan UsualLength = TimeSpan.FromHours(2);

    /// <summary>Reads the details, and breaks a rule for each thing wrong with them.</summary>
    /// <returns>What was read; null where days and hours cannot be.</returns>
    public static Schedule? Read(EventDetails details, Rules rules, TimeZoneInfo zone)
    {
        var (start, end) = Times(details, rules);
        rules.Check(Enum.IsDefined(details.Kind), nameof(details.Kind), AgendaTexts.KindUnknown)
            .Check(Enum.IsDefined(details.Attendance), nameof(details.Attendance), AgendaTexts.AttendanceUnknown)
            .Text(details.Place, nameof(details.Place), AgendaEvent.PlaceLength, required: false)
            .Text(details.Commune, nameof(details.Commune), AgendaEvent.CommuneLength, required: false)
            .Text(details.OnlineUrl, nameof(details.OnlineUrl), AgendaEvent.LinkLength, required: false)
            .Text(details.Contact, nameof(details.Contact), AgendaEvent.PlaceLength, required: false)
            .Text(details.Price, nameof(details.Price), AgendaEvent.PlaceLength, required: false)
            .Text(details.Organisations, nameof(details.Organisations), AgendaEvent.OrganisationsLength, required: false)
            .Text(details.Questions, nameof(details.Questions), Question.TextLength, required: false)
            .Check(Question.Parse(details.Questions).Count <= Question.Most, nameof(details.Questions), AgendaTexts.TooManyQuestions)
            .Check(IsLink(details.OnlineUrl), nameof(details.OnlineUrl), AgendaTexts.LinkHttps);
        var places = Number(details.Places, nameof(details.Places), 1, MostPlaces, AgendaTexts.PlacesNumber, rules);
        var closes = Number(details.ClosesBefore, nameof(details.ClosesBefore), 0, MostHours, AgendaTexts.ClosesNumber, rules) ?? 0;
        if (start is not { } from || end is not { } to) return null;

        return new(from, to, details.Repetition.Rule(from, details.IsAllDay, zone, rules), places, closes, details.Programme is { } programme ? Events.Programme.Read(programme, from, to, rules) : null);
    }

    /// <summary>Writes what was read into the event.</summary>
    public AgendaEvent Into(AgendaEvent e, EventDetails details, TimeZoneInfo zone)
    {
        (e.Kind, e.StartLocal, e.EndLocal, e.TimeZone, e.IsAllDay, e.Rule) = (details.Kind, Start, End, zone.Id, details.IsAllDay, Rule);
        (e.Place, e.Commune, e.OnlineUrl, e.Contact, e.Price) = (EventDetails.Trimmed(details.Place), EventDetails.Trimmed(details.Commune), EventDetails.Trimmed(details.OnlineUrl), EventDetails.Trimmed(details.Contact), EventDetails.Trimmed(details.Price));
        e.Organisations = string.Join(", ", Organisers.Split(details.Organisations)) is { Length: > 0 } organisations ? organisations : null;
        if (Programme is { } programme) e.Programme = Events.Programme.Write(programme);
        (e.Attendance, e.Places, e.ClosesBefore, e.Questions) = (details.Attendance, Places, ClosesBefore, details.Questions?.Trim() ?? "");
        return e;
    }

    /// <summary>The day and hours of one date, read alike.</summary>
    public static (DateTime? Start, DateTime? End) Times(EventDetails details, Rules rules)
    {
        var day = Day(details.Day);
        var last = string.IsNullOrWhiteSpace(details.LastDay) ? day : Day(details.LastDay);
        rules.Check(day is not null, nameof(details.Day), AgendaTexts.DayNeeded).Check(day is null || last is not null, nameof(details.LastDay), AgendaTexts.DayNeeded);
        if (details.IsAllDay)
        {
            if (day is null || last is null) return default;
            rules.Check(last >= day, nameof(details.LastDay), AgendaTexts.EndsBefore).Check(last < day.Value.AddDays(AgendaEvent.MostDays), nameof(details.LastDay), AgendaTexts.TooLong);
            return (day, last.Value.AddDays(1));
        }

        var from = EventDetails.ReadHour(details.From);
        var to = string.IsNullOrWhiteSpace(details.To) ? null : EventDetails.ReadHour(details.To);
        rules.Check(from is not null, nameof(details.From), AgendaTexts.HourNeeded).Check(string.IsNullOrWhiteSpace(details.To) || to is not null, nameof(details.To), AgendaTexts.HourNeeded);
        if (day is null || last is null || from is null || rules.AnyBroken) return default;

        var start = day.Value + from.Value;
        var end = to is { } hour ? last.Value + hour : last > day ? last.Value + from.Value : start + UsualLength;
        rules.Check(end >= start, to is null ? nameof(details.LastDay) : nameof(details.To), AgendaTexts.EndsBefore)
            .Check(end <= start.AddDays(AgendaEvent.MostDays), nameof(details.LastDay), AgendaTexts.TooLong);
        return (start, end);
    }

    private static DateTime? Day(string? text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1970 and <= 2200 ? day : null;

    private static int? Number(string? text, string field, int least, int most, string message, Rules rules)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;

        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;
        rules.Check(isNumber, field, message);
        return number;
    }

    private static bool IsLink(string? text) =>
        string.IsNullOrWhiteSpace(text) || (Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0);
}
