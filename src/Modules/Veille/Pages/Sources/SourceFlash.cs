using TerritoireCollab.Platform;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Pages.Sources;

/// <summary>What was just done to sources, by the word that the redirect carries.</summary>
internal static class SourceFlash
{
    public const string Followed = "suivie";
    public const string Imported = "importees";
    public const string Edited = "modifiee";
    public const string Moved = "deplacee";
    public const string Muted = "coupee";
    public const string Heard = "remise";
    public const string Asked = "relancee";
    public const string Removed = "retiree";

    public static string? Of(string? done, int count, int known) => done switch
    {
        Followed => SourceTexts.DoneFollowed,
        Imported => Counted(count) + (known == 0 ? "" : " " + (known == 1 ? SourceTexts.DoneOneKnown : SourceTexts.DoneSomeKnown.With(known))),
        Edited => SourceTexts.DoneEdited,
        Moved => SourceTexts.DoneMoved,
        Muted => SourceTexts.DoneMuted,
        Heard => SourceTexts.DoneHeard,
        Asked => SourceTexts.DoneAsked,
        Removed => SourceTexts.DoneRemoved,
        _ => null,
    };

    private static string Counted(int count) => count switch { 0 => SourceTexts.DoneNoneImported, 1 => SourceTexts.DoneOneImported, _ => SourceTexts.DoneSomeImported.With(count) };
}
