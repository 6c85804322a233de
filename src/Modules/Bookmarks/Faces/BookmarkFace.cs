using TerritoireCollab.Bookmarks.Links;
using TerritoireCollab.Bookmarks.Resources;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Bookmarks.Faces;

/// <summary>How a bookmark shows itself to the rest of the house.</summary>
internal sealed class BookmarkFace : IContentFace
{
    public string Kind => BookmarksModule.BookmarkKind;

    public string CreatedVerb => BookmarksTexts.AddedBookmark;

    public string Address(string groupSlug, ContentItem item) => BookmarkAddress.Of(groupSlug, item.ShortId, item.Title);

    public IQueryable<ContentText> Texts(AppDbContext db) => db.Set<Bookmark>().Select(b => new ContentText { Id = b.Id, Body = b.Body });
}

/// <summary>Addresses of bookmarks.</summary>
internal static class BookmarkAddress
{
    public static string List(string groupSlug) => $"/groupes/{groupSlug}/favoris";

    public static string Of(string groupSlug, string shortId, string title) => $"/groupes/{groupSlug}/favoris/{shortId}-{Slug.Of(title)}";
}
