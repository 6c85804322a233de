using System.Security.Cryptography;
using System.Text;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Veille.Editorials;

namespace TerritoireCollab.Veille.Pages.Editorials;

/// <summary>An édito as its form posts it.</summary>
public sealed record PostedEditorial
{
    /// <summary>Key proposed by the form, so that sending it twice publishes once.</summary>
    public Guid Id { get; init; }

    /// <summary>Its month, such as <c>2026-11</c>.</summary>
    public string? Month { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>The text, in Markdown.</summary>
    public string? Body { get; init; }

    /// <summary>Tags separated by commas.</summary>
    public string? Tags { get; init; }

    /// <summary>Who may read it.</summary>
    public Audience? Audience { get; init; }

    /// <summary>Mark of the draft that was put into the text.</summary>
    public string? Mark { get; init; }

    /// <summary>The version that was read.</summary>
    public int Version { get; init; }

    /// <summary>The button that was pressed.</summary>
    public string? Gesture { get; init; }

    internal ContentInput Content => new() { Id = Id, Title = Title ?? "", Body = Body ?? "", Tags = Tags, Audience = Audience };

    /// <summary>Whether the text is the draft as it was put there.</summary>
    internal bool IsUntouched => Mark is not null && Mark == MarkOf(Body ?? "");

    /// <summary>The form with what was typed.</summary>
    internal EditorialForm Into(EditorialForm form) => form with { Title = Title ?? "", Body = Body ?? "", Tags = Tags ?? "", Audience = Audience ?? form.Audience };

    /// <summary>What tells a text from any other, whatever its ends of line.</summary>
    internal static string MarkOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n").TrimEnd())))[..16];
}
