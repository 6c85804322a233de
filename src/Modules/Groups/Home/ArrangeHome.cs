using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Groups.Home;

/// <summary>The blocks of the home page, for the animators who put them in order.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Tools">Its tools in their order, and whether their blocks are shown.</param>
public sealed record HomeOrderView(Standing Standing, IReadOnlyList<(Tool Tool, bool IsShown)> Tools);

/// <summary>Puts the blocks of the home page of a group in order, leaves one out, takes it back.</summary>
internal sealed class ArrangeHome(AppDb database, Rights rights, ModuleCatalog modules)
{
    /// <summary>The blocks as they stand.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    public async Task<HomeOrderView> ReadAsync(Viewer viewer, string slug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, GroupPermissions.Edit, slug, cancellation);
        return new(standing, [.. standing.HomeOrder(modules.Tools).Select(t => (t, !standing.IsOffHome(t)))]);
    }

    /// <summary>Moves a block by that many places; at an end it stays.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has not this tool.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    public Task MoveAsync(Viewer viewer, string slug, string toolKey, int by, CancellationToken cancellation) => ChangeAsync(viewer, slug, toolKey, (tools, rows) =>
    {
        var at = tools.FindIndex(t => t.Key == toolKey);
        var to = Math.Clamp(at + by, 0, tools.Count - 1);
        (tools[at], tools[to]) = (tools[to], tools[at]);
        foreach (var (place, tool) in tools.Index()) rows[tool.Key].HomePlace = place;
    }, cancellation);

    /// <summary>Shows a block, or leaves it out.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has not this tool.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    public Task ShowAsync(Viewer viewer, string slug, string toolKey, bool isShown, CancellationToken cancellation) =>
        ChangeAsync(viewer, slug, toolKey, (_, rows) => rows[toolKey].IsOffHome = !isShown, cancellation);

    private Task ChangeAsync(Viewer viewer, string slug, string toolKey, Action<List<Tool>, Dictionary<string, GroupTool>> change, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.Edit, slug, token);
        var tools = standing.HomeOrder(modules.Tools).ToList();
        if (!tools.Exists(t => t.Key == toolKey)) throw new NotFoundException();

        var rows = await db.GroupTools.Where(t => t.GroupId == standing.GroupId).ToDictionaryAsync(t => t.ToolKey, token);
        // A row says what it said before it was there.
        foreach (var tool in tools.Where(t => !rows.ContainsKey(t.Key)))
            db.GroupTools.Add(rows[tool.Key] = new GroupTool { GroupId = standing.GroupId, ToolKey = tool.Key, Enabled = true, Creators = standing.CreatorsOf(tool) });
        change(tools, rows);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
