namespace TerritoireCollab.Coediting;

/// <summary>Cuts a text into lines or words; put together again they are the text.</summary>
internal static class Tokens
{
    /// <summary>Lines, each with its end.</summary>
    public static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var feed = text.IndexOf('\n', start);
            var end = feed < 0 ? text.Length : feed + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }

    /// <summary>Words, blanks between them, and other signs one by one. No character is cut in two, no mark parted from its letter.</summary>
    public static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var kind = KindOf(text[start]);
            var end = start + 1;
            while (end < text.Length && Continues(kind, KindOf(text[end]))) end++;
            words.Add(text[start..end]);
            start = end;
        }

        return words;
    }

    private static bool Continues(Kind kind, Kind next) => next == Kind.Attached || (next == kind && kind != Kind.Sign);

    private static Kind KindOf(char letter) =>
        letter == '\n' ? Kind.Sign
        : char.IsWhiteSpace(letter) ? Kind.Blank
        : char.IsLetterOrDigit(letter) || char.IsHighSurrogate(letter) ? Kind.Word
        : char.IsLowSurrogate(letter) || char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.Format ? Kind.Attached
        : Kind.Sign;

    private enum Kind
    {
        Sign,
        Blank,
        Word,
        Attached,
    }
}
