using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Wiki.Resources;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki.Faces;

/// <summary>How a page shows itself to the rest of the house. Its links to other pages say there what their writer called them.</summary>
internal sealed class PageFace : IContentFace
{
    public string Kind => WikiModule.PageKind;

    public string CreatedVerb => WikiTexts.WrotePage;

    public string Address(string groupSlug, ContentItem item) => PageAddress.Of(groupSlug, item.ShortId, item.Title);

    public IQueryable<ContentText> Texts(AppDbContext db) => db.Set<WikiPage>().Select(p => new ContentText { Id = p.Id, Body = p.Body });
}

/// <summary>Addresses of pages.</summary>
internal static class PageAddress
{
    public static string Of(string groupSlug, string shortId, string title) => $"/groupes/{groupSlug}/pages/{shortId}-{Slug.Of(title)}";

    /// <summary>Without the title, which the page adds.</summary>
    public static string Short(string groupSlug, string shortId) => $"/groupes/{groupSlug}/pages/{shortId}";
}
