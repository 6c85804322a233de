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

    /// <summary>The sentence of a code; null when another room knows it.</summary>
    public static string? Text(string code, string author) => code switch
    {
        Added => T.FlashAdded,
        Already => T.FlashAlready.With(author),
        _ => null,
    };
}
