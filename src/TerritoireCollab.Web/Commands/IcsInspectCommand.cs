using System.Globalization;
using TerritoireCollab.Calendar;
using TerritoireCollab.Platform;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary>
/// <c>ics inspect [--from D --to D] FILE...</c>: what the import understands of each calendar, one JSON object a line; <c>-</c> reads a list of
/// paths on stdin. Both days of the window belong to it; without one, the first occurrences are written.
/// </summary>
internal static class IcsInspectCommand
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyyMMdd", "yyyyMMdd'T'HHmmss"];

    public static readonly Command Command = new() { Name = "ics inspect", Usage = CommandTexts.IcsInspectUsage, Options = ["from", "to"], Values = 1, MostValues = int.MaxValue, RunAloneAsync = RunAsync };

    private static Task<int> RunAsync(Arguments arguments, CancellationToken cancellation)
    {
        var window = new CalendarWindow(Day(arguments, "from"), Day(arguments, "to") is { } to ? to.TimeOfDay == TimeSpan.Zero ? to.AddDays(1) : to.AddSeconds(1) : null);
        if (window.To <= window.From) throw new UsageException(CommandTexts.IcsInspectOrder);

        return Inspection.RunAsync(arguments, (input, bytes) => InspectedCalendar.Of(input, CalendarReader.Read(bytes), window), InspectedCalendar.Refused, cancellation);
    }

    private static DateTime? Day(Arguments arguments, string name)
    {
        if (arguments.Option(name) is not { } text) return null;
        return DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year < 9999 ? day : throw new UsageException(CommandTexts.NotADay.With(name));
    }
}
