using T = TerritoireCollab.Veille.Resources.EditorialTexts;

namespace TerritoireCollab.Veille.Pages.Editorials;

/// <summary>Gestures on an édito, as forms post them.</summary>
internal static class EditorialGestures
{
    public const string Publish = "publier";
    public const string TakeDraft = "reprendre";
    public const string Remove = "retirer";
    public const string Restore = "retablir";
}

/// <summary>What was just done, by the code that an address carries after a gesture.</summary>
internal static class EditorialFlash
{
    public const string Published = "publie";
    public const string Corrected = "corrige";
    public const string Removed = "retire";
    public const string Restored = "retabli";

    /// <summary>The sentence of a code; null when there is none or nobody knows it.</summary>
    public static string? Of(string? code) => code switch
    {
        Published => T.FlashPublished,
        Corrected => T.FlashCorrected,
        Removed => T.FlashRemoved,
        Restored => T.FlashRestored,
        _ => null,
    };
}
