using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Sources;

/// <summary>A source that a program adds.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Name">What the group calls it.</param>
/// <param name="Folder">Where it is filed.</param>
public sealed record NewSource(string? Url, string? Name, string? Folder)
{
    /// <summary>How the page is read by CSS selectors, where the site has no feed; null for a feed.</summary>
    public PageSelectors? Selectors { get; init; }
}

/// <summary>A source in the API.</summary>
public sealed record ApiSource
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }
    /// <summary>What the group calls it, or its own title.</summary>
    public required string Name { get; init; }
    /// <summary>Its address.</summary>
    public required string Url { get; init; }
    /// <summary>Address of its site, or null.</summary>
    public string? SiteUrl { get; init; }
    /// <summary>How its page is read; null for a feed.</summary>
    public PageSelectors? Selectors { get; init; }
    /// <summary>Where it is filed, or null.</summary>
    public string? Folder { get; init; }
    /// <summary>Whether its news stay out of the pool.</summary>
    public required bool IsMuted { get; init; }
    /// <summary>Whether something is wrong with it.</summary>
    public required bool IsFailing { get; init; }
    /// <summary>How it does, in words.</summary>
    public required string Health { get; init; }
    /// <summary>News that it brought first.</summary>
    public required int Received { get; init; }
    /// <summary>Of these, published.</summary>
    public required int Published { get; init; }
}

/// <summary>Sources under <c>/api/v1</c>, by the handlers of their page; <c>/veille</c> is the group that serves the territory.</summary>
internal static class SourcesApi
{
    public static void MapSourcesApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithTags("veille");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("/veille/sources", async (AppDb database, ListSources list, CurrentViewer current, CancellationToken cancellation) =>
            await ListAsync(await TerritoryAsync(database, current, cancellation), list, current, cancellation)).WithName("listTerritorySources").WithSummary(SourceTexts.ApiList);
        api.MapPost("/veille/sources", async (NewSource body, AppDb database, FollowSources follow, PreviewPage preview, ListSources list, CurrentViewer current, CancellationToken cancellation) =>
            await AddAsync(await TerritoryAsync(database, current, cancellation), body, follow, preview, list, current, cancellation)).WithName("addTerritorySource").WithSummary(SourceTexts.ApiAdd);
        api.MapGet("/groups/{slug}/sources", ListAsync).WithName("listSources").WithSummary(SourceTexts.ApiList);
        api.MapPost("/groups/{slug}/sources", AddAsync).WithName("addSource").WithSummary(SourceTexts.ApiAdd);
    }

    private static async Task<string> TerritoryAsync(AppDb database, CurrentViewer current, CancellationToken cancellation)
    {
        await using var db = database.Open(current.Viewer);
        return (await TerritoryVeille.FindAsync(db, cancellation) ?? throw new NotFoundException()).GroupSlug;
    }

    private static async Task<CursorPage<ApiSource>> ListAsync(string slug, ListSources list, CurrentViewer current, CancellationToken cancellation) =>
        new([.. (await list.ExecuteAsync(current.Viewer, slug, cancellation)).Rows.Select(Json)], null);

    private static async Task<Created<ApiSource>> AddAsync(string slug, NewSource body, FollowSources follow, PreviewPage preview, ListSources list, CurrentViewer current, CancellationToken cancellation)
    {
        string address;
        try
        {
            // As on the screen, a page where nothing is found is not followed.
            if (body.Selectors is { } selectors) await preview.ExecuteAsync(current.Viewer, slug, body.Url, selectors, cancellation);
            address = await follow.ExecuteAsync(current.Viewer, slug, new SourceInput(body.Url, body.Name, body.Folder) { Selectors = body.Selectors }, cancellation);
        }
        catch (InvalidInputException invalid)
        {
            // The fields have other names here.
            throw new InvalidInputException([.. invalid.Rules.Select(r => r.Field switch
            {
                nameof(SourceInput.Address) => r with { Field = nameof(body.Url) },
                nameof(PageSelectors.Item) or nameof(PageSelectors.Title) or nameof(PageSelectors.Link) or nameof(PageSelectors.Date) or nameof(PageSelectors.Summary) => r with { Field = $"{nameof(body.Selectors)}.{r.Field}" },
                _ => r,
            })]);
        }

        var made = (await list.ExecuteAsync(current.Viewer, slug, cancellation)).Rows.First(r => r.Address == address && r.Selectors == (body.Selectors is { } read ? SourceSelectors.Tidy(read) : null));
        return TypedResults.Created($"/api/v1/groups/{slug}/sources", Json(made));
    }

    private static ApiSource Json(SourceRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Url = row.Address,
        SiteUrl = row.SiteAddress,
        Selectors = row.Selectors,
        Folder = row.Folder,
        IsMuted = row.IsMuted,
        IsFailing = row.Health.IsFailing,
        Health = row.Health.Sentence,
        Received = row.Received,
        Published = row.Published,
    };
}
