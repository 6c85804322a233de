using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Bookmarks.Links;
using TerritoireCollab.Bookmarks.Quotes;
using TerritoireCollab.Bookmarks.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Tags;

namespace TerritoireCollab.Bookmarks;

/// <summary>A bookmark that a program adds.</summary>
/// <param name="Title">Title.</param>
/// <param name="Address">Address of the page of the web.</param>
/// <param name="Body">Why it matters, in Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>; the group's own choice when absent.</param>
/// <param name="Tags">Tags.</param>
public sealed record NewApiBookmark(string? Title, string? Address, string? Body, string? Audience, IReadOnlyList<string>? Tags);

/// <summary>What a program changes of a bookmark; what is absent stays.</summary>
/// <param name="Title">Title.</param>
/// <param name="Address">Address of the page of the web.</param>
/// <param name="Body">Why it matters, in Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>.</param>
/// <param name="Tags">Tags.</param>
/// <param name="Version">The version that was read: the change is refused when somebody has edited since.</param>
public sealed record BookmarkChange(string? Title, string? Address, string? Body, string? Audience, IReadOnlyList<string>? Tags, int? Version);

/// <summary>Bookmarks under <c>/api/v1</c>, by the handlers of their pages.</summary>
internal static class BookmarksApi
{
    private static readonly ApiKind Kind = new(BookmarksModule.BookmarkKind, "bookmarks", "Bookmark");

    public static void MapBookmarksApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithTags("bookmarks");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("/groups/{slug}/bookmarks", ListAsync).WithName("listBookmarks").WithSummary(BookmarksTexts.ApiList);
        api.MapPost("/groups/{slug}/bookmarks", AddAsync).WithName("addBookmark").WithSummary(BookmarksTexts.ApiAdd);
        api.MapGet("/bookmarks/{id}", ReadAsync).WithName("readBookmark").WithSummary(BookmarksTexts.ApiRead);
        api.MapPatch("/bookmarks/{id}", ChangeAsync).WithName("changeBookmark").WithSummary(BookmarksTexts.ApiChange);
        api.MapRemoval(Kind, BookmarksTexts.ApiRemove);
        api.MapComments(Kind, BookmarksTexts.ApiComments, BookmarksTexts.ApiComment);
        api.MapGet("/bookmarks/{id}/quotes", ListQuotesAsync).WithName("listBookmarkQuotes").WithSummary(BookmarksTexts.ApiQuotes);
        api.MapPost("/bookmarks/{id}/quotes", QuoteAsync).WithName("quoteBookmark").WithSummary(BookmarksTexts.ApiQuote);
        api.MapDelete("/bookmarks/{id}/quotes/{quote:guid}", TakeOffAsync).WithName("removeBookmarkQuote").WithSummary(BookmarksTexts.ApiRemoveQuote);
    }

    private static Task<CursorPage<ApiBookmark>> ListAsync(string slug, string? after, int? limit, ReadBookmarks read, CurrentViewer current, CancellationToken cancellation) =>
        read.ListAsync(current.Viewer, slug, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);

    private static async Task<Created<ApiBookmark>> AddAsync(string slug, NewApiBookmark body, AddBookmark add, ReadBookmarks read, CurrentViewer current, CancellationToken cancellation)
    {
        var content = new ContentInput { Title = body.Title ?? "", Body = body.Body ?? "", Audience = AudienceWord.Parse(body.Audience), Tags = TagList.Typed(body.Tags) };
        var added = await add.ExecuteAsync(current.Viewer, slug, new(content, body.Address), cancellation);
        if (added.AlreadyBy is { } author) throw new InvalidInputException(nameof(body.Address), BookmarksTexts.ApiAlready.With(author, added.ShortId));

        return TypedResults.Created($"/api/v1/bookmarks/{added.ShortId}", await read.OneAsync(current.Viewer, added.ShortId, cancellation));
    }

    private static Task<ApiBookmark> ReadAsync(string id, ReadBookmarks read, CurrentViewer current, CancellationToken cancellation) => read.OneAsync(current.Viewer, id, cancellation);

    private static async Task<ApiBookmark> ChangeAsync(string id, BookmarkChange body, EditBookmark edit, ReadBookmarks read, CurrentViewer current, CancellationToken cancellation)
    {
        var form = await edit.ReadAsync(current.Viewer, id, cancellation);
        var content = new ContentInput { Title = body.Title ?? form.Title, Body = body.Body ?? form.Body, Audience = AudienceWord.Parse(body.Audience) ?? form.Audience, Tags = TagList.Typed(body.Tags) ?? form.Tags };
        await edit.ExecuteAsync(current.Viewer, id, new(content, body.Address, body.Version ?? form.Version), cancellation);
        return await read.OneAsync(current.Viewer, id, cancellation);
    }

    private static async Task<CursorPage<ApiBookmarkQuote>> ListQuotesAsync(string id, ReadQuotes read, CurrentViewer current, CancellationToken cancellation) =>
        new(await read.ExecuteAsync(current.Viewer, id, cancellation), null);

    private static async Task<Created<ApiBookmarkQuote>> QuoteAsync(string id, NewBookmarkQuote body, AddQuote add, ReadQuotes read, CurrentViewer current, CancellationToken cancellation)
    {
        var key = await add.ExecuteAsync(current.Viewer, id, new(Guid.Empty, body.Text, body.Note, body.IsPrivate), cancellation);
        return TypedResults.Created($"/api/v1/bookmarks/{id}/quotes", (await read.ExecuteAsync(current.Viewer, id, cancellation)).FirstOrDefault(q => q.Id == key));
    }

    private static async Task<NoContent> TakeOffAsync(string id, Guid quote, RemoveQuote remove, CurrentViewer current, CancellationToken cancellation)
    {
        await remove.ExecuteAsync(current.Viewer, id, quote, cancellation);
        return TypedResults.NoContent();
    }
}
