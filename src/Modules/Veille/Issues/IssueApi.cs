using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Issues;

/// <summary>An issue that a program writes; what is absent stays as it was prepared.</summary>
/// <param name="Title">Title beside the number.</param>
/// <param name="Body">The introduction, in Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>, chosen as it is published; as the group's veille is set when absent.</param>
/// <param name="Publish">Whether it leaves at once.</param>
public sealed record NewIssue(string? Title, string? Body, string? Audience, bool Publish = false);

/// <summary>How an issue is published.</summary>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>; as the group's veille is set when absent.</param>
public sealed record IssueDeparture(string? Audience);

/// <summary>The revue under <c>/api/v1</c>, by the handlers of its pages.</summary>
internal static class IssueApi
{
    private static readonly ApiKind Kind = new(VeilleModule.IssueKind, "issues", "Issue");

    public static void MapIssueApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithTags("veille");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("/groups/{slug}/issues", ListAsync).WithName("listIssues").WithSummary(IssueTexts.ApiList);
        api.MapPost("/groups/{slug}/issues", WriteAsync).WithName("writeIssue").WithSummary(IssueTexts.ApiWrite);
        api.MapGet("/veille/issues", ListOfTerritoryAsync).WithName("listTerritoryIssues").WithSummary(IssueTexts.ApiTerritoryList);
        api.MapPost("/veille/issues", WriteOfTerritoryAsync).WithName("writeTerritoryIssue").WithSummary(IssueTexts.ApiTerritoryWrite);
        api.MapPost("/veille/issues/{number:int}/publish", PublishAsync).WithName("publishTerritoryIssue").WithSummary(IssueTexts.ApiPublish);
        api.MapGet("/issues/{id}", ReadAsync).WithName("readIssue").WithSummary(IssueTexts.ApiRead);
        api.MapDelete("/issues/{id}", RemoveAsync).WithName("removeIssue").WithSummary(IssueTexts.ApiRemove);
        api.MapComments(Kind, IssueTexts.ApiComments, IssueTexts.ApiComment);
    }

    private static Task<CursorPage<ApiIssue>> ListAsync(string slug, string? after, int? limit, ReadIssuesApi read, CurrentViewer current, CancellationToken cancellation) =>
        read.ListAsync(current.Viewer, slug, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);

    private static Task<CursorPage<ApiIssue>> ListOfTerritoryAsync(string? after, int? limit, ReadIssuesApi read, CurrentViewer current, CancellationToken cancellation) =>
        read.ListAsync(current.Viewer, null, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);

    private static async Task<Results<Created<ApiIssue>, Ok<ApiIssue>>> WriteAsync(string slug, NewIssue body, [AsParameters] Handlers handlers, CurrentViewer current, CancellationToken cancellation)
    {
        var written = new WrittenIssue(body.Title, body.Body);
        if (body.Publish)
        {
            var id = await handlers.Publish.WrittenAsync(current.Viewer, slug, written, AudienceOf(body.Audience), cancellation);
            return TypedResults.Created($"/api/v1/issues/{id}", await handlers.Read.OneAsync(current.Viewer, id, cancellation));
        }

        // There is no place to keep it in: silence would let a program believe that it was heard.
        new Rules().Check(body.Audience is null, nameof(body.Audience), IssueTexts.AudienceWithPublish).Demand();
        await handlers.Prepare.WrittenAsync(current.Viewer, slug, written, cancellation);
        return TypedResults.Ok(await handlers.Read.OpenAsync(current.Viewer, slug, cancellation));
    }

    private static async Task<Results<Created<ApiIssue>, Ok<ApiIssue>>> WriteOfTerritoryAsync(NewIssue body, [AsParameters] Handlers handlers, CurrentViewer current, CancellationToken cancellation) =>
        await WriteAsync(await handlers.Read.TerritoryAsync(current.Viewer, cancellation), body, handlers, current, cancellation);

    private static async Task<ApiIssue> PublishAsync(int number, IssueDeparture? body, [AsParameters] Handlers handlers, CurrentViewer current, CancellationToken cancellation)
    {
        var slug = await handlers.Read.TerritoryAsync(current.Viewer, cancellation);
        var id = await handlers.Publish.ExecuteAsync(current.Viewer, slug, number, AudienceOf(body?.Audience), cancellation);
        return await handlers.Read.OneAsync(current.Viewer, id, cancellation);
    }

    private static Task<ApiIssue> ReadAsync(string id, ReadIssuesApi read, CurrentViewer current, CancellationToken cancellation) => read.OneAsync(current.Viewer, id, cancellation);

    private static async Task<NoContent> RemoveAsync(string id, RemoveIssue remove, CurrentViewer current, CancellationToken cancellation)
    {
        await remove.ExecuteAsync(current.Viewer, id, cancellation);
        return TypedResults.NoContent();
    }

    private static Audience? AudienceOf(string? word) => word switch
    {
        null => null,
        "group" => Audience.Group,
        "platform" => Audience.Platform,
        "public" => Audience.Public,
        _ => (Audience)(-1),
    };

    /// <summary>What writing an issue needs, taken from the services.</summary>
    internal sealed record Handlers(PrepareIssue Prepare, PublishIssue Publish, ReadIssuesApi Read);
}
