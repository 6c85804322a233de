using T = TerritoireCollab.Articles.Resources.ArticlesTexts;

namespace TerritoireCollab.Articles.Pages;

/// <summary>Names of the buttons of drafts.</summary>
internal static class ArticleGestures
{
    public const string Save = "enregistrer";
    public const string Preview = "apercu";
    public const string Publish = "publier";
    public const string Schedule = "programmer";
    public const string Unschedule = "deprogrammer";
    public const string Drop = "effacer";
}

/// <summary>What was just done to a draft, by the code that an address carries.</summary>
internal static class ArticleFlash
{
    public const string Saved = "enregistre";
    public const string Scheduled = "programme";
    public const string Unscheduled = "deprogramme";
    public const string Dropped = "efface";
    public const string NotWhole = "incomplet";

    /// <summary>The sentence of a code; null when there is none or nobody knows it.</summary>
    public static string? Of(string? code) => code switch
    {
        Saved => T.FlashSaved,
        Scheduled => T.FlashScheduled,
        Unscheduled => T.FlashUnscheduled,
        Dropped => T.FlashDropped,
        NotWhole => T.FlashNotWhole,
        _ => null,
    };
}
