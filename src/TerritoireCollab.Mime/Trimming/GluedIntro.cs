namespace TerritoireCollab.Mime.Trimming;

/// <summary>
/// An introduction that a program glued to the answer when it made text of HTML: « Merci Le 03/11/2026 à 14:02, Camille &lt;x@y&gt; a écrit : ».
/// It has to end the line, with an hour and an address: nobody types that in a sentence.
/// </summary>
internal static class GluedIntro
{
    private static readonly string[] Openers = ["--- On ", "--- Le ", " On ", " Le "];

    /// <summary>Where in the text the introduction begins; <paramref name="start"/> where the line holds none.</summary>
    public static int StartIn(string text, int start, int end)
    {
        var line = text.AsSpan(start, end - start).TrimEnd();
        if (line.Length is < 30 or > MailLines.LongestMark || line[^1] is not (':' or '：') || !line.Contains('@') || line[0] == '>') return start;

        foreach (var opener in Openers)
        {
            var at = line.IndexOf(opener, StringComparison.Ordinal);
            if (at > 0 && !line[..at].IsWhiteSpace() && IsIntro(line[at..])) return start + at;
        }

        return start;
    }

    private static bool IsIntro(ReadOnlySpan<char> line)
    {
        var key = Folding.Fold(line);
        return IntroShape.BeginsWithDate(key) && DateSigns.In(key).HasTime && IntroShape.IsWhole(key, line.ToString(), quoteFollows: false);
    }
}
