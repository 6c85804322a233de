using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Editorials;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Faces;

/// <summary>How an édito shows itself to the rest of the house.</summary>
internal sealed class EditorialFace : IContentFace
{
    public string Kind => VeilleModule.EditorialKind;

    public string CreatedVerb => VeilleTexts.PublishedEditorial;

    public string Address(string groupSlug, ContentItem item) => VeilleAddress.Editorial(groupSlug, item.ShortId, item.Title);

    public async Task<IReadOnlyDictionary<Guid, string>> BodiesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        await db.Set<Editorial>().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Body, cancellation);
}
