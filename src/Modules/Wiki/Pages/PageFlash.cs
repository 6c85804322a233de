using T = TerritoireCollab.Wiki.Resources.WikiTexts;

namespace TerritoireCollab.Wiki.Pages;

/// <summary>What was just done to a page, by the code that an address carries after a gesture.</summary>
internal static class PageFlash
{
    public const string Merged = "reuni";
    public const string WithoutPictures = "importe-sans-images";
    public const string Arranged = "range";
    public const string Restored = "version-retablie";
    public const string NotRestored = "version-pas-retablie";
    public const string Named = "version-nommee";
    public const string NotNamed = "version-pas-nommee";
    public const string TreeFollowed = "arborescence-suivie";
    public const string WikiFollowed = "pages-suivies";
    public const string WikiLeft = "pages-quittees";
    public const string TreeLeft = "arborescence-quittee";

    /// <summary>The sentence of a code; null when nobody knows it here.</summary>
    public static string? Text(string? code) => code switch
    {
        Merged => T.FlashMerged,
        WithoutPictures => T.FlashWithoutPictures,
        Arranged => T.FlashArranged,
        Restored => T.FlashRestored,
        NotRestored => T.FlashNotRestored,
        Named => T.FlashNamed,
        NotNamed => T.FlashNotNamed,
        TreeFollowed => T.FlashTreeFollowed,
        TreeLeft => T.FlashTreeLeft,
        WikiFollowed => T.FlashWikiFollowed,
        WikiLeft => T.FlashWikiLeft,
        _ => null,
    };
}
