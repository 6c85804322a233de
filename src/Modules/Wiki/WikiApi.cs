using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Wiki.Resources;
using TerritoireCollab.Wiki.Tree;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki;

/// <summary>A page that a program writes.</summary>
/// <param name="Title">Title.</param>
/// <param name="Body">Markdown; <c>[[Titre]]</c> links to a page of the group.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>; the group's own choice when absent.</param>
/// <param name="Tags">Tags.</param>
/// <param name="Parent">Short identifier of the page that it stands under; none for the top.</param>
/// <param name="Writers"><c>members</c> or <c>animators</c>; as its parent when absent.</param>
public sealed record NewApiPage(string? Title, string? Body, string? Audience, IReadOnlyList<string>? Tags, string? Parent = null, string? Writers = null);

/// <summary>What a program changes of a page; what is absent stays.</summary>
/// <param name="Title">Title.</param>
/// <param name="Body">Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>.</param>
/// <param name="Tags">Tags.</param>
/// <param name="Version">The version that was read: what was saved since is put together with the change, which is refused where both have changed the same words.</param>
/// <param name="Comment">What is changed, in words.</param>
/// <param name="Parent">Short identifier of the page to put it under, empty for the top.</param>
/// <param name="Writers"><c>members</c> or <c>animators</c>.</param>
public sealed record ApiPageChange(string? Title, string? Body, string? Audience, IReadOnlyList<string>? Tags, int? Version, string? Comment = null, string? Parent = null, string? Writers = null);

/// <summary>Pages under <c>/api/v1</c>, by the handlers of the screens.</summary>
internal static class WikiApi
{
    private static readonly ApiKind Kind = new(WikiModule.PageKind, "pages", "Page");

    public static void MapWikiApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithTags("pages");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("/groups/{slug}/pages", ListAsync).WithName("listPages").WithSummary(WikiTexts.ApiList);
        api.MapPost("/groups/{slug}/pages", CreateAsync).WithName("createPage").WithSummary(WikiTexts.ApiCreate);
        api.MapGet("/pages/{id}", ReadAsync).WithName("readPage").WithSummary(WikiTexts.ApiRead);
        api.MapPatch("/pages/{id}", ChangeAsync).WithName("changePage").WithSummary(WikiTexts.ApiChange);
        api.MapDelete("/pages/{id}", RemoveAsync).WithName("removePage").WithSummary(WikiTexts.ApiRemove);
        api.MapComments(Kind, WikiTexts.ApiComments, WikiTexts.ApiComment);
    }

    private static Task<CursorPage<ApiPage>> ListAsync(string slug, string? after, int? limit, ReadPages read, CurrentViewer current, CancellationToken cancellation) =>
        read.ListAsync(current.Viewer, slug, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);

    private static async Task<Created<ApiPage>> CreateAsync(string slug, NewApiPage body, CreatePage create, ReadPages read, CurrentViewer current, CancellationToken cancellation)
    {
        var content = new ContentInput { Title = body.Title ?? "", Body = body.Body ?? "", Audience = AudienceWord.Parse(body.Audience), Tags = TagList.Typed(body.Tags) };
        var id = await create.ExecuteAsync(current.Viewer, slug, new CreatePageInput(content, body.Parent, []) { Writers = WritersWord.Parse(body.Writers) }, cancellation);
        return TypedResults.Created($"/api/v1/pages/{id}", await read.OneAsync(current.Viewer, id, cancellation));
    }

    private static Task<ApiPage> ReadAsync(string id, ReadPages read, CurrentViewer current, CancellationToken cancellation) =>
        read.OneAsync(current.Viewer, id, cancellation);

    private static async Task<ApiPage> ChangeAsync(string id, ApiPageChange body, EditPage edit, ArrangePage arrange, ReadPages read, CurrentViewer current, CancellationToken cancellation)
    {
        var form = await edit.ReadAsync(current.Viewer, id, cancellation);
        if (body.Parent is not null || body.Writers is not null) await arrange.ExecuteAsync(current.Viewer, id, new ArrangeInput(body.Parent, Writers: WritersWord.Parse(body.Writers)), cancellation);
        if (body.Title is not null || body.Body is not null || body.Audience is not null || body.Tags is not null)
        {
            var content = new ContentInput { Title = body.Title ?? form.Title, Body = body.Body ?? form.Body, Audience = AudienceWord.Parse(body.Audience) ?? form.Audience, Tags = TagList.Typed(body.Tags) ?? form.Tags };
            await edit.ExecuteAsync(current.Viewer, id, new EditPageInput { Content = content, Version = body.Version ?? form.Version, TagsBefore = body.Tags is null ? form.Tags : null, Comment = body.Comment }, cancellation);
        }

        return await read.OneAsync(current.Viewer, id, cancellation);
    }

    private static async Task<NoContent> RemoveAsync(string id, RemovePage remove, CurrentViewer current, CancellationToken cancellation)
    {
        await remove.ExecuteAsync(current.Viewer, id, withUnder: false, cancellation);
        return TypedResults.NoContent();
    }
}
