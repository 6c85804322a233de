using TerritoireCollab.Platform;
using T = TerritoireCollab.Files.Resources.FilesTexts;

namespace TerritoireCollab.Files.Pages;

/// <summary>What was just done to files, by the code that an address carries after it; and the gestures on those that were chosen.</summary>
internal static class FileFlash
{
    public const string Pack = "archive";
    public const string Move = "deplacer";
    public const string Remove = "jeter";
    public const string Added = "depose";
    public const string Replaced = "remplace";
    public const string Unchanged = "identique";
    public const string Restored = "version-retablie";
    public const string Placed = "range";
    public const string Moved = "ranges";
    public const string Removed = "jetes";
    public const string FolderMade = "dossier-cree";
    public const string FolderArranged = "dossier-modifie";
    public const string FolderRemoved = "dossier-retire";
    public const string FolderRestored = "dossier-retabli";
    public const string NothingChosen = "rien-choisi";
    public const string NothingPacked = "rien-a-emporter";
    public const string Saved = "reglages";

    /// <summary>The sentence of a code; null when another room knows it.</summary>
    public static string? Text(string code) => code switch
    {
        Added => T.FlashAdded,
        Replaced => T.FlashReplaced,
        Unchanged => T.FlashUnchanged,
        Restored => T.FlashRestored,
        Placed => T.FlashPlaced,
        FolderMade => T.FlashFolderMade,
        FolderArranged => T.FlashFolderArranged,
        FolderRestored => T.FlashFolderRestored,
        NothingChosen => T.FlashNothingChosen,
        NothingPacked => T.ArchiveEmpty,
        Saved => T.FlashSaved,
        _ => null,
    };

    /// <summary>The sentence of a code that tells how many.</summary>
    public static string? Text(string code, int count, int folders, int kept) => code switch
    {
        Moved => Together(count == 0 && folders + kept > 0 ? null : count == 1 ? T.FlashMovedOne : T.FlashMovedSome.With(count), Folders(folders, T.FlashMovedFolder, T.FlashMovedFolders), kept == 0 ? null : T.FlashStayed.With(kept)),
        Removed => Together(
            count switch { 0 => folders > 0 ? null : T.FlashRemovedNone, 1 => T.FlashRemovedOne, _ => T.FlashRemovedSome.With(count) }, Folders(folders, T.FlashRemovedFolder, T.FlashRemovedFolders), kept == 0 ? null : T.FlashKept.With(kept)),
        FolderRemoved => count == 0 ? T.FlashFolderRemoved : count == 1 ? T.FlashFolderRemovedOne : T.FlashFolderRemovedSome.With(count),
        _ => null,
    };

    private static string? Folders(int count, string one, string some) => count switch { 0 => null, 1 => one, _ => some.With(count) };

    private static string Together(params string?[] sentences) => string.Join(' ', sentences.OfType<string>());
}
