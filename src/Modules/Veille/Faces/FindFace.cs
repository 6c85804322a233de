using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Faces;

/// <summary>How a find shows itself to the rest of the house.</summary>
internal sealed class FindFace : IContentFace
{
    public string Kind => VeilleModule.FindKind;

    public string CreatedVerb => VeilleTexts.BroughtFind;

    public string Address(string groupSlug, ContentItem item) => VeilleAddress.Find(groupSlug, item.ShortId, item.Title);

    public async Task<IReadOnlyDictionary<Guid, string>> BodiesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        await db.Set<Find>().Where(f => ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id, f => f.Body, cancellation);
}
