using System.Text;

namespace TerritoireCollab.Calendar.Reading;

/// <summary>TEXT values (RFC 5545, 3.3.11).</summary>
internal static class TextValue
{
    /// <summary>The text: line feeds alone, nothing that cannot be shown or kept.</summary>
    public static string Read(ReadOnlySpan<char> value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
            {
                Append(text, value, ref i);
                continue;
            }

            var next = value[++i];
            if (next is 'n' or 'N') text.Append('\n');
            // What needs no escape is escaped by some; a path of Windows is left alone.
            else if (char.IsAsciiLetterOrDigit(next)) text.Append('\\').Append(next);
            else Append(text, value, ref i);
        }

        return text.ToString().Trim();
    }

    /// <summary>The same on one line; null when nothing is left.</summary>
    public static string? Line(ReadOnlySpan<char> value)
    {
        var text = string.Join(' ', Read(value).Split(['\n', '\t'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? null : text;
    }

    /// <summary>The values of a list, which commas part.</summary>
    public static IEnumerable<string> List(string value)
    {
        var start = 0;
        for (var i = 0; i <= value.Length; i++)
        {
            if (i + 1 < value.Length && value[i] == '\\') i++;
            else if (i == value.Length || value[i] == ',')
            {
                if (Line(value.AsSpan(start, i - start)) is { } text) yield return text;
                start = i + 1;
            }
        }
    }

    private static void Append(StringBuilder text, ReadOnlySpan<char> value, ref int at)
    {
        var letter = value[at];
        if (char.IsHighSurrogate(letter) && at + 1 < value.Length && char.IsLowSurrogate(value[at + 1])) text.Append(letter).Append(value[++at]);
        else if (char.IsSurrogate(letter)) text.Append('\uFFFD');
        else if (letter is '\n' or '\t' || !char.IsControl(letter) && letter is not ('\uFEFF' or '\uFFFE' or '\uFFFF')) text.Append(letter);
    }
}
