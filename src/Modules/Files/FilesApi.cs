using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Files.Resources;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Tags;

namespace TerritoireCollab.Files;

/// <summary>A file that a program brings, as the parts of a form.</summary>
/// <param name="File">The bytes, with their name.</param>
/// <param name="Title">Title; the name of the file when absent.</param>
/// <param name="Body">What it is, in Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>; the group's own choice when absent.</param>
/// <param name="Tags">Tags separated by commas.</param>
/// <param name="Accessible"><c>yes</c>, <c>no</c> or <c>unknown</c>.</param>
/// <param name="Folder">Short identifier of the folder that it goes into; on top when absent.</param>
/// <param name="Same"><c>version</c> makes it a new version of the file of that name in the folder; it gets a number otherwise.</param>
public sealed record NewApiFile(IFormFile File, string? Title, string? Body, string? Audience, string? Tags, string? Accessible, string? Folder, string? Same);

/// <summary>What a program changes of a file; what is absent stays.</summary>
/// <param name="Title">Title.</param>
/// <param name="Body">What it is, in Markdown.</param>
/// <param name="Audience"><c>group</c>, <c>platform</c> or <c>public</c>.</param>
/// <param name="Tags">Tags.</param>
/// <param name="Accessible"><c>yes</c>, <c>no</c> or <c>unknown</c>.</param>
/// <param name="Version">The version that was read: the change is refused when somebody has edited since.</param>
public sealed record FileChange(string? Title, string? Body, string? Audience, IReadOnlyList<string>? Tags, string? Accessible, int? Version);

/// <summary>Files under <c>/api/v1</c>, by the handlers of their pages.</summary>
internal static class FilesApi
{
    private static readonly ApiKind Kind = new(FilesModule.FileKind, "files", "File");

    public static void MapFilesApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithTags("files");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("/groups/{slug}/files", ListAsync).WithName("listFiles").WithSummary(FilesTexts.ApiList);
        api.MapPost("/groups/{slug}/files", AddAsync).WithName("addFile").WithSummary(FilesTexts.ApiAdd).Accepts<NewApiFile>("multipart/form-data");
        api.MapGet("/files/{id}", ReadAsync).WithName("readFile").WithSummary(FilesTexts.ApiRead);
        api.MapGet("/files/{id}/download", (string id, DownloadFile download, CurrentViewer current, HttpContext http, CancellationToken cancellation) => download.ExecuteAsync(current.Viewer, id, http, cancellation))
            .WithName("downloadFile").WithSummary(FilesTexts.ApiDownload).Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream");
        api.MapPatch("/files/{id}", ChangeAsync).WithName("changeFile").WithSummary(FilesTexts.ApiChange);
        api.MapRemoval(Kind, FilesTexts.ApiRemove);
        api.MapComments(Kind, FilesTexts.ApiComments, FilesTexts.ApiComment);
    }

    private static Task<CursorPage<ApiFile>> ListAsync(string slug, string? after, int? limit, ReadFiles read, CurrentViewer current, CancellationToken cancellation) =>
        read.ListAsync(current.Viewer, slug, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation);

    // Read part by part here, and guarded by the key: a form of another site has none.
    private static async Task<Created<ApiFile>> AddAsync(string slug, HttpContext http, ReceiveFiles receive, AddFiles add, ReadFiles read, CurrentViewer current, CancellationToken cancellation)
    {
        if (!http.Request.HasFormContentType) throw new InvalidInputException("file", FilesTexts.FileMissing);

        var files = await receive.ExecuteAsync(http, "file", cancellation);
        if (files.Count != 1) throw new InvalidInputException("file", FilesTexts.ApiOneFile);

        var form = await http.Request.ReadFormAsync(cancellation);
        string? Part(string name) => form.TryGetValue(name, out var value) ? value.ToString() : null;
        var added = await add.ExecuteAsync(current.Viewer, slug, new()
        {
            Files = files,
            Title = Part("title"),
            Body = Part("body") ?? "",
            Audience = AudienceWord.Parse(Part("audience")),
            Tags = Part("tags"),
            Accessible = AccessibilityWord.Parse(Part("accessible")) ?? Accessibility.Unknown,
            Folder = Part("folder"),
            Same = Part("same") == "version" ? SameName.Version : SameName.Number,
        }, cancellation);
        return TypedResults.Created($"/api/v1/files/{added[0].ShortId}", await read.OneAsync(current.Viewer, added[0].ShortId, cancellation));
    }

    private static Task<ApiFile> ReadAsync(string id, ReadFiles read, CurrentViewer current, CancellationToken cancellation) => read.OneAsync(current.Viewer, id, cancellation);

    private static async Task<ApiFile> ChangeAsync(string id, FileChange body, EditFile edit, ReadFiles read, CurrentViewer current, CancellationToken cancellation)
    {
        var form = await edit.ReadAsync(current.Viewer, id, cancellation);
        var content = new ContentInput { Title = body.Title ?? form.Title, Body = body.Body ?? form.Body, Audience = AudienceWord.Parse(body.Audience) ?? form.Audience, Tags = TagList.Typed(body.Tags) ?? form.Tags };
        await edit.ExecuteAsync(current.Viewer, id, new(content, AccessibilityWord.Parse(body.Accessible), body.Version ?? form.Version), cancellation);
        return await read.OneAsync(current.Viewer, id, cancellation);
    }
}
