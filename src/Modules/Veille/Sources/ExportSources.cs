using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Syndication;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Sources;

/// <summary>Writes the sources of a group as OPML 2.0, folder by folder: what another reader imports.</summary>
internal sealed class ExportSources(AppDb database, Rights rights, ModuleCatalog modules, TimeProvider clock)
{
    /// <summary>The list.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no veille, or the viewer is no member.</exception>
    public async Task<OpmlDocument> ExecuteAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.PoolOfAsync(db, modules, groupSlug, cancellation);
        var followed = await db.Set<GroupSource>().AsNoTracking().Where(s => s.GroupId == standing.GroupId).Include(s => s.Source).ToListAsync(cancellation);
        var ordered = followed.OrderBy(s => s.Folder, StringComparer.CurrentCultureIgnoreCase).ThenBy(s => s.Name ?? s.Source!.Title, StringComparer.CurrentCultureIgnoreCase).ToList();
        var folders = ordered.Where(s => s.Folder is not null).GroupBy(s => s.Folder!).Select(f => (OpmlOutline)new OpmlFolder { Text = f.Key, Children = [.. f.Select(Outline)] });
        return new OpmlDocument
        {
            Title = SourceTexts.ExportTitle.With(standing.Name),
            DateCreated = clock.GetUtcNow(),
            OwnerName = standing.Name,
            Outlines = [.. folders, .. ordered.Where(s => s.Folder is null).Select(Outline)],
        };
    }

    // A page has no feed to subscribe to: other readers open it.
    private static OpmlOutline Outline(GroupSource followed) => followed.Source!.Selectors is not null ? new OpmlLink { Text = followed.Name ?? followed.Source.Title, Address = new Uri(followed.Source.Address) } : new OpmlSubscription
    {
        Text = followed.Name ?? followed.Source!.Title,
        FeedAddress = new Uri(followed.Source!.Address),
        SiteAddress = followed.Source.SiteAddress is { } site ? new Uri(site) : null,
        Description = followed.Source.Description,
    };
}
