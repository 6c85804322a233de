using System.Text;

namespace TerritoireCollab.Calendar.Reading;

/// <summary>A content line (RFC 5545, 3.1): <c>NAME;PARAM=value:value</c>, unfolded.</summary>
/// <param name="Name">Name, upper case.</param>
/// <param name="Parameters">Parameters, names upper case; vCalendar's without a name have the empty one.</param>
/// <param name="Value">Value as written.</param>
internal sealed record ContentLine(string Name, IReadOnlyList<(string Name, string Value)> Parameters, string Value)
{
    private const int MostParameters = 50;

    /// <summary>The first value of a parameter, or null.</summary>
    public string? Parameter(string name)
    {
        foreach (var parameter in Parameters) if (parameter.Name == name) return parameter.Value;
        return null;
    }

    /// <summary>Whether vCalendar 1.0 says so, with or without the name of the parameter.</summary>
    public bool IsQuotedPrintable => Parameters.Any(p => p.Name is "" or "ENCODING" && p.Value.Equals("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase));

    /// <summary>Takes a line apart; null where it is none.</summary>
    public static ContentLine? Parse(string line)
    {
        var at = 0;
        while (at < line.Length && line[at] is not (':' or ';')) at++;
        var name = Squeezed(line.AsSpan(0, at));
        if (name is null || at == line.Length) return null;

        return WithParameters(name, line, at, heedsQuotes: true) ?? WithParameters(name, line, at, heedsQuotes: false);
    }

    private static ContentLine? WithParameters(string name, string line, int at, bool heedsQuotes)
    {
        var parameters = new List<(string, string)>();
        while (at < line.Length && line[at] == ';')
        {
            var start = at + 1;
            at = End(line, start, heedsQuotes);
            if (at < 0) return null;
            if (parameters.Count < MostParameters) parameters.Add(Parameter(line.AsSpan(start, at - start)));
        }

        return at < line.Length ? new(name, parameters, line[(at + 1)..]) : null;
    }

    // Where a parameter ends: at a separator that stands in no quotes and behind no backslash; -1 where the quotes are never closed.
    private static int End(string line, int at, bool heedsQuotes)
    {
        var isQuoted = false;
        for (; at < line.Length; at++)
        {
            if (line[at] == '"' && heedsQuotes) isQuoted = !isQuoted;
            else if (line[at] == '\\' && !isQuoted && at + 1 < line.Length && line[at + 1] is ':' or ';' or ',') at++;
            else if (!isQuoted && line[at] is ':' or ';') return at;
        }

        return isQuoted ? -1 : at;
    }

    private static (string Name, string Value) Parameter(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('=');
        if (at < 0) return ("", text.Trim().ToString());

        var value = text[(at + 1)..].Trim();
        if (value.Length >= 2 && value[0] == '"' && value[^1] == '"') value = value[1..^1];
        return (Squeezed(text[..at]) ?? text[..at].Trim().ToString().ToUpperInvariant(), Unescaped(value));
    }

    // RFC 6868, and the backslashes of those who escape here as in texts.
    private static string Unescaped(ReadOnlySpan<char> value)
    {
        if (value.IndexOfAny('^', '\\', '"') < 0) return value.ToString();

        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var next = i + 1 < value.Length ? value[i + 1] : '\0';
            if (value[i] == '^' && next is '^' or 'n' or '\'') text.Append(next switch { '^' => '^', 'n' => '\n', _ => '"' }).ToString();
            else if (value[i] == '\\' && next is ',' or ';' or ':' or '\\' or '"') text.Append(next);
            else
            {
                if (value[i] != '"') text.Append(value[i]);
                continue;
            }

            i++;
        }

        return text.ToString();
    }

    // Letters, digits and hyphens; blanks around and within are dropped, since some programs write them. Null for anything else.
    private static string? Squeezed(ReadOnlySpan<char> text)
    {
        Span<char> name = stackalloc char[64];
        var length = 0;
        foreach (var letter in text)
        {
            if (letter is ' ' or '\t' or '\uFEFF') continue;
            // A group of vCard, "item1.URL".
            if (letter == '.') length = 0;
            else if (length == name.Length || !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_')) return null;
            else name[length++] = char.ToUpperInvariant(letter);
        }

        return length == 0 ? null : name[..length].ToString();
    }
}
