using System.Globalization;
using TerritoireCollab.Calendar;
using TerritoireCollab.Calendar.Recurrences;
using TerritoireCollab.Platform;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary>What occurrences are asked for, in local time.</summary>
/// <param name="From">From then; null from the first.</param>
/// <param name="To">Until before then; null for as many as are written without a window.</param>
internal sealed record CalendarWindow(DateTime? From, DateTime? To);

/// <summary>What is printed of a calendar.</summary>
internal sealed record InspectedCalendar(string Input, bool Ok, string? Error, IReadOnlyList<InspectedEvent> Events, IReadOnlyList<string> Skipped)
{
    // Occurrences of one event: with a window, and without.
    private const int Most = 20_000;
    private const int MostWithoutWindow = 500;

    private const long StepsWithoutWindow = 100_000;

    // For a whole file: a second or two.
    private const long MostSteps = 20_000_000;

    public static InspectedCalendar Refused(string input, string error) => new(input, false, error, [], []);

    public static InspectedCalendar Of(string input, CalendarReading reading, CalendarWindow window)
    {
        if (reading.Document is not { } document) return Refused(input, reading.RefusalText!);

        var skipped = reading.Notices.Select(n => n.Text).ToList();
        var occurrences = new Dictionary<CalendarEvent, List<DateTime>>(ReferenceEqualityComparer.Instance);
        var steps = MostSteps;
        foreach (var series in document.Series())
        {
            var budget = new WorkBudget(Math.Min(steps, window.To is null ? StepsWithoutWindow : WorkBudget.Usual));
            steps -= budget.Left;
            var found = series.Occurrences(window.From ?? DateTime.MinValue, window.To ?? DateTime.MaxValue, budget);
            steps += budget.Left;
            var most = window.To is null ? MostWithoutWindow : Most;
            if ((budget.IsSpent || found.Count > most) && (steps <= 0 || IsExpectedWhole(series, window))) skipped.Add(CommandTexts.IcsInspectCut.With(series.Master?.Summary ?? series.Uid));
            foreach (var occurrence in found.Take(most))
            {
                if (!occurrences.TryGetValue(occurrence.Event, out var own)) occurrences[occurrence.Event] = own = [];
                own.Add(occurrence.Start.Local);
            }
        }

        return new(input, true, null, [.. document.Events.Select(e => InspectedEvent.Of(e, occurrences.GetValueOrDefault(e) ?? []))], skipped);
    }

    // Nobody expects the whole of what never ends.
    private static bool IsExpectedWhole(CalendarSeries series, CalendarWindow window) => window.To is not null || series.Master is not { } master || master.Rules.All(r => r.IsFinite);
}

/// <summary>What is printed of an event; times are local to its zone, and an end is no more part of it.</summary>
internal sealed record InspectedEvent(string Uid, string? Summary, string Start, string End, string? TimeZone, bool AllDay, string? Rrule, IReadOnlyList<string> Occurrences)
{
    public static InspectedEvent Of(CalendarEvent found, IEnumerable<DateTime> occurrences) => new(
        found.Uid,
        found.Summary,
        Time(found.Start.Local),
        Time(found.EndOf(found.Start).Local),
        found.Start.Zone?.Id,
        found.IsAllDay,
        found.Rules.Count == 0 ? null : string.Join('\n', found.Rules),
        [.. occurrences.Select(Time)]);

    private static string Time(DateTime local) => local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
