using System.Globalization;
using System.Text.Json;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Agenda.Events;

/// <summary>A part of the programme of an event. Its times count from the beginning of the event, so that they go along with a date that moves.</summary>
/// <param name="From">When it begins, in minutes after the event does.</param>
/// <param name="To">When it ends, alike; null where nobody says.</param>
/// <param name="Title">What it is.</param>
/// <param name="Place">The room.</param>
/// <param name="Speakers">Who speaks.</param>
public sealed record Slot(int From, int? To, string Title, string? Place, string? Speakers);

/// <summary>A part of a programme as somebody typed it or a program sent it.</summary>
public sealed record SlotDetails
{
    /// <summary>Which day of the event, 1 for the first; the first when empty.</summary>
    public string? Day { get; init; }

    /// <summary>Hour, <c>09:30</c>.</summary>
    public string? From { get; init; }

    /// <summary>Hour of its end; may be empty.</summary>
    public string? To { get; init; }

    /// <summary>What it is.</summary>
    public string? Title { get; init; }

    /// <summary>The room.</summary>
    public string? Place { get; init; }

    /// <summary>Who speaks.</summary>
    public string? Speakers { get; init; }

    /// <summary>Whether nothing of it was filled in.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Day) && string.IsNullOrWhiteSpace(From) && string.IsNullOrWhiteSpace(To) && string.IsNullOrWhiteSpace(Title) && string.IsNullOrWhiteSpace(Place) && string.IsNullOrWhiteSpace(Speakers);

    /// <summary>Name of a field of it in a form.</summary>
    public static string Field(string part, int index) => $"Slot{index + 1}{part}";
}

/// <summary>The programme of an event: who speaks when and where.</summary>
public static class Programme
{
    /// <summary>Most parts of it.</summary>
    public const int Most = 60;

    /// <summary>Longest title or place of a part, in characters.</summary>
    public const int TitleLength = 200;

    /// <summary>Longest list of who speaks, in characters.</summary>
    public const int SpeakersLength = 300;

    /// <summary>What its field is called where it is sent as a whole.</summary>
    public const string WholeField = "Programme";

    /// <summary>The programme of a column, in its order.</summary>
    public static IReadOnlyList<Slot> Read(string? column) => string.IsNullOrEmpty(column) ? [] : JsonSerializer.Deserialize<List<Slot>>(column) ?? [];

    /// <summary>What the column holds; null for no programme.</summary>
    public static string? Write(IReadOnlyCollection<Slot> slots) => slots.Count == 0 ? null : JsonSerializer.Serialize(slots.OrderBy(s => s.From).ThenBy(s => s.To));

    /// <summary>The programme as its form shows it.</summary>
    /// <param name="column">The column.</param>
    /// <param name="start">When the event begins.</param>
    public static IReadOnlyList<SlotDetails> Typed(string? column, DateTime start) => [.. Read(column).Select(s => Typed(s, start))];

    /// <summary>Reads what was typed, and breaks a rule at each field that is wrong; parts that nothing was written in are none.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="start">When the event begins.</param>
    /// <param name="end">When it ends.</param>
    /// <param name="rules">Where rules are broken.</param>
    public static IReadOnlyList<Slot> Read(IReadOnlyList<SlotDetails> typed, DateTime start, DateTime end, Rules rules)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(rules);
        rules.Check(typed.Count <= Most, WholeField, AgendaTexts.SlotsTooMany.With(Most));
        var slots = new List<Slot>();
        foreach (var (at, one) in typed.Take(Most).Index().Where(t => !t.Item.IsEmpty))
            if (One(one, at, start, end, rules) is { } slot) slots.Add(slot);
        return slots;
    }

    /// <summary>When a part is, for a date that begins then: « 9 h 30 – 10 h ».</summary>
    public static string Hours(Slot slot, DateTime start)
    {
        ArgumentNullException.ThrowIfNull(slot);
        var from = Dates.Hour(start.AddMinutes(slot.From));
        return slot.To is { } to ? AgendaTexts.SlotHours.With(from, Dates.Hour(start.AddMinutes(to))) : from;
    }

    /// <summary>Room and speakers on one line; null without either.</summary>
    public static string? Remark(Slot slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        return slot.Place is null && slot.Speakers is null ? null : string.Join(" · ", new[] { slot.Place, slot.Speakers }.OfType<string>());
    }

    /// <summary>The whole programme of a date that begins then, a line a part, with the days between where it takes several.</summary>
    public static IReadOnlyList<string> Lines(IReadOnlyList<Slot> slots, DateTime start)
    {
        ArgumentNullException.ThrowIfNull(slots);
        var days = slots.GroupBy(s => start.AddMinutes(s.From).Date).ToList();
        return [.. days.SelectMany(d => (days.Count == 1 ? Array.Empty<string>() : [EventWords.Day(d.Key)]).Concat(d.Select(s => Line(s, start))))];
    }

    private static string Line(Slot slot, DateTime start) => AgendaTexts.SlotLine.With(Hours(slot, start), slot.Title) + (Remark(slot) is { } remark ? $" ({remark})" : "");

    private static SlotDetails Typed(Slot slot, DateTime start)
    {
        var from = start.AddMinutes(slot.From);
        return new()
        {
            Day = from.Date == start.Date ? null : ((from.Date - start.Date).Days + 1).ToString(CultureInfo.InvariantCulture),
            From = EventDetails.Hour(from), To = slot.To is { } to ? EventDetails.Hour(start.AddMinutes(to)) : null, Title = slot.Title, Place = slot.Place, Speakers = slot.Speakers,
        };
    }

    private static Slot? One(SlotDetails typed, int at, DateTime start, DateTime end, Rules rules)
    {
        string Field(string part) => SlotDetails.Field(part, at);
        rules.Text(typed.Title, Field(nameof(typed.Title)), TitleLength).Text(typed.Place, Field(nameof(typed.Place)), TitleLength, required: false).Text(typed.Speakers, Field(nameof(typed.Speakers)), SpeakersLength, required: false);
        var last = (int)Math.Ceiling((end - start.Date).TotalDays);
        var day = 1;
        var isDay = string.IsNullOrWhiteSpace(typed.Day) || (int.TryParse(typed.Day, NumberStyles.None, CultureInfo.InvariantCulture, out day) && day >= 1 && day <= last);
        var (hour, until) = (EventDetails.ReadHour(typed.From), EventDetails.ReadHour(typed.To));
        rules.Check(isDay, Field(nameof(typed.Day)), last == 1 ? AgendaTexts.SlotDayOne : AgendaTexts.SlotDay.With(last))
            .Check(hour is not null, Field(nameof(typed.From)), AgendaTexts.HourNeeded)
            .Check(until is not null || string.IsNullOrWhiteSpace(typed.To), Field(nameof(typed.To)), AgendaTexts.HourNeeded);
        if (!isDay || hour is null || (until is null && !string.IsNullOrWhiteSpace(typed.To))) return null;

        // After midnight an evening goes on.
        var from = start.Date.AddDays(day - 1) + hour.Value;
        if (from < start && string.IsNullOrWhiteSpace(typed.Day) && from.AddDays(1) <= end) from = from.AddDays(1);
        var to = until is { } given ? from.Date + given : (DateTime?)null;
        if (to < from && to.Value.AddDays(1) <= end) to = to.Value.AddDays(1);
        rules.Check(from >= start && from <= end, Field(nameof(typed.From)), AgendaTexts.SlotOutside)
            .Check(to is null || to > from, Field(nameof(typed.To)), AgendaTexts.SlotEndsBefore)
            .Check(to is null || to <= end, Field(nameof(typed.To)), AgendaTexts.SlotOutside);
        return new((int)(from - start).TotalMinutes, to is null ? null : (int)(to.Value - start).TotalMinutes, (typed.Title ?? "").Trim(), EventDetails.Trimmed(typed.Place), EventDetails.Trimmed(typed.Speakers));
    }
}
