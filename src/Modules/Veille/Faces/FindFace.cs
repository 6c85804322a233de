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

    public IQueryable<ContentText> Texts(AppDbContext db) => db.Set<Find>().Select(f => new ContentText { Id = f.Id, Body = f.Body });
}
