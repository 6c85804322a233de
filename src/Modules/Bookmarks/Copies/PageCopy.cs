using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Bookmarks.Copies;

/// <summary>
/// The text of a page as a member keeps it for his own use. It is no content: nobody else reads it, whoever else has a bookmark of that page, and no
/// search, feed or mail knows of it.
/// </summary>
public sealed class PageCopy : IOwnRow
{
    /// <summary>Longest text, in characters of HTML.</summary>
    public const int HtmlLength = 400_000;

    /// <summary>Key.</summary>
    public Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MemberId { get; init; }

    /// <summary>Address of the page.</summary>
    public required string Address { get; init; }

    /// <summary>Fingerprint of the address, by which the same page is known again.</summary>
    public required string AddressKey { get; init; }

    /// <summary>Title that the page gave itself.</summary>
    public required string Title { get; set; }

    /// <summary>The text, sanitised HTML without pictures.</summary>
    public required string Html { get; set; }

    /// <summary>When the page was read.</summary>
    public required DateTime At { get; set; }
}

/// <summary>The only way to the copies of members: each finds his own.</summary>
internal static class PageCopyRows
{
    /// <summary>The copies of the viewer of <paramref name="db"/>.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    public static IQueryable<PageCopy> OwnCopies(this AppDbContext db)
    {
        if (!db.Viewer.IsMember) throw new NotFoundException();

        var me = db.Viewer.MemberId;
        return db.Set<PageCopy>().Where(c => c.MemberId == me);
    }
}
