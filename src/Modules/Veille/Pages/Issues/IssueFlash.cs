using T = TerritoireCollab.Veille.Resources.IssueTexts;

namespace TerritoireCollab.Veille.Pages.Issues;

/// <summary>Gestures on an issue, as forms post them.</summary>
internal static class IssueGestures
{
    public const string Save = "enregistrer";
    public const string Ready = "prete";
    public const string Draft = "brouillon";
    public const string Confirm = "confirmer";
    public const string Publish = "publier";
    public const string Remove = "retirer";
    public const string Restore = "retablir";
}

/// <summary>What was just done, by the code that an address carries after a gesture.</summary>
internal static class IssueFlash
{
    public const string Saved = "enregistree";
    public const string Ready = "prete";
    public const string Draft = "brouillon";
    public const string Published = "publiee";
    public const string Corrected = "corrigee";
    public const string Removed = "retiree";
    public const string Restored = "retablie";

    /// <summary>The sentence of a code; null when there is none or nobody knows it.</summary>
    public static string? Of(string? code) => code switch
    {
        Saved => T.FlashSaved,
        Ready => T.FlashReady,
        Draft => T.FlashDraft,
        Published => T.FlashPublished,
        Corrected => T.FlashCorrected,
        Removed => T.FlashRemoved,
        Restored => T.FlashRestored,
        _ => null,
    };
}
