namespace TerritoireCollab.Syndication.Reading.Dates;

/// <summary>Hours of a day: <c>14:30</c>, <c>14:30:05,25</c>, <c>1430</c>, <c>14h30</c>, <c>14 h</c>.</summary>
internal static class Clock
{
    /// <summary>Reads an hour at the beginning of a text.</summary>
    /// <param name="text">What begins with it.</param>
    /// <param name="ticks">Since midnight; 24:00 is the next one, and the leap second is the one before it.</param>
    /// <param name="end">Where it ends.</param>
    public static bool Read(ReadOnlySpan<char> text, out long ticks, out int end)
    {
        ticks = 0;
        end = 0;
        var digits = Run(text, 0);
        if (digits is 4 or 6) return Packed(text, digits, out ticks, out end);
        if (digits is 0 or > 2) return false;

        var hour = Value(text, 0, digits);
        end = digits;
        var (minute, second) = (0, 0);
        if (Separated(text, ref end, out minute)) Separated(text, ref end, out second);
        else if (end >= text.Length || text[end] is not ('h' or 'H')) return Set(hour, 0, 0, 0, out ticks);
        else end++;

        return Set(hour, minute, second, Fraction(text, ref end), out ticks);
    }

    private static bool Packed(ReadOnlySpan<char> text, int digits, out long ticks, out int end)
    {
        end = digits;
        return Set(Value(text, 0, 2), Value(text, 2, 2), digits == 6 ? Value(text, 4, 2) : 0, Fraction(text, ref end), out ticks);
    }

    private static bool Separated(ReadOnlySpan<char> text, ref int at, out int value)
    {
        value = 0;
        var sign = at < text.Length && text[at] == ' ' ? at + 1 : at;
        if (sign >= text.Length || text[sign] is not (':' or 'h' or 'H' or '.')) return false;
        // A point parts hours only where it parts two digits: 30.10.23 is no hour.
        var start = sign + 1;
        if (start < text.Length && text[start] == ' ' && text[sign] is 'h' or 'H') start++;
        var digits = start < text.Length ? Run(text, start) : 0;
        if (digits is 0 or > 2 || (text[sign] == '.' && digits != 2)) return false;

        value = Value(text, start, digits);
        at = start + digits;
        return true;
    }

    private static long Fraction(ReadOnlySpan<char> text, ref int at)
    {
        if (at + 1 >= text.Length || text[at] is not ('.' or ',' or ':') || !char.IsAsciiDigit(text[at + 1])) return 0;

        var digits = Run(text, at + 1);
        long fraction = 0;
        for (var i = 0; i < 7; i++) fraction = (fraction * 10) + (i < digits ? text[at + 1 + i] - '0' : 0);
        at += 1 + digits;
        return fraction;
    }

    private static bool Set(int hour, int minute, int second, long fraction, out long ticks)
    {
        var whole = new TimeSpan(hour, minute, Math.Min(second, 59));
        ticks = whole.Ticks + fraction;
        return minute < 60 && second <= 60 && whole <= TimeSpan.FromHours(24);
    }

    private static int Run(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return end - at;
    }

    private static int Value(ReadOnlySpan<char> text, int at, int count)
    {
        var value = 0;
        for (var i = at; i < at + count; i++) value = (value * 10) + text[i] - '0';
        return value;
    }
}
