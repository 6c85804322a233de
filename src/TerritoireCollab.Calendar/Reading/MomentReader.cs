using System.Globalization;

namespace TerritoireCollab.Calendar.Reading;

/// <summary>DATE and DATE-TIME values, and what programs write for them: separators, no seconds, offsets.</summary>
internal static class MomentReader
{
    /// <summary>A moment; null where it is none.</summary>
    /// <param name="text">The value.</param>
    /// <param name="zone">The zone of a time that is not UTC; null for none.</param>
    public static CalendarMoment? Read(string text, CalendarZone? zone)
    {
        text = text.Trim();
        if (text.Length is < 8 or > 40) return null;

        // "2026-11-22T14:00:00" is no iCalendar and is written all the same; the minus of an offset stands behind the T.
        var plain = text[4] == '-' ? text[..10].Replace("-", "", StringComparison.Ordinal) + text[10..].Replace(":", "", StringComparison.Ordinal) : text;
        if (plain.Length < 8 || !Digits(plain, 0, 4, out var year) || !Digits(plain, 4, 2, out var month) || !Digits(plain, 6, 2, out var day)) return null;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;

        var date = new DateTime(year, month, day);
        return plain.Length == 8 ? CalendarMoment.Date(DateOnly.FromDateTime(date)) : WithTime(date, plain[8..], zone);
    }

    private static CalendarMoment? WithTime(DateTime date, string text, CalendarZone? zone)
    {
        if (text[0] is not ('T' or 't' or ' ')) return null;

        var end = 1;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        var time = text[1..end];
        // Hours alone, hours and minutes, or all three.
        if (time.Length is not (2 or 4 or 6)) return null;

        time = time.PadRight(6, '0');
        if (!Digits(time, 0, 2, out var hour) || !Digits(time, 2, 2, out var minute) || !Digits(time, 4, 2, out var second) || hour > 24 || minute > 59 || second > 60 || hour == 24 && minute + second > 0) return null;
        if (date.Date == DateTime.MaxValue.Date && hour == 24) return null;

        var local = date.AddHours(hour).AddMinutes(minute).AddSeconds(Math.Min(second, 59));
        var rest = text[end..].Trim();
        // Fractions of a second are not kept.
        if (rest is ['.' or ',', ..]) rest = rest[1..].TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        if (rest.Length == 0) return zone is null ? CalendarMoment.Floating(local) : CalendarMoment.At(local, zone);
        if (rest is "Z" or "z") return CalendarMoment.Utc(local);
        return OffsetReader.Read(rest) is { } offset && local.Ticks - offset.Ticks is >= 0 and <= 3155378975999999999 ? CalendarMoment.Utc(local - offset) : null;
    }

    private static bool Digits(string text, int at, int count, out int number)
    {
        number = 0;
        return at + count <= text.Length && int.TryParse(text.AsSpan(at, count), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
