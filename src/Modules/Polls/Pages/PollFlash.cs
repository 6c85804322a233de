using T = TerritoireCollab.Polls.Resources.PollsTexts;

namespace TerritoireCollab.Polls.Pages;

/// <summary>What was just done to a poll, by the code that an address carries after it.</summary>
internal static class PollFlash
{
    public const string Voted = "vote";
    public const string Changed = "vote-change";
    public const string Withdrawn = "vote-retire";
    public const string Added = "option";
    public const string DatesAdded = "dates";
    public const string Reminded = "relance";
    public const string RemindedAlready = "relance-deja";
    public const string NobodyToRemind = "relance-personne";
    public const string Closed = "clos";
    public const string Reopened = "rouvert";
    public const string Confirmed = "date";
    public const string Concluded = "conclu";

    /// <summary>The sentence of a code; null when another room knows it.</summary>
    public static string? Text(string code) => code switch
    {
        Voted => T.FlashVoted,
        Changed => T.FlashChanged,
        Withdrawn => T.FlashWithdrawn,
        Added => T.FlashAdded,
        DatesAdded => T.FlashDatesAdded,
        Reminded => T.FlashReminded,
        RemindedAlready => T.FlashRemindedAlready,
        NobodyToRemind => T.FlashNobodyToRemind,
        Closed => T.FlashClosed,
        Reopened => T.FlashReopened,
        Confirmed => T.FlashConfirmed,
        Concluded => T.FlashConcluded,
        _ => null,
    };
}
