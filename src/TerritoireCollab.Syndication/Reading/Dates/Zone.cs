using System.Collections.Concurrent;

namespace TerritoireCollab.Syndication.Reading.Dates;

/// <summary>What an hour is relative to.</summary>
/// <param name="Minutes">East of Greenwich.</param>
/// <param name="Named">A zone whose offset changes with the date.</param>
internal readonly record struct Zone(int Minutes, TimeZoneInfo? Named = null)
{
    private const int MostMinutes = 24 * 60;

    private static readonly ConcurrentDictionary<string, TimeZoneInfo?> Known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads <c>Z</c>, <c>+0100</c>, <c>+01:00</c>, <c>+1</c>, <c>GMT+0100 (CET)</c>, <c>CEST</c> or <c>Europe/Paris</c>.</summary>
    /// <returns>False for what is no zone; no zone at all is UTC.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out Zone zone)
    {
        zone = default;
        var comment = text.IndexOf('(');
        if (comment == 0) text = text.Trim("() ");
        else if (comment > 0) text = text[..comment];
        text = text.Trim();
        if (text.IsEmpty) return true;

        if (text[0] is '+' or '-' or '−') return TryOffset(text, out zone);
        var sign = text.IndexOfAny('+', '-');
        // GMT+0200, UTC-5: the name says nothing that the number does not.
        if (sign is 2 or 3 && sign + 1 < text.Length && char.IsAsciiDigit(text[sign + 1]) && DateWords.Offset(text[..sign].ToString()) == 0) return TryOffset(text[sign..], out zone);

        return TryNamed(text.ToString(), out zone);
    }

    /// <summary>Reads a name of a zone.</summary>
    public static bool TryNamed(string name, out Zone zone)
    {
        zone = default;
        if (DateWords.Offset(name.TrimEnd('.')) is { } minutes)
        {
            zone = new(minutes);
            return true;
        }

        if (!name.Contains('/', StringComparison.Ordinal) || name.Length > 40 || Find(name) is not { } named) return false;

        zone = new(0, named);
        return true;
    }

    /// <summary>Minutes east of Greenwich at that hour of the zone.</summary>
    public int MinutesAt(DateTime local) => Named is null ? Minutes : (int)Named.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified)).TotalMinutes;

    private static bool TryOffset(ReadOnlySpan<char> text, out Zone zone)
    {
        zone = default;
        Span<int> digits = stackalloc int[4];
        var count = 0;
        var colon = -1;
        foreach (var letter in text[1..])
        {
            if (letter is ':' or '.' && colon < 0 && count > 0) colon = count;
            else if (letter is ' ' && count == 0) continue;
            else if (!char.IsAsciiDigit(letter)) break;
            else if (count == 4) return false;
            else digits[count++] = letter - '0';
        }

        if (count == 0) return false;

        var hourDigits = colon > 0 ? colon : count <= 2 ? count : count - 2;
        var (hours, minutes) = (0, 0);
        for (var i = 0; i < count; i++)
            if (i < hourDigits) hours = (hours * 10) + digits[i];
            else minutes = (minutes * 10) + digits[i];
        var total = (hours * 60) + minutes;
        zone = new(text[0] == '+' ? total : -total);
        return total < MostMinutes && minutes < 60;
    }

    private static TimeZoneInfo? Find(string name)
    {
        // Feeds are hostile: what is remembered is bounded.
        if (Known.Count > 1_000) Known.Clear();
        return Known.GetOrAdd(name, static id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : null);
    }
}
