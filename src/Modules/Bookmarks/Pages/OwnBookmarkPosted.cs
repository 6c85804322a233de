using TerritoireCollab.Bookmarks.Own;

namespace TerritoireCollab.Bookmarks.Pages;

/// <summary>A link of one's own as its form posts it.</summary>
public sealed record OwnBookmarkPosted
{
    /// <summary>Address of the page.</summary>
    public string? Address { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>What the member says of it.</summary>
    public string? Note { get; init; }

    /// <summary>Tags separated by commas.</summary>
    public string? Tags { get; init; }

    /// <summary>Whether the title is asked of the page rather than the link kept.</summary>
    public bool Asks { get; init; }

    /// <summary>Whether the text of the page is kept too.</summary>
    public bool Copies { get; init; }

    internal OwnBookmarkInput Text => new(Address, Title, Note, Tags);
}
