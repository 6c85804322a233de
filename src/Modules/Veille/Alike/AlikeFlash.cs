using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Alike;

/// <summary>What was just done to the sources of a card, by the word that the redirect carries.</summary>
internal static class AlikeFlash
{
    public const string Parted = "separee";

    private const string Joined = "reunie";
    private const string Last = "derniere";
    private const string Worked = "travaillee";

    /// <summary>The word of an outcome.</summary>
    public static string Code(PartOutcome outcome) => outcome switch
    {
        PartOutcome.Parted => Parted,
        PartOutcome.Joined => Joined,
        PartOutcome.LastStays => Last,
        _ => Worked,
    };

    /// <summary>The sentence of a word; null when nobody knows it.</summary>
    public static string? Text(string? code) => code switch
    {
        Parted => AlikeTexts.DoneParted,
        Joined => AlikeTexts.DoneJoined,
        Last => AlikeTexts.LastStays,
        Worked => AlikeTexts.WorkedOn,
        _ => null,
    };
}
