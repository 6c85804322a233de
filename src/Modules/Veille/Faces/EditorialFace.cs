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

    public IQueryable<ContentText> Texts(AppDbContext db) => db.Set<Editorial>().Select(e => new ContentText { Id = e.Id, Body = e.Body });
}
