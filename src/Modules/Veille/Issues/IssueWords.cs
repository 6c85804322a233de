using System.Globalization;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Issues;

/// <summary>How an issue is called. Its content row holds its own title, or « Revue n° 48 » in the platform's language when it has none.</summary>
internal static class IssueTitle
{
    /// <summary>« Revue n° 48 ».</summary>
    public static string Numbered(int number) => IssueTexts.Numbered.With(number);

    /// <summary>What the content row holds, whatever language the publisher reads.</summary>
    public static string Stored(int number, string? own) =>
        string.IsNullOrWhiteSpace(own) ? string.Format(CultureInfo.InvariantCulture, IssueTexts.ResourceManager.GetString(nameof(IssueTexts.Numbered), CultureInfo.InvariantCulture)!, number) : own.Trim();

    /// <summary>The issue's own title, or null.</summary>
    public static string? Own(int number, string stored) => stored == Stored(number, null) ? null : stored;

    /// <summary>« Revue n° 48 – La fibre avance ».</summary>
    public static string Full(int number, string stored) => Own(number, stored) is { } own ? IssueTexts.NumberedAndTitled.With(Numbered(number), own) : Numbered(number);
}

/// <summary>A week in words.</summary>
internal static class WeekWords
{
    /// <summary>« Semaine 53, du 28 décembre 2026 au 3 janvier 2027 ».</summary>
    public static string Of(int week)
    {
        var monday = IssueWeek.Monday(week);
        var sunday = monday.AddDays(6);
        return IssueTexts.WeekFromTo.With(week % 100, From(monday, sunday), Dates.Full(sunday));
    }

    private static string From(DateOnly monday, DateOnly sunday)
    {
        if (monday.Year != sunday.Year) return Dates.Full(monday);

        var culture = CultureInfo.CurrentUICulture;
        var first = monday.Day == 1 && culture.TwoLetterISOLanguageName == "fr" ? "1er" : monday.Day.ToString(culture);
        return monday.Month == sunday.Month ? first : monday.ToString(PlatformTexts.DayPattern, culture);
    }
}
