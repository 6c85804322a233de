namespace TerritoireCollab.Mime.Trimming;

/// <summary>
/// The line that introduces a quotation, « Le mar. 3 nov. 2026 à 14:02, Camille Durand a écrit : », which programs break
/// over several lines. A whole line or nothing: a sentence that holds such words among others is somebody's.
/// </summary>
internal static class IntroLine
{
    private const int MostLines = 6;
    private const int Longest = 500;

    /// <summary>The line after an introduction that begins at <paramref name="start"/>; <paramref name="start"/> itself where none does.</summary>
    public static int EndOf(MailLines lines, int start)
    {
        var depth = lines.Depth(start);
        var first = lines.Key(start);
        if (!IntroShape.MayBegin(first)) return start;

        var isDated = IntroShape.BeginsWithDate(first);
        var words = first;
        var raw = lines.Content(start).ToString();
        for (var (index, taken) = (start, 1); ; taken++)
        {
            if (IntroShape.MayEnd(words, isDated) && IntroShape.IsWhole(words, raw, lines.IsQuotedAfter(index + 1, depth))) return IsCited(lines, index + 1, words) ? start : index + 1;

            index = Next(lines, index, depth, words);
            if (index < 0 || taken == MostLines || EndsSentence(words) || words.Length > Longest) return start;
            if (taken > 2 && !isDated) return start;

            words += (lines.Depth(index) > depth ? " > " : " ") + lines.Key(index);
            raw += " " + lines.Content(index).ToString();
        }
    }

    // The line that goes on: right below, or after a blank one where an address has been moved away.
    private static int Next(MailLines lines, int index, int depth, string words)
    {
        var next = index + 1;
        if (next < lines.Count && ClosesAddress(lines, next, depth, words)) return next;
        if (next < lines.Count && lines.Depth(next) == depth && lines.IsEmpty(next)) next++;
        if (next >= lines.Count || lines.Depth(next) != depth || lines.Key(next).Length == 0) return -1;

        var key = lines.Key(next);
        var goesOn = key[0] == '<' || (next == index + 1 && !IntroShape.OpensWithDate(key));
        return goesOn ? next : -1;
    }

    // « Camille <x@y » and below it « > a écrit : »: the sign ends the address, it quotes nothing.
    private static bool ClosesAddress(MailLines lines, int next, int depth, string words) =>
        lines.Depth(next) == depth + 1 && lines.Key(next) is { Length: > 0 and < 40 } key && key[^1] == ':' && words.AsSpan().Count('<') > words.AsSpan().Count('>');

    // Whoever cites by hand opens quotation marks.
    private static bool IsCited(MailLines lines, int next, string words)
    {
        next = lines.NextFilled(next);
        return next < lines.Count && lines.Content(next) is ['«' or '“' or '"', ..] && !words.Contains('@', StringComparison.Ordinal);
    }

    private static bool EndsSentence(string words) => words[^1] is '!' or '?' or ';' || (words[^1] == '.' && !IntroShape.EndsAbbreviated(words));
}
