using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Reading;
using TerritoireCollab.Articles.Resources;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Articles.Faces;

/// <summary>How an article shows itself to the rest of the house.</summary>
internal sealed class ArticleFace : IContentFace
{
    public string Kind => ArticlesModule.ArticleKind;

    public string CreatedVerb => ArticlesTexts.PublishedVerb;

    public string Address(string groupSlug, ContentItem item) => ArticleAddress.Of(groupSlug, item.ShortId, item.Title);

    // The lead first: it is read in mails and feeds, and found, as part of the text.
    public IQueryable<ContentText> Texts(AppDbContext db) =>
        db.Set<Article>().Select(a => new ContentText { Id = a.Id, Body = a.Summary == "" ? a.Body : a.Summary + "\n\n" + a.Body });

    public async Task<IReadOnlyDictionary<Guid, ContentCover>> CoversAsync(AppDbContext db, string groupSlug, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var found = await db.Set<Article>().Where(a => ids.Contains(a.Id) && a.CoverFileId != null)
            .Select(a => new { a.Id, a.Item.ShortId, a.CoverFileId, a.Cover!.ContentType, a.Cover.Length }).ToListAsync(cancellation);
        return found.ToDictionary(a => a.Id, a => new ContentCover(ArticleAddress.Cover(groupSlug, a.ShortId, a.CoverFileId)!, a.ContentType, a.Length));
    }
}

/// <summary>Addresses of articles.</summary>
internal static class ArticleAddress
{
    /// <summary>The member's own drafts, of every group.</summary>
    public const string MyDrafts = "/moi/brouillons";

    public static string List(string groupSlug) => $"/groupes/{groupSlug}/articles";

    public static string Of(string groupSlug, string shortId, string title) => $"{List(groupSlug)}/{shortId}-{Slug.Of(title)}";

    public static string Series(string groupSlug, string key) => $"{List(groupSlug)}/dossiers/{key}";

    public static string Draft(string groupSlug, Guid id) => $"{List(groupSlug)}/brouillons/{id:N}";

    /// <summary>The cover of an article, new with each picture so that browsers may keep it; null without one.</summary>
    public static string? Cover(string groupSlug, string shortId, Guid? fileId) => fileId is { } id ? $"{List(groupSlug)}/{shortId}/couverture?v={id:N}" : null;
}
