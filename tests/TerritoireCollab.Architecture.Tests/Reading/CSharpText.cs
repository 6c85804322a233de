namespace TerritoireCollab.Architecture.Tests.Reading;

/// <summary>
/// A small C# tokenizer: tells code from comments, characters and strings (plain, verbatim, raw; the holes of interpolated ones are
/// code). Enough for rules that look for a name, without the weight of a compiler.
/// </summary>
internal static class CSharpText
{
    /// <summary>The source with all that is not code turned into spaces; positions and lines stay.</summary>
    public static string CodeOf(string source)
    {
        var code = Blank(source);
        for (var at = 0; at < source.Length;)
        {
            if (SkipNonCode(source, ref at, code)) continue;
            code[at] = source[at];
            at++;
        }

        return new string(code);
    }

    /// <summary>Spaces, with the line ends of the source.</summary>
    internal static char[] Blank(string source) => [.. source.Select(c => c is '\n' or '\r' ? c : ' ')];

    /// <summary>Goes past the comment, the character or the string that starts here, if one does.</summary>
    internal static bool SkipNonCode(string source, ref int at, char[] code)
    {
        if (Starts(source, at, "//")) return Move(ref at, Find(source, "\n", at));
        if (Starts(source, at, "/*")) return Move(ref at, Find(source, "*/", at + 2) + 2);
        if (source[at] == '\'') return SkipCharacter(source, ref at);
        return source[at] is '"' or '$' or '@' && SkipString(source, ref at, code);
    }

    /// <summary>Copies code from here to the bracket that closes it, which is left to the caller.</summary>
    internal static void CopyToClosing(string source, ref int at, char[] code)
    {
        for (var depth = 0; at < source.Length;)
        {
            if (SkipNonCode(source, ref at, code)) continue;
            if (source[at] is '(' or '[' or '{') depth++;
            if (source[at] is ')' or ']' or '}' && depth-- == 0) return;
            code[at] = source[at];
            at++;
        }
    }

    internal static bool Starts(string source, int at, string with) => string.CompareOrdinal(source, at, with, 0, with.Length) == 0;

    internal static int Find(string source, string what, int from)
    {
        var found = from >= source.Length ? -1 : source.IndexOf(what, from, StringComparison.Ordinal);
        return found < 0 ? source.Length : found;
    }

    private static bool Move(ref int at, int to)
    {
        at = to;
        return true;
    }

    // An apostrophe that closes nothing (a directive's words) is left alone.
    private static bool SkipCharacter(string source, ref int at)
    {
        if (Starts(source, at + 1, "\\")) return Move(ref at, Math.Min(source.Length, Find(source, "'", at + 3) + 1));
        return at + 2 < source.Length && source[at + 2] == '\'' && Move(ref at, at + 3);
    }

    private static bool SkipString(string source, ref int at, char[] code)
    {
        var quote = at;
        while (quote < source.Length && source[quote] is '$' or '@') quote++;
        if (quote >= source.Length || source[quote] != '"') return false;

        var prefix = source[at..quote];
        var holes = prefix.Count(c => c == '$');
        var quotes = Run(source, quote, '"');
        if (!prefix.Contains('@') && quotes >= 3) at = EndOfRaw(source, quote + quotes, quotes, holes, code);
        else at = EndOfPlain(source, quote + 1, prefix.Contains('@'), holes > 0, code);
        return true;
    }

    private static int EndOfPlain(string source, int at, bool verbatim, bool hasHoles, char[] code)
    {
        while (at < source.Length)
        {
            if (!verbatim && source[at] == '\\') at += 2;
            else if (verbatim && Starts(source, at, "\"\"")) at += 2;
            else if (source[at] == '"') return at + 1;
            else if (hasHoles && Starts(source, at, "{{")) at += 2;
            else if (hasHoles && source[at] == '{') at = EndOfHole(source, at + 1, 1, code);
            else at++;
        }

        return source.Length;
    }

    private static int EndOfRaw(string source, int at, int quotes, int holes, char[] code)
    {
        while (at < source.Length)
        {
            var run = Run(source, at, '"');
            if (run >= quotes) return at + run;
            var braces = holes == 0 ? 0 : Run(source, at, '{');
            if (braces >= holes && holes > 0) at = EndOfHole(source, at + braces, holes, code);
            else at += Math.Max(1, Math.Max(run, braces));
        }

        return source.Length;
    }

    private static int EndOfHole(string source, int at, int braces, char[] code)
    {
        CopyToClosing(source, ref at, code);
        return Math.Min(source.Length, at + braces);
    }

    private static int Run(string source, int at, char of)
    {
        var end = at;
        while (end < source.Length && source[end] == of) end++;
        return end - at;
    }
}
