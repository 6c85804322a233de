namespace TerritoireCollab.Veille.Finds;

/// <summary>
/// Where a passage stands on its page: browsers that know text fragments (W3C, URL Fragment Text Directives) scroll to it and mark it,
/// others open the page.
/// </summary>
internal static class PassagePlace
{
    // A longer passage is named by how it begins and ends: it may cross lists and paragraphs, where no single run of text matches.
    private const int MostWordsWhole = 12;
    private const int WordsOfAnEnd = 5;

    /// <summary>The address of the page, led to the passage.</summary>
    /// <param name="address">Address of the page.</param>
    /// <param name="passage">The passage.</param>
    public static string Of(string address, string passage)
    {
        var words = passage.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return address;

        var text = words.Length <= MostWordsWhole && !passage.Contains('\n', StringComparison.Ordinal) || words.Length < 2 * WordsOfAnEnd ? Encoded(words) : $"{Encoded(words[..WordsOfAnEnd])},{Encoded(words[^WordsOfAnEnd..])}";
        return $"{address}{(address.Contains('#', StringComparison.Ordinal) ? "" : "#")}:~:text={text}";
    }

    // A hyphen marks what stands before or after the passage.
    private static string Encoded(string[] words) => Uri.EscapeDataString(string.Join(' ', words)).Replace("-", "%2D", StringComparison.Ordinal);
}
