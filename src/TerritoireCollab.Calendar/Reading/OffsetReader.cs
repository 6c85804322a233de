using System.Globalization;

namespace TerritoireCollab.Calendar.Reading;

/// <summary>UTC-OFFSET (RFC 5545, 3.3.14): <c>+0100</c>, <c>-033000</c>, and <c>+01:00</c>.</summary>
internal static class OffsetReader
{
    /// <summary>The offset; null where it is none that a zone may have.</summary>
    public static TimeSpan? Read(string text)
    {
        text = text.Trim().Replace(":", "", StringComparison.Ordinal);
        if (text.Length < 3 || text[0] is not ('+' or '-')) return null;

        var digits = text[1..];
        if (digits.Length is not (2 or 4 or 6) || !int.TryParse(digits.PadRight(6, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;

        var offset = new TimeSpan(number / 10_000, number / 100 % 100, number % 100);
        return offset <= TimeSpan.FromHours(15) ? text[0] == '-' ? -offset : offset : null;
    }
}
