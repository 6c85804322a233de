using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Bookmarks.Links;

/// <summary>What a page of the web can become.</summary>
/// <param name="Target">What a tool makes of it.</param>
/// <param name="Groups">Where the member may.</param>
public sealed record ShareChoice(IShareTarget Target, IReadOnlyList<GroupToWriteIn> Groups);

/// <summary>Lists what a member may make of a page of the web: one question a tool.</summary>
internal sealed class ListShareChoices(IEnumerable<IShareTarget> targets, ListGroupsToWriteIn groups, ModuleCatalog modules)
{
    /// <summary>Every tool with the groups where the viewer may use it, in the order of the tools; those without a group are left out.</summary>
    public async Task<IReadOnlyList<ShareChoice>> ExecuteAsync(Viewer viewer, CancellationToken cancellation)
    {
        var choices = new List<ShareChoice>();
        foreach (var target in targets.OrderBy(t => modules.Tool(t.Create.CreatesIn!)!.Order))
        {
            var mine = await groups.ExecuteAsync(viewer, target.Create, cancellation);
            if (mine.Count > 0) choices.Add(new(target, mine));
        }

        return choices;
    }

    /// <summary>The same without bookmarks: what a bookmark can become besides.</summary>
    public async Task<IReadOnlyList<IShareTarget>> BesidesAsync(Viewer viewer, CancellationToken cancellation) =>
        viewer.IsMember ? [.. (await ExecuteAsync(viewer, cancellation)).Select(c => c.Target).Where(t => t.Create.CreatesIn != BookmarksModule.ToolKey)] : [];
}
