using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Groups;

/// <summary>The groups that have turned a tool off, for lists that go across groups.</summary>
public static class GroupsWithoutTool
{
    /// <summary>Their keys, to be asked for within another query, once for all of its rows.</summary>
    /// <param name="db">The context.</param>
    /// <param name="tool">Key of the tool, which groups have unless they turned it off.</param>
    public static IQueryable<Guid> GroupsWithout(this AppDbContext db, string tool)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.GroupTools.Where(t => t.ToolKey == tool && !t.Enabled).Select(t => t.GroupId);
    }
}
