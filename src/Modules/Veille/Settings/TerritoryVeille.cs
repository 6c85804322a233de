using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Veille.Settings;

/// <summary>The group whose revue is the territory's.</summary>
/// <param name="GroupId">Key of the group.</param>
/// <param name="GroupSlug">Its part of the address.</param>
/// <param name="Name">Name of the revue.</param>
/// <param name="Audience">Who may read the revue.</param>
internal sealed record TerritoryVeille(Guid GroupId, string GroupSlug, string Name, Audience Audience)
{
    /// <summary>The one that serves the territory, if there is one and it has its veille on; whether the viewer may read what it publishes is decided by each content.</summary>
    public static Task<TerritoryVeille?> FindAsync(AppDbContext db, CancellationToken cancellation) =>
        (from p in db.Set<VeilleProfile>()
         where p.ServesTerritory
         join g in db.Groups on p.GroupId equals g.Id
         where g.Visibility == GroupVisibility.AllMembers && db.GroupTools.Any(t => t.GroupId == g.Id && t.ToolKey == VeilleModule.ToolKey && t.Enabled)
         select new TerritoryVeille(g.Id, g.Slug, p.Name ?? g.Name, p.Audience <= g.Ceiling ? p.Audience : g.Ceiling)).FirstOrDefaultAsync(cancellation);
}
