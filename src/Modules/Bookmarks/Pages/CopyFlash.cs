using TerritoireCollab.Bookmarks.Copies;
using TerritoireCollab.Platform;
using T = TerritoireCollab.Bookmarks.Resources.BookmarksTexts;

namespace TerritoireCollab.Bookmarks.Pages;

/// <summary>What became of a copy that was asked for, by the code that an address carries after it.</summary>
internal static class CopyFlash
{
    public const string Removed = "retiree";

    /// <summary>The code of an outcome.</summary>
    public static string CodeOf(CopyOutcome outcome) => outcome switch
    {
        CopyOutcome.Kept => "gardee",
        CopyOutcome.Reserved => "reservee",
        CopyOutcome.Paywall => "payante",
        CopyOutcome.NothingFound => "rien",
        CopyOutcome.TooLong => "longue",
        CopyOutcome.TooMany => "trop",
        _ => "injoignable",
    };

    /// <summary>The sentence of a code; null when there is none or nobody knows it.</summary>
    public static string? Of(string? code) => code switch
    {
        "gardee" => T.CopyKept,
        "reservee" => T.CopyReserved,
        "payante" => T.CopyPaywall,
        "rien" => T.CopyNothing,
        "longue" => T.CopyTooLong,
        "trop" => T.CopyTooMany.With(KeepCopy.Most),
        "injoignable" => T.CopyNotReached,
        Removed => T.CopyRemoved,
        _ => null,
    };
}
