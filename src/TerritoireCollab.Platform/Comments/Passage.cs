namespace TerritoireCollab.Platform.Comments;

/// <summary>A passage that a comment is about, known again by its words and those around it once the text has changed (TextQuoteSelector of the W3C's Web Annotations).</summary>
/// <param name="Quote">Its words, spaces and line ends as single spaces.</param>
/// <param name="Prefix">The words before it.</param>
/// <param name="Suffix">The words after it.</param>
public sealed record Passage(string Quote, string Prefix, string Suffix)
{
    /// <summary>Longest passage, in characters.</summary>
    public const int QuoteLength = 500;

    /// <summary>How many characters around it are kept on either side.</summary>
    public const int AroundLength = 32;
}
