using System.Globalization;
using System.Text.RegularExpressions;
using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Calendar.Reading;

/// <summary>Rules of vCalendar 1.0 (« D1 #10 », « W2 MO TU », « MP1 1+ SU 19971224T000000 ») in the words of RFC 5545.</summary>
internal static partial class OldRule
{
    /// <summary>The rule as RFC 5545 writes it; null when it is none of these, and is to be read, or refused, as it stands.</summary>
    public static string? ToCurrent(string text, DateTime start)
    {
        if (Form().Match(text) is not { Success: true } match) return null;

        var words = match.Groups["rest"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // Without a number it is done twice; #0 is for ever (vCalendar 1.0, 2.5).
        var end = ";COUNT=2";
        if (words is [.., ['#', ..] count]) (end, words) = (count is "#0" ? "" : $";COUNT={count[1..]}", words[..^1]);
        else if (words.Length > 0 && words[^1].Length >= 8 && MomentReader.Read(words[^1], null) is { } until) (end, words) = ($";UNTIL={until}", words[..^1]);

        var interval = match.Groups["interval"].Value;
        return match.Groups["kind"].Value.ToUpperInvariant() switch
        {
            "D" when words.Length == 0 => $"FREQ=DAILY;INTERVAL={interval}{end}",
            "W" when words.All(IsWeekday) => $"FREQ=WEEKLY;INTERVAL={interval}{List(";BYDAY=", words)}{end}",
            "MD" when words.Select(MonthDay).ToArray() is var days && days.All(d => d is not null) => $"FREQ=MONTHLY;INTERVAL={interval}{List(";BYMONTHDAY=", days!)}{end}",
            "MP" when Positions(words) is { } positions => $"FREQ=MONTHLY;INTERVAL={interval}{List(";BYDAY=", positions)}{end}",
            "YM" when words.All(IsNumber) => $"FREQ=YEARLY;INTERVAL={interval}{List(";BYMONTH=", words)};BYMONTHDAY={start.Day}{end}",
            "YD" when words.All(IsNumber) => $"FREQ=YEARLY;INTERVAL={interval}{List(";BYYEARDAY=", words)}{end}",
            _ => null,
        };
    }

    private static string List(string name, IReadOnlyCollection<string> words) => words.Count == 0 ? "" : name + string.Join(',', words);

    private static bool IsWeekday(string word) => WeekdayNumber.Names.Contains(word, StringComparer.OrdinalIgnoreCase);

    private static bool IsNumber(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    // "10", "1+", "1-", and LD for the last.
    private static string? MonthDay(string word) =>
        word.Equals("LD", StringComparison.OrdinalIgnoreCase) ? "-1" : IsNumber(word.TrimEnd('+', '-')) ? word.EndsWith('-') ? "-" + word[..^1] : word.TrimEnd('+') : null;

    // Numbers, and behind them the days they count.
    private static List<string>? Positions(string[] words)
    {
        var (numbers, positions, isAfterDay) = (new List<string>(), new List<string>(), false);
        foreach (var word in words)
        {
            if (IsWeekday(word))
            {
                if (numbers.Count == 0) return null;
                positions.AddRange(numbers.Select(n => n + word));
                isAfterDay = true;
            }
            else if (MonthDay(word) is { } number)
            {
                if (isAfterDay) numbers.Clear();
                isAfterDay = false;
                numbers.Add(number);
            }
            else return null;
        }

        return positions;
    }

    [GeneratedRegex(@"^(?<kind>D|W|MP|MD|YM|YD)(?<interval>[1-9]\d{0,3})(?<rest>( +\S+)*)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
