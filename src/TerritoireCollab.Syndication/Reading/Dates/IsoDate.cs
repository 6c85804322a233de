using System.Globalization;

namespace TerritoireCollab.Syndication.Reading.Dates;

/// <summary>
/// RFC 3339, and what of ISO 8601 feeds use: the year or the month alone, week and ordinal dates, the basic form without signs, a space for
/// the T, a comma before fractions, zones of one, two or four digits or by name.
/// </summary>
internal static class IsoDate
{
    /// <summary>The moment; null when the text is of another form.</summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length < 4 || !Digits(text, 0, 4, out var year)) return null;
        if (text.Length == 4) return Moment.Of(year, 1, 1, 0, null);

        return (text[4] == '-' ? Extended(text, year) : Basic(text, year)) is var (date, rest) ? At(date, text[rest..]) : null;
    }

    private static (DateOnly Date, int End)? Extended(ReadOnlySpan<char> text, int year)
    {
        if (text.Length > 5 && text[5] is 'W' or 'w') return Week(text, year);

        var month = Number(text, 5, 2, out var at);
        // 2003-335 is a day of the year.
        if (Digits(text, 5, 3, out var ordinal) && (text.Length == 8 || !char.IsAsciiDigit(text[8]))) return Ordinal(year, ordinal) is { } day ? (day, 8) : null;
        if (at == 5) return null;
        if (at >= text.Length || text[at] != '-') return Date(year, month, 1) is { } first ? (first, at) : null;

        var dayOfMonth = Number(text, at + 1, 2, out var end);
        return end > at + 1 && Date(year, month, dayOfMonth) is { } date ? (date, end) : null;
    }

    private static (DateOnly Date, int End)? Basic(ReadOnlySpan<char> text, int year)
    {
        // Eight digits and no more: longer ones are no date.
        if (!Digits(text, 4, 4, out var rest) || (text.Length > 8 && char.IsAsciiDigit(text[8]) && text.Length is not (12 or 14))) return null;

        return Date(year, rest / 100, rest % 100) is { } date ? (date, 8) : null;
    }

    private static (DateOnly Date, int End)? Week(ReadOnlySpan<char> text, int year)
    {
        if (!Digits(text, 6, 2, out var week) || week is 0 or > 53) return null;

        var withDay = text.Length > 9 && text[8] == '-' && char.IsAsciiDigit(text[9]);
        var day = withDay ? text[9] - '0' : 1;
        return day is < 1 or > 7 || year is < 1 or > 9998 ? null : (DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, (DayOfWeek)(day % 7))), withDay ? 10 : 8);
    }

    private static DateOnly? Ordinal(int year, int day) => year is >= 1 and <= 9998 && day >= 1 && day <= (DateTime.IsLeapYear(year) ? 366 : 365) ? new DateOnly(year, 1, 1).AddDays(day - 1) : null;

    private static DateOnly? Date(int year, int month, int day) =>
        year is >= 1 and <= 9998 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static DateTimeOffset? At(DateOnly date, ReadOnlySpan<char> rest)
    {
        rest = rest.Trim();
        if (rest.IsEmpty) return Moment.Of(date, 0, null);

        if (rest[0] is 'T' or 't' or '-' or ',') rest = rest[1..].TrimStart();
        return Clock.Read(rest, out var ticks, out var after) && Zone.TryRead(rest[after..].Trim(), out var zone) ? Moment.Of(date, ticks, zone) : null;
    }

    private static bool Digits(ReadOnlySpan<char> text, int at, int count, out int number)
    {
        number = 0;
        if (at + count > text.Length) return false;

        for (var i = at; i < at + count; i++)
        {
            if (!char.IsAsciiDigit(text[i])) return false;
            number = (number * 10) + text[i] - '0';
        }

        return true;
    }

    private static int Number(ReadOnlySpan<char> text, int at, int most, out int end)
    {
        var number = 0;
        for (end = at; end < text.Length && end < at + most && char.IsAsciiDigit(text[end]); end++) number = (number * 10) + text[end] - '0';
        return number;
    }
}
