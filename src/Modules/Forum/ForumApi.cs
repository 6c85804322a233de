using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Forum.Resources;
using TerritoireCollab.Forum.Topics;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Tags;

namespace TerritoireCollab.Forum;

/// <summary>A thread that a program starts.</summary>
/// <param name="Title">Title.</param>
/// <param name="Body">First message, in Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>; the group's own choice when absent.</param>
/// <param name="Tags">Tags.</param>
/// <param name="IsQuestion">Whether it asks for an answer.</param>
public sealed record NewDiscussion(string? Title, string? Body, string? Audience, IReadOnlyList<string>? Tags, bool IsQuestion = false);

/// <summary>What a program changes of a thread; what is absent stays.</summary>
/// <param name="Title">Title.</param>
/// <param name="Body">First message, in Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>.</param>
/// <param name="Tags">Tags.</param>
/// <param name="IsQuestion">Whether it asks for an answer.</param>
/// <param name="Version">The version that was read: the change is refused when somebody has edited since.</param>
public sealed record DiscussionChange(string? Title, string? Body, string? Audience, IReadOnlyList<string>? Tags, bool? IsQuestion, int? Version);

/// <summary>The forum under <c>/api/v1</c>, by the handlers of its pages.</summary>
internal static class ForumApi
{
    private static readonly ApiKind Kind = new(ForumModule.TopicKind, "discussions", "Discussion");

    public static void MapForumApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithTags("discussions");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("/groups/{slug}/discussions", ListAsync).WithName("listDiscussions").WithSummary(ForumTexts.ApiList);
        api.MapPost("/groups/{slug}/discussions", StartAsync).WithName("startDiscussion").WithSummary(ForumTexts.ApiStart);
        api.MapGet("/discussions/{id}", ReadAsync).WithName("readDiscussion").WithSummary(ForumTexts.ApiRead);
        api.MapPatch("/discussions/{id}", ChangeAsync).WithName("changeDiscussion").WithSummary(ForumTexts.ApiChange);
        api.MapRemoval(Kind, ForumTexts.ApiRemove);
        api.MapComments(Kind, ForumTexts.ApiComments, ForumTexts.ApiAnswer);
    }

    private static Task<CursorPage<ApiDiscussion>> ListAsync(string slug, string? after, int? limit, ReadDiscussions read, CurrentViewer current, CancellationToken cancellation) =>
        read.ListAsync(current.Viewer, slug, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);

    private static async Task<Created<ApiDiscussion>> StartAsync(string slug, NewDiscussion body, StartTopic start, ReadDiscussions read, CurrentViewer current, CancellationToken cancellation)
    {
        var content = new ContentInput { Title = body.Title ?? "", Body = body.Body ?? "", Audience = AudienceWord.Parse(body.Audience), Tags = TagList.Typed(body.Tags) };
        var id = await start.ExecuteAsync(current.Viewer, slug, new StartTopicInput(content, body.IsQuestion, []), cancellation);
        return TypedResults.Created($"/api/v1/discussions/{id}", await read.OneAsync(current.Viewer, id, cancellation));
    }

    private static Task<ApiDiscussion> ReadAsync(string id, ReadDiscussions read, CurrentViewer current, CancellationToken cancellation) =>
        read.OneAsync(current.Viewer, id, cancellation);

    private static async Task<ApiDiscussion> ChangeAsync(string id, DiscussionChange body, EditTopic edit, ReadDiscussions read, CurrentViewer current, CancellationToken cancellation)
    {
        var form = await edit.ReadAsync(current.Viewer, id, cancellation);
        var content = new ContentInput { Title = body.Title ?? form.Title, Body = body.Body ?? form.Body, Audience = AudienceWord.Parse(body.Audience) ?? form.Audience, Tags = TagList.Typed(body.Tags) ?? form.Tags };
        await edit.ExecuteAsync(current.Viewer, id, new EditTopicInput(content, body.IsQuestion ?? form.IsQuestion, body.Version ?? form.Version), cancellation);
        return await read.OneAsync(current.Viewer, id, cancellation);
    }
}
