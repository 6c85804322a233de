using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Inbox.News;
using TerritoireCollab.Inbox.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Paging;

namespace TerritoireCollab.Inbox;

/// <summary>A page of notifications, newest first.</summary>
/// <param name="Items">On this page.</param>
/// <param name="Next">Value of <c>after</c> for the next page, or null.</param>
/// <param name="Unread">Not read yet, in all.</param>
public sealed record ApiNotifications(IReadOnlyList<ApiNotification> Items, string? Next, int Unread);

/// <summary>A notification.</summary>
/// <param name="Id">Key.</param>
/// <param name="Kind">What happened, such as <c>comment.created</c>.</param>
/// <param name="Reason">Why the member is told: <c>group</c>, <c>following</c>, <c>mention</c>, <c>author</c>, <c>animator</c>, <c>personal</c>.</param>
/// <param name="Text">In words.</param>
/// <param name="Url">Where to see it.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Group">Name of the group.</param>
/// <param name="Title">Title of the content.</param>
/// <param name="CreatedAt">When, UTC.</param>
/// <param name="ReadAt">When it was read, UTC, or null.</param>
public sealed record ApiNotification(
    Guid Id, string Kind, string Reason, string Text, string Url, string Actor, string? Group, string? Title, DateTime CreatedAt, DateTime? ReadAt);

/// <summary>The notifications in the API.</summary>
internal static class InboxApi
{
    public static void MapInboxApi(this IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/api/v1/notifications", ListAsync).AddEndpointFilter<ApiGuard>().WithTags("notifications").WithName("listNotifications").WithSummary(InboxTexts.ApiNotifications);

    private static async Task<ApiNotifications> ListAsync(string? after, int? limit, ListNews news, CurrentViewer current, PlatformOptions platform, CancellationToken cancellation)
    {
        var cursor = NewsCursor.Parse(after);
        if (!string.IsNullOrEmpty(after) && cursor is null) throw PageCursor.Unknown();

        var page = await news.ExecuteAsync(current.Viewer, cursor, PageCursor.Limit(limit), cancellation);
        return new([.. page.Lines.Select(l => new ApiNotification(
            l.Id, l.Kind, l.Reason.ToString().ToLowerInvariant(), l.Text, platform.Absolute(l.Address).AbsoluteUri, l.Actor, l.Group, l.Title, l.At, l.ReadAt))], page.Next, page.Unread);
    }
}
