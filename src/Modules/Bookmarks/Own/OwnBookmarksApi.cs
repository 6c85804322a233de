using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Bookmarks.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Tags;

namespace TerritoireCollab.Bookmarks.Own;

/// <summary>A link that a program keeps for its member.</summary>
/// <param name="Title">Title.</param>
/// <param name="Address">Address of the page of the web.</param>
/// <param name="Note">What the member says of it, plain text.</param>
/// <param name="Tags">Tags.</param>
public sealed record NewOwnApiBookmark(string? Title, string? Address, string? Note, IReadOnlyList<string>? Tags);

/// <summary>A link that a member keeps for himself, for programs.</summary>
/// <param name="Id">Short identifier.</param>
/// <param name="Title">Title.</param>
/// <param name="Address">Address of the page of the web.</param>
/// <param name="Note">What the member says of it, plain text.</param>
/// <param name="Tags">Tags.</param>
/// <param name="CreatedAt">When it was kept.</param>
public sealed record ApiOwnBookmark(string Id, string Title, string Address, string Note, IReadOnlyList<string> Tags, DateTime CreatedAt);

/// <summary>A member's own links under <c>/api/v1/me</c>, by the handlers of their pages.</summary>
internal static class OwnBookmarksApi
{
    public static void MapOwnBookmarksApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1/me/bookmarks").WithTags("bookmarks");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("", ListAsync).WithName("listOwnBookmarks").WithSummary(BookmarksTexts.ApiOwnList);
        api.MapPost("", KeepAsync).WithName("keepOwnBookmark").WithSummary(BookmarksTexts.ApiOwnAdd);
    }

    private static async Task<CursorPage<ApiOwnBookmark>> ListAsync(string? q, string? after, int? limit, ListOwnBookmarks list, CurrentViewer current, CancellationToken cancellation)
    {
        var page = await list.FromAsync(current.Viewer, q, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);
        return new([.. page.Items.Select(Json)], page.Next);
    }

    private static async Task<Created<ApiOwnBookmark>> KeepAsync(NewOwnApiBookmark body, KeepOwnBookmark keep, ListOwnBookmarks list, CurrentViewer current, CancellationToken cancellation)
    {
        var kept = await keep.ExecuteAsync(current.Viewer, new(body.Address, body.Title, body.Note, TagList.Typed(body.Tags)), cancellation);
        if (kept.WasThere) throw new InvalidInputException(nameof(body.Address), BookmarksTexts.OwnAlready);

        return TypedResults.Created("/api/v1/me/bookmarks", Json(await list.OneAsync(current.Viewer, kept.ShortId, cancellation)));
    }

    private static ApiOwnBookmark Json(OwnBookmarkRow row) => new(row.ShortId, row.Title, row.Address, row.Note, row.Tags, row.CreatedAt);
}
