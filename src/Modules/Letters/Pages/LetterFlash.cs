using TerritoireCollab.Letters.Writing;
using TerritoireCollab.Platform.Content;
using T = TerritoireCollab.Letters.Resources.LettersTexts;

namespace TerritoireCollab.Letters.Pages;

/// <summary>Gestures on a letter, as forms post them.</summary>
internal static class LetterGestures
{
    public const string Check = "verifier";
    public const string Send = "envoyer";
    public const string Resume = "reprendre";
    public const string Quote = "citer";
    public const string AsText = "texte";
    public const string AsMail = "courriel";
    public const string Remove = "retirer";
    public const string Restore = "retablir";
}

/// <summary>What was just done, by the code that an address carries after a gesture.</summary>
internal static class LetterFlash
{
    public const string Sent = "envoyee";
    public const string Corrected = "corrigee";
    public const string Removed = "retiree";
    public const string Restored = "retablie";

    /// <summary>The sentence of a code; null when there is none or nobody knows it.</summary>
    public static string? Of(string? code) => code switch
    {
        Sent => T.FlashSent,
        Corrected => T.FlashCorrected,
        Removed => T.FlashRemoved,
        Restored => T.FlashRestored,
        _ => null,
    };
}

/// <summary>A letter as its form posts it.</summary>
public sealed record PostedLetter
{
    /// <summary>Name under which the form gives back the tickets of files received before.</summary>
    public const string KeptName = "Kept";

    /// <summary>Key proposed by the form, so that sending it twice publishes once.</summary>
    public Guid Id { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>The text, in Markdown.</summary>
    public string? Body { get; init; }

    /// <summary>Who may read it.</summary>
    public Audience? Audience { get; init; }

    /// <summary>Whether it leaves at once to those who get summaries too.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>The version that was read.</summary>
    public int Version { get; init; }

    /// <summary>Short identifiers of contents of the group to take into the text.</summary>
    public string[]? Quoted { get; init; }

    /// <summary>The button that was pressed.</summary>
    public string? Gesture { get; init; }

    internal ContentInput Content => new() { Id = Id, Title = Title ?? "", Body = Body ?? "", Audience = Audience };

    /// <summary>The form with what was typed.</summary>
    internal LetterForm Into(LetterForm form) => form with { Title = Title ?? "", Body = Body ?? "", Audience = Audience ?? form.Audience, IsUrgent = IsUrgent };
}
