using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Paging;

namespace TerritoireCollab.Platform.Content;

/// <summary>A kind of content as the API names it.</summary>
/// <param name="Kind">Key of the kind.</param>
/// <param name="Contents">Its part of the addresses: <c>events</c>.</param>
/// <param name="Noun">Its part of the names of operations: <c>Event</c>.</param>
public sealed record ApiKind(string Kind, string Contents, string Noun);

/// <summary>What the API does with the contents of every tool alike.</summary>
public static class ContentApi
{
    /// <summary>Maps reading and writing the comments of a kind.</summary>
    public static void MapComments(this IEndpointRouteBuilder api, ApiKind kind, string listSummary, string addSummary)
    {
        var route = $"/{kind.Contents}/{{id}}/comments";
        api.MapGet(route, (string id, string? after, int? limit, ReadComments read, CurrentViewer current, CancellationToken cancellation) =>
            read.PageAsync(current.Viewer, kind.Kind, id, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation)).WithName($"list{kind.Noun}Comments").WithSummary(listSummary);

        // It is published, and may have been moved at that very moment: to where its writer does not read, it is confirmed without a body.
        api.MapPost(route, async (string id, NewComment body, ReadComments read, CurrentViewer current, CancellationToken cancellation) =>
            TypedResults.Created($"/api/v1/{kind.Contents}/{id}/comments", await read.WriteAsync(current.Viewer, kind.Kind, id, body, cancellation))).WithName($"add{kind.Noun}Comment").WithSummary(addSummary);
    }

    /// <summary>Maps the way to the trash, for a kind that has no gesture of its own for it.</summary>
    public static void MapRemoval(this IEndpointRouteBuilder api, ApiKind kind, string summary) =>
        api.MapDelete($"/{kind.Contents}/{{id}}", async (string id, RemoveContent remove, CurrentViewer current, CancellationToken cancellation) =>
        {
            await remove.ExecuteAsync(current.Viewer, kind.Kind, id, cancellation);
            return TypedResults.NoContent();
        }).WithName($"remove{kind.Noun}").WithSummary(summary);
}
