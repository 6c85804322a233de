using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Pages.Outlets;

/// <summary>What was just done to an outlet, by the word that the redirect carries.</summary>
internal static class OutletFlash
{
    public const string Added = "ajoutee";
    public const string Edited = "modifiee";
    public const string Paused = "suspendue";
    public const string Resumed = "reprise";
    public const string Removed = "retiree";
    public const string Retried = "relancee";

    public static string? Of(string? done) => done switch
    {
        Added => OutletTexts.DoneAdded,
        Edited => OutletTexts.DoneEdited,
        Paused => OutletTexts.DonePaused,
        Resumed => OutletTexts.DoneResumed,
        Removed => OutletTexts.DoneRemoved,
        Retried => OutletTexts.DoneRetried,
        _ => null,
    };
}
