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

    public async Task<IReadOnlyDictionary<Guid, string>> BodiesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        await db.Set<PublishedIssue>().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Body, cancellation);
}
