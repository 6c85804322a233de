using TerritoireCollab.Platform.Content;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki.Pages;

/// <summary>A page as its form posts it.</summary>
public sealed record PagePosted
{
    /// <summary>What the button says: <c>apercu</c> to look at the text first.</summary>
    public const string Preview = "apercu";

    /// <summary>Key proposed by the form, so that sending it twice publishes once.</summary>
    public Guid Id { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>Markdown.</summary>
    public string? Body { get; init; }

    /// <summary>The text that was typed over: as the form was read or, where it is written together, as the editor had it last from the platform.</summary>
    public string? BodyBase { get; init; }

    /// <summary>Tags separated by commas.</summary>
    public string? Tags { get; init; }

    /// <summary>Tags as they were read.</summary>
    public string? TagsBefore { get; init; }

    /// <summary>Who may read it.</summary>
    public Audience? Audience { get; init; }

    /// <summary>What was changed, in words.</summary>
    public string? Comment { get; init; }

    /// <summary>The version that was read.</summary>
    public int Version { get; init; }

    /// <summary>Short identifier of the page that it goes under.</summary>
    public string? Parent { get; init; }

    /// <summary>Attachments to take off.</summary>
    public IReadOnlyList<Guid>? RemovedFiles { get; init; }

    /// <summary>What the button says.</summary>
    public string? Gesture { get; init; }

    internal ContentInput Content => new() { Id = Id, Title = Title ?? "", Body = Body ?? "", Tags = Tags, Audience = Audience };

    /// <summary>Whether all of the text is in the shared one, so that it goes on being written there.</summary>
    internal bool IsIn(string shared) => Same(Body, shared) || (BodyBase is not null && Same(Body, BodyBase));

    // Browsers send a text with CR LF at the end of its lines.
    private static bool Same(string? one, string? other) => (one ?? "").ReplaceLineEndings("\n") == (other ?? "").ReplaceLineEndings("\n");

    /// <summary>The form with what was typed.</summary>
    internal PageForm Into(PageForm form) => form with { Title = Title ?? "", Body = Body ?? "", Tags = Tags ?? "", Audience = Audience ?? form.Audience };
}
