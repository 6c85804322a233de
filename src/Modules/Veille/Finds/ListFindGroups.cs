using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A group to bring a find to.</summary>
public sealed record FindGroup(string Slug, string Name, string Summary);

/// <summary>Lists the groups to which a member may bring finds.</summary>
internal sealed class ListFindGroups(AppDb database, ModuleCatalog modules)
{
    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<FindGroup>> ExecuteAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (me, tool) = (viewer.MemberId, modules.Tool(VeilleModule.ToolKey)!);
        var mine = await (from m in db.Memberships.AsNoTracking()
                          where m.MemberId == me && m.State == MembershipState.Active && m.Role >= VeilleModule.Propose.Least
                          join g in db.Groups on m.GroupId equals g.Id
                          where g.ArchivedAt == null
                          from t in db.GroupTools.Where(t => t.GroupId == g.Id && t.ToolKey == tool.Key).DefaultIfEmpty()
                          orderby g.Name
                          select new { g.Slug, g.Name, g.Summary, m.Role, Enabled = (bool?)t!.Enabled, Creators = (GroupRole?)t.Creators }).ToListAsync(cancellation);
        return [.. mine.Where(g => (g.Enabled ?? tool.EnabledByDefault) && g.Role >= (g.Creators ?? tool.DefaultCreators)).Select(g => new FindGroup(g.Slug, g.Name, g.Summary))];
    }
}
