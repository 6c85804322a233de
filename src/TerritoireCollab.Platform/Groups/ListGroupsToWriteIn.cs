using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Platform.Groups;

/// <summary>A group to write in.</summary>
/// <param name="Slug">Its part of the address.</param>
/// <param name="Name">Its name.</param>
/// <param name="Summary">Its sentence.</param>
public sealed record GroupToWriteIn(string Slug, string Name, string Summary);

/// <summary>Lists the groups in which a member may create with a tool, for what is begun outside any group.</summary>
public sealed class ListGroupsToWriteIn(AppDb database, ModuleCatalog modules)
{
    /// <summary>By name.</summary>
    /// <param name="viewer">The member.</param>
    /// <param name="create">The right to create with a tool.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<IReadOnlyList<GroupToWriteIn>> ExecuteAsync(Viewer viewer, Permission create, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (me, tool) = (viewer.MemberId, modules.Tool(create.CreatesIn!)!);
        var mine = await (from m in db.Memberships.AsNoTracking()
                          where m.MemberId == me && m.State == MembershipState.Active && m.Role >= create.Least
                          join g in db.Groups on m.GroupId equals g.Id
                          where g.ArchivedAt == null
                          from t in db.GroupTools.Where(t => t.GroupId == g.Id && t.ToolKey == tool.Key).DefaultIfEmpty()
                          orderby g.FoldedName
                          select new { g.Slug, g.Name, g.Summary, m.Role, Enabled = (bool?)t!.Enabled, Creators = (GroupRole?)t.Creators }).ToListAsync(cancellation);
        return [.. mine.Where(g => (g.Enabled ?? tool.EnabledByDefault) && g.Role >= (g.Creators ?? tool.DefaultCreators)).Select(g => new GroupToWriteIn(g.Slug, g.Name, g.Summary))];
    }
}
