using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Letters.Reading;
using TerritoireCollab.Letters.Resources;
using TerritoireCollab.Letters.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Paging;

namespace TerritoireCollab.Letters;

/// <summary>A letter that a program sends.</summary>
/// <param name="Title">Title.</param>
/// <param name="Body">The text, in Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>; <c>group</c> when absent.</param>
/// <param name="IsUrgent">Whether it leaves at once to those who get summaries too.</param>
public sealed record NewLetterBody(string? Title, string? Body, string? Audience, bool IsUrgent = false);

/// <summary>What a program corrects of a letter; what is absent stays.</summary>
/// <param name="Title">Title.</param>
/// <param name="Body">The text, in Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>.</param>
/// <param name="Version">The version that was read: the correction is refused when somebody has corrected since.</param>
public sealed record LetterChange(string? Title, string? Body, string? Audience, int? Version);

/// <summary>The letters under <c>/api/v1</c>, by the handlers of their pages.</summary>
internal static class LettersApi
{
    private static readonly ApiKind Kind = new(LettersModule.LetterKind, "letters", "Letter");

    public static void MapLettersApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithTags("letters");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("/groups/{slug}/letters", ListAsync).WithName("listLetters").WithSummary(LettersTexts.ApiList);
        api.MapPost("/groups/{slug}/letters", WriteAsync).WithName("writeLetter").WithSummary(LettersTexts.ApiWrite);
        api.MapGet("/letters/{id}", ReadAsync).WithName("readLetter").WithSummary(LettersTexts.ApiRead);
        api.MapPatch("/letters/{id}", ChangeAsync).WithName("changeLetter").WithSummary(LettersTexts.ApiChange);
        api.MapDelete("/letters/{id}", RemoveAsync).WithName("removeLetter").WithSummary(LettersTexts.ApiRemove);
        api.MapComments(Kind, LettersTexts.ApiComments, LettersTexts.ApiAnswer);
    }

    private static Task<CursorPage<ApiLetter>> ListAsync(string slug, string? after, int? limit, ReadLettersApi read, CurrentViewer current, CancellationToken cancellation) =>
        read.ListAsync(current.Viewer, slug, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);

    private static async Task<Created<ApiLetter>> WriteAsync(string slug, NewLetterBody body, WriteLetter write, ReadLettersApi read, CurrentViewer current, CancellationToken cancellation)
    {
        var content = new ContentInput { Title = body.Title ?? "", Body = body.Body ?? "", Audience = AudienceWord.Parse(body.Audience) };
        var id = await write.ExecuteAsync(current.Viewer, slug, new(content, body.IsUrgent, []), cancellation);
        return TypedResults.Created($"/api/v1/letters/{id}", await read.OneAsync(current.Viewer, id, cancellation));
    }

    private static Task<ApiLetter> ReadAsync(string id, ReadLettersApi read, CurrentViewer current, CancellationToken cancellation) => read.OneAsync(current.Viewer, id, cancellation);

    private static async Task<ApiLetter> ChangeAsync(string id, LetterChange body, CorrectLetter correct, ReadLettersApi read, CurrentViewer current, CancellationToken cancellation)
    {
        var form = await correct.ReadAsync(current.Viewer, id, cancellation);
        var content = new ContentInput { Title = body.Title ?? form.Title, Body = body.Body ?? form.Body, Audience = AudienceWord.Parse(body.Audience) ?? form.Audience };
        await correct.ExecuteAsync(current.Viewer, id, new(content, body.Version ?? form.Version), cancellation);
        return await read.OneAsync(current.Viewer, id, cancellation);
    }

    private static async Task<NoContent> RemoveAsync(string id, RemoveLetter remove, CurrentViewer current, CancellationToken cancellation)
    {
        await remove.ExecuteAsync(current.Viewer, id, cancellation);
        return TypedResults.NoContent();
    }
}
