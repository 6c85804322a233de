using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Editorials;

/// <summary>An édito that a program publishes.</summary>
/// <param name="Title">Title.</param>
/// <param name="Body">The text, in Markdown.</param>
/// <param name="Month">Its month, such as <c>2026-11</c>; the last complete one when absent.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>; as the group's veille is set when absent.</param>
/// <param name="Tags">Tags.</param>
public sealed record NewEditorial(string? Title, string? Body, string? Month, string? Audience, IReadOnlyList<string>? Tags);

/// <summary>What a program corrects of an édito; what is absent stays.</summary>
/// <param name="Title">Title.</param>
/// <param name="Body">The text, in Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>.</param>
/// <param name="Tags">Tags.</param>
/// <param name="Version">The version that was read: the correction is refused when somebody has corrected since.</param>
public sealed record EditorialChange(string? Title, string? Body, string? Audience, IReadOnlyList<string>? Tags, int? Version);

/// <summary>The éditos under <c>/api/v1</c>, by the handlers of their pages.</summary>
internal static class EditorialApi
{
    private static readonly ApiKind Kind = new(VeilleModule.EditorialKind, "editorials", "Editorial");

    // No month: refused at its field by the handler.
    private const int Unreadable = 0;

    public static void MapEditorialApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithTags("veille");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("/groups/{slug}/editorials", ListAsync).WithName("listEditorials").WithSummary(EditorialTexts.ApiList);
        api.MapPost("/groups/{slug}/editorials", WriteAsync).WithName("writeEditorial").WithSummary(EditorialTexts.ApiWrite);
        api.MapGet("/veille/editorials", ListOfTerritoryAsync).WithName("listTerritoryEditorials").WithSummary(EditorialTexts.ApiTerritoryList);
        api.MapGet("/editorials/{id}", ReadAsync).WithName("readEditorial").WithSummary(EditorialTexts.ApiRead);
        api.MapPatch("/editorials/{id}", ChangeAsync).WithName("changeEditorial").WithSummary(EditorialTexts.ApiChange);
        api.MapDelete("/editorials/{id}", RemoveAsync).WithName("removeEditorial").WithSummary(EditorialTexts.ApiRemove);
        api.MapComments(Kind, EditorialTexts.ApiComments, EditorialTexts.ApiComment);
    }

    private static Task<CursorPage<ApiEditorial>> ListAsync(string slug, string? after, int? limit, ReadEditorialsApi read, CurrentViewer current, CancellationToken cancellation) =>
        read.ListAsync(current.Viewer, slug, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);

    private static Task<CursorPage<ApiEditorial>> ListOfTerritoryAsync(string? after, int? limit, ReadEditorialsApi read, CurrentViewer current, CancellationToken cancellation) =>
        read.ListAsync(current.Viewer, null, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);

    private static async Task<Created<ApiEditorial>> WriteAsync(string slug, NewEditorial body, WriteEditorial write, ReadEditorialsApi read, CurrentViewer current, CancellationToken cancellation)
    {
        var content = new ContentInput { Title = body.Title ?? "", Body = body.Body ?? "", Audience = AudienceWord.Parse(body.Audience), Tags = TagList.Typed(body.Tags) };
        var id = await write.ExecuteAsync(current.Viewer, slug, new(content, body.Month is null ? null : EditorialMonth.Parse(body.Month) ?? Unreadable), cancellation);
        return TypedResults.Created($"/api/v1/editorials/{id}", await read.OneAsync(current.Viewer, id, cancellation));
    }

    private static Task<ApiEditorial> ReadAsync(string id, ReadEditorialsApi read, CurrentViewer current, CancellationToken cancellation) => read.OneAsync(current.Viewer, id, cancellation);

    private static async Task<ApiEditorial> ChangeAsync(string id, EditorialChange body, CorrectEditorial correct, ReadEditorialsApi read, CurrentViewer current, CancellationToken cancellation)
    {
        var form = await correct.ReadAsync(current.Viewer, id, cancellation);
        var content = new ContentInput { Title = body.Title ?? form.Title, Body = body.Body ?? form.Body, Audience = AudienceWord.Parse(body.Audience) ?? form.Audience, Tags = TagList.Typed(body.Tags) ?? form.Tags };
        await correct.ExecuteAsync(current.Viewer, id, new(content, body.Version ?? form.Version), cancellation);
        return await read.OneAsync(current.Viewer, id, cancellation);
    }

    private static async Task<NoContent> RemoveAsync(string id, RemoveEditorial remove, CurrentViewer current, CancellationToken cancellation)
    {
        await remove.ExecuteAsync(current.Viewer, id, cancellation);
        return TypedResults.NoContent();
    }
}
