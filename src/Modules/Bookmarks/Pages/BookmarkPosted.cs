using TerritoireCollab.Bookmarks.Links;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Bookmarks.Pages;

/// <summary>A bookmark as its form posts it.</summary>
public sealed record BookmarkPosted
{
    /// <summary>Key proposed by the form, so that sending it twice publishes once.</summary>
    public Guid Id { get; init; }

    /// <summary>Address of the page.</summary>
    public string? Address { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>Why it matters, in Markdown.</summary>
    public string? Body { get; init; }

    /// <summary>Tags separated by commas.</summary>
    public string? Tags { get; init; }

    /// <summary>Who may read it.</summary>
    public Audience? Audience { get; init; }

    /// <summary>Whether the title is asked of the page rather than the bookmark added.</summary>
    public bool Asks { get; init; }

    /// <summary>A passage quoted from the page.</summary>
    public string? Passage { get; init; }

    /// <summary>Whether the passage is for its author alone.</summary>
    public bool IsPassagePrivate { get; init; }

    /// <summary>Whether the text of the page is kept too, for the member alone.</summary>
    public bool Copies { get; init; }

    /// <summary>The version that was read.</summary>
    public int Version { get; init; }

    internal ContentInput Content => new() { Id = Id, Title = Title ?? "", Body = Body ?? "", Tags = Tags, Audience = Audience };

    /// <summary>The form with what was typed.</summary>
    internal BookmarkForm Into(BookmarkForm form) => form with { Address = Address ?? "", Title = Title ?? "", Body = Body ?? "", Tags = Tags ?? "", Audience = Audience ?? form.Audience };
}
