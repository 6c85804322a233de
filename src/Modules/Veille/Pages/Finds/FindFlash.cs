using TerritoireCollab.Platform;
using Q = TerritoireCollab.Veille.Resources.QuoteTexts;
using T = TerritoireCollab.Veille.Resources.FindTexts;

namespace TerritoireCollab.Veille.Pages.Finds;

/// <summary>What was just done with a find, by the code that an address carries after a gesture.</summary>
internal static class FindFlash
{
    public const string Proposed = "proposee";
    public const string Already = "deja-proposee";
    public const string Edited = "modifiee";
    public const string Removed = "retiree";
    public const string Restored = "retablie";
    public const string PictureRemoved = "image-retiree";
    public const string PictureFound = "image-trouvee";
    public const string PictureNotFound = "image-introuvable";
    public const string QuoteMarked = "passage-marque";
    public const string QuoteEdited = "note-enregistree";
    public const string QuoteRemoved = "passage-retire";
    public const string QuoteRestored = "passage-retabli";

    /// <summary>The sentence of a code; null when there is none or nobody knows it.</summary>
    /// <param name="code">The code.</param>
    /// <param name="finder">Who brought the find.</param>
    public static string? Text(string? code, string finder = "") => code switch
    {
        Proposed => T.FlashProposed,
        Already => T.FlashAlready.With(finder),
        Edited => T.FlashEdited,
        Removed => T.FlashRemoved,
        Restored => T.FlashRestored,
        PictureRemoved => Q.FlashPictureRemoved,
        PictureFound => Q.FlashPictureFound,
        PictureNotFound => Q.FlashPictureNotFound,
        _ => null,
    };

    /// <summary>The sentence of a code about marked passages; null for any other.</summary>
    /// <param name="code">The code.</param>
    public static string? QuoteText(string? code) => code switch
    {
        QuoteMarked => Q.FlashMarked,
        QuoteEdited => Q.FlashEdited,
        QuoteRemoved => Q.FlashRemoved,
        QuoteRestored => Q.FlashRestored,
        _ => null,
    };
}
