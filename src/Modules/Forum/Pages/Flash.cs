using T = TerritoireCollab.Forum.Resources.ForumTexts;

namespace TerritoireCollab.Forum.Pages;

/// <summary>What was just done, by the code that an address carries after a gesture.</summary>
internal static class Flash
{
    public const string Answered = "repondu";
    public const string AnswerRemoved = "reponse-retiree";
    public const string AnswerEdited = "reponse-modifiee";
    public const string Opened = "publie";
    public const string Edited = "modifie";
    public const string Moved = "deplace";
    public const string Split = "scinde";
    public const string Merged = "fusionne";
    public const string KeptForMerged = "texte-garde";

    /// <summary>The sentence of a code; null when there is none or nobody knows it.</summary>
    public static string? Text(string? code) => code switch
    {
        Answered => T.FlashAnswered,
        AnswerRemoved => T.FlashAnswerRemoved,
        AnswerEdited => T.FlashAnswerEdited,
        Gestures.Remove => T.FlashThreadRemoved,
        Opened => T.FlashOpened,
        Edited => T.FlashEdited,
        Moved => T.FlashMoved,
        Split => T.FlashSplit,
        Merged => T.FlashMerged,
        KeptForMerged => T.FlashKeptForMerged,
        Gestures.Restore => T.FlashRestored,
        Gestures.RestoreAnswer => T.FlashAnswerRestored,
        Gestures.Accept => T.FlashAccepted,
        Gestures.Unaccept => T.FlashNotAccepted,
        Gestures.Pin => T.FlashPinned,
        Gestures.Unpin => T.FlashUnpinned,
        Gestures.Close => T.FlashClosed,
        Gestures.Reopen => T.FlashReopened,
        Gestures.Follow => T.FlashFollowed,
        Gestures.Mute => T.FlashMuted,
        Gestures.Default => T.FlashLevelDefault,
        _ => null,
    };
}
