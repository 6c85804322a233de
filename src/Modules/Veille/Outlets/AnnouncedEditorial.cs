using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Veille.Editorials;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>A published édito as it is announced.</summary>
internal sealed class AnnouncedEditorial(PlatformOptions platform) : IAnnounced
{
    /// <inheritdoc />
    public string Kind => VeilleModule.EditorialKind;

    /// <inheritdoc />
    public async Task<AnnouncedText?> ReadAsync(AppDbContext db, Guid id, CancellationToken cancellation)
    {
        var editorial = await (
            from e in db.Set<Editorial>().AsNoTracking()
            where e.Id == id
            join g in db.Groups on e.Item.GroupId equals g.Id
            where db.GroupTools.Any(t => t.GroupId == g.Id && t.ToolKey == VeilleModule.ToolKey && t.Enabled)
            from p in db.Set<VeilleProfile>().Where(p => p.GroupId == g.Id).DefaultIfEmpty()
            select new { e.Slug, e.Item, Group = g.Slug, Publication = p.Name ?? g.Name, IsTerritory = p != null && p.ServesTerritory }).FirstOrDefaultAsync(cancellation);
        if (editorial is null) return null;

        var item = editorial.Item;
        return new AnnouncedText
        {
            Event = "edito.published",
            Id = item.ShortId,
            Publication = editorial.Publication,
            Title = OutletTexts.EditorialTitle.With(item.Title),
            Summary = item.Excerpt,
            Address = platform.Absolute(editorial.IsTerritory ? VeilleAddress.TerritoryEditorial(editorial.Slug) : VeilleAddress.Editorial(editorial.Group, item.ShortId, item.Title)),
            PublishedAt = item.CreatedAt,
        };
    }
}
