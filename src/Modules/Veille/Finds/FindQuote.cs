using TerritoireCollab.Platform.Quotes;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A passage that a member marked on the page of a find. What was taken off is kept as older texts are.</summary>
public sealed class FindQuote : PageQuote
{
    /// <summary>Longest passage, in characters: what may be quoted of somebody else's text.</summary>
    public const int TextLength = 600;
}
