using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Search;

namespace TerritoireCollab.Search.Finding;

/// <summary>A search as its address holds it.</summary>
/// <param name="Text">As typed.</param>
/// <param name="GroupSlug">Only in that group, or everywhere.</param>
/// <param name="Type">Only that kind, as the address names it, or all.</param>
/// <param name="Page">From 1.</param>
internal sealed record SearchRequest(string? Text, string? GroupSlug, string? Type, int Page);

/// <summary>What a page of results shows.</summary>
/// <param name="Text">What is searched.</param>
/// <param name="Group">The group searched in, if any.</param>
/// <param name="Type">The kind searched, or null for all.</param>
/// <param name="Types">The kinds that can be chosen.</param>
/// <param name="Found">The hits.</param>
/// <param name="Page">From 1.</param>
public sealed record SearchView(string Text, Standing? Group, SearchType? Type, IReadOnlyList<SearchType> Types, SearchPage Found, int Page);

/// <summary>Searches for a page.</summary>
internal sealed class ReadSearch(AppDb database, Rights rights, ModuleCatalog modules, FindEverywhere find)
{
    /// <summary>The page of results.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden from the viewer.</exception>
    public async Task<SearchView> ExecuteAsync(Viewer viewer, SearchRequest request, CancellationToken cancellation)
    {
        var group = await GroupAsync(viewer, request.GroupSlug, cancellation);
        var types = SearchType.All(modules, group);
        var type = types.FirstOrDefault(t => t.Name == request.Type);
        var found = await find.ExecuteAsync(viewer, new SearchInput(request.Text, group?.GroupId, type?.Kind, request.Page), cancellation);
        return new(request.Text?.Trim() ?? "", group, type, types, found, Math.Max(1, request.Page));
    }

    private async Task<Standing?> GroupAsync(Viewer viewer, string? slug, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(slug)) return null;

        await using var db = database.Open(viewer);
        return await rights.StandingAsync(db, slug, cancellation);
    }
}
