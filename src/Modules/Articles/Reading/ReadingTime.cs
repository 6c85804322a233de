namespace TerritoireCollab.Articles.Reading;

/// <summary>How long an article takes to read.</summary>
internal static class ReadingTime
{
    // French prose read in silence (Brysbaert 2019: 238 words a minute in English, French some way below).
    private const int WordsAMinute = 220;

    /// <summary>Words of a text.</summary>
    public static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(w => w.Any(char.IsLetterOrDigit));

    /// <summary>Minutes, at least one.</summary>
    public static int Minutes(int words) => Math.Max(1, (int)Math.Round(words / (double)WordsAMinute));
}
