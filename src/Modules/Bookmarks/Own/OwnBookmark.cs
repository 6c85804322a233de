using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Bookmarks.Own;

/// <summary>A link that a member keeps for himself. It is no content: nobody else reads it, no search, stream or mail knows of it.</summary>
public sealed class OwnBookmark : IOwnRow
{
    /// <summary>Longest note, in characters.</summary>
    public const int NoteLength = 2000;

    /// <summary>Key.</summary>
    public Guid Id { get; init; }

    /// <summary>Its part of addresses.</summary>
    public required string ShortId { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>Address of the page.</summary>
    public required string Address { get; set; }

    /// <summary>Fingerprint of the address, by which the same page is known again.</summary>
    public required string AddressKey { get; set; }

    /// <summary>Title.</summary>
    public required string Title { get; set; }

    /// <summary>What the member says of it; may be empty.</summary>
    public string Note { get; set; } = "";

    /// <summary>All its words without capitals nor accents, in which the member searches.</summary>
    public string Words { get; set; } = "";

    /// <summary>When it was kept.</summary>
    public required DateTime CreatedAt { get; set; }

    /// <summary>When the member took it off; it can be had back until the night that erases it.</summary>
    public DateTime? RemovedAt { get; set; }

    /// <summary>Tags.</summary>
    public List<OwnBookmarkTag> Tags { get; init; } = [];
}

/// <summary>A tag on a link of one's own.</summary>
public sealed class OwnBookmarkTag
{
    /// <summary>The link.</summary>
    public Guid BookmarkId { get; init; }

    /// <summary>The link.</summary>
    public OwnBookmark? Bookmark { get; init; }

    /// <summary>Its form in addresses.</summary>
    public required string Slug { get; init; }

    /// <summary>The word.</summary>
    public required string Name { get; set; }
}

/// <summary>The only way to the links of members: each finds his own.</summary>
internal static class OwnBookmarkRows
{
    /// <summary>The links of the viewer of <paramref name="db"/>, those taken off too.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    public static IQueryable<OwnBookmark> OwnBookmarksWithTrash(this AppDbContext db)
    {
        if (!db.Viewer.IsMember) throw new NotFoundException();

        var me = db.Viewer.MemberId;
        return db.Set<OwnBookmark>().Where(b => b.MemberId == me);
    }

    /// <summary>The links of the viewer of <paramref name="db"/>.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    public static IQueryable<OwnBookmark> OwnBookmarks(this AppDbContext db) => db.OwnBookmarksWithTrash().Where(b => b.RemovedAt == null);
}
