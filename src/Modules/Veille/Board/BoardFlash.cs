using TerritoireCollab.Platform;
using T = TerritoireCollab.Veille.Resources.BoardTexts;

namespace TerritoireCollab.Veille.Board;

/// <summary>What was just done on the board, by the code that an address carries after a gesture.</summary>
internal static class BoardFlash
{
    public const string NothingTicked = "rien-de-coche";
    public const string TooMany = "trop";
    public const string NothingToUndo = "rien-a-annuler";
    public const string Undone = "annule";
    public const string UndoneInPart = "annule-en-partie";
    public const string MovedSince = "bouge-depuis";
    public const string Published = "publiee";
    public const string Unmoved = "deja-la";
    public const string Written = "enregistre";

    /// <summary>The sentence of a code; null when there is none or nobody knows it.</summary>
    public static string? Text(string? code, int count) => code switch
    {
        BoardGestures.Keep => count == 1 ? T.KeptOne : T.KeptSome.With(count),
        BoardGestures.SetAside => count == 1 ? T.SetAsideOne : T.SetAsideSome.With(count),
        BoardGestures.PutBack => count == 1 ? T.PutBackOne : T.PutBackSome.With(count),
        BoardGestures.Place => count == 1 ? T.PlacedOne : T.PlacedSome.With(count),
        BoardGestures.Up => T.WentUp,
        BoardGestures.Down => T.WentDown,
        NothingTicked => T.NothingTicked,
        TooMany => T.TooManyCards.With(MoveCards.Most),
        NothingToUndo => T.NothingToUndo,
        Undone => T.Undone,
        UndoneInPart => T.UndoneInPart,
        MovedSince => T.MovedSince,
        Published => T.PublishedStays,
        Unmoved => T.Unmoved,
        Written => T.Written,
        _ => null,
    };
}
