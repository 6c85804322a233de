using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Faces;

/// <summary>How a published issue shows itself to the rest of the house.</summary>
internal sealed class IssueFace : IContentFace
{
    public string Kind => VeilleModule.IssueKind;

    public string CreatedVerb => VeilleTexts.PublishedIssue;

    public string Address(string groupSlug, ContentItem item) => VeilleAddress.Issue(groupSlug, item.ShortId);

    /// <summary>The whole issue: the introduction with its articles, so that it is found by them, and feeds and mails carry them.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> BodiesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var introductions = await db.Set<PublishedIssue>().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Body, cancellation);
        var articles = (await db.Set<IssueArticle>().AsNoTracking().Where(a => ids.Contains(a.ItemId)).OrderBy(a => a.Position)
            .Select(a => new { Article = a, Finder = db.Members.Where(m => m.Id == a.FinderId).Select(m => m.Name).FirstOrDefault() })
            .ToListAsync(cancellation)).ToLookup(a => a.Article.ItemId, a => (a.Article, a.Finder));
        return introductions.ToDictionary(i => i.Key, i => IssueMarkdown.Of(i.Value, [.. articles[i.Key]!]));
    }
}
