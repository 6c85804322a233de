using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Files.Pages;

/// <summary>Files as their form posts them, and what is said of one as its form does.</summary>
public sealed record FilesPosted
{
    /// <summary>Key proposed by the form, so that sending it twice adds once.</summary>
    public Guid Id { get; init; }

    /// <summary>Short identifier of the folder that they go into.</summary>
    public string? Folder { get; init; }

    /// <summary>What becomes of a name that is there.</summary>
    public SameName Same { get; init; }

    /// <summary>Whether everybody can read them.</summary>
    public Accessibility Accessible { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>What they are, in Markdown.</summary>
    public string? Body { get; init; }

    /// <summary>Tags separated by commas.</summary>
    public string? Tags { get; init; }

    /// <summary>Who may read them.</summary>
    public Audience? Audience { get; init; }

    /// <summary>What was changed in a new version.</summary>
    public string? Comment { get; init; }

    /// <summary>The version that was read.</summary>
    public int Version { get; init; }

    internal AddFilesInput Into(IReadOnlyList<ReceivedFile> files) => new()
    {
        Folder = Folder,
        Files = files,
        Title = string.IsNullOrWhiteSpace(Title) ? null : Title,
        Body = Body ?? "",
        Tags = Tags,
        Audience = Audience,
        Accessible = Accessible,
        Same = Same,
    };

    internal EditFileInput Edited => new(new ContentInput { Title = Title ?? "", Body = Body ?? "", Tags = Tags, Audience = Audience }, Accessible, Version);

    /// <summary>The form with what was typed.</summary>
    internal EditFileForm Into(EditFileForm form) => form with { Title = Title ?? "", Body = Body ?? "", Tags = Tags ?? "", Audience = Audience ?? form.Audience, Accessible = Accessible };
}
