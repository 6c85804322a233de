using TerritoireCollab.Platform;
using T = TerritoireCollab.Bookmarks.Resources.BookmarksTexts;

namespace TerritoireCollab.Bookmarks.Pages;

/// <summary>What was just done to a bookmark, by the code that an address carries after it.</summary>
internal static class BookmarkFlash
{
    public const string Added = "ajoute";
    public const string Already = "deja-la";
    public const string Edited = "modifie";
    public const string Removed = "retire";
    public const string Restored = "remis";

    public const string Quoted = "passage-cite";
    public const string QuoteEdited = "passage-modifie";
    public const string QuoteRemoved = "passage-retire";
    public const string QuoteRestored = "passage-remis";

    /// <summary>Name of the button that takes a passage off.</summary>
    public const string TakeQuoteOff = "retirer-passage";

    /// <summary>Name of the button that puts it back.</summary>
    public const string PutQuoteBack = "retablir-passage";

    /// <summary>The sentence of a code that is about a passage.</summary>
    public static string? OfQuote(string? code) => code switch
    {
        Quoted => T.FlashQuoted,
        QuoteEdited => T.FlashQuoteEdited,
        QuoteRemoved => T.FlashQuoteRemoved,
        QuoteRestored => T.FlashQuoteRestored,
        _ => null,
    };

    /// <summary>The sentence of a code; null when another room knows it.</summary>
    public static string? Text(string code, string author) => code switch
    {
        Added => T.FlashAdded,
        Already => T.FlashAlready.With(author),
        _ => null,
    };
}
