using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Platform.Uploads;

/// <summary>
/// Files sent piece by piece by the protocol tus 1.0.0: core, creation, creation-with-upload, termination, expiration and checksum. What is refused is
/// answered by its status and a sentence of plain text.
/// </summary>
public static class TusEndpoints
{
    /// <summary>Where uploads begin.</summary>
    public const string Root = "/depots";

    private const string Version = "1.0.0";
    private const string PieceType = "application/offset+octet-stream";
    private const int ChecksumMismatch = 460;

    /// <summary>Maps them.</summary>
    public static void MapUploads(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods(Root + "/{id?}", [HttpMethods.Options], Offer);
        var uploads = endpoints.MapGroup(Root).AddEndpointFilter<ApiGuard>().AddEndpointFilter(RefuseAsync);
        uploads.MapPost("", BeginAsync);
        // The server asks for a HEAD as for a GET, and leaves the body out.
        uploads.MapGet("/{id:guid}", ShowAsync);
        uploads.MapMethods("/{id:guid}", [HttpMethods.Patch], AppendAsync);
        uploads.MapDelete("/{id:guid}", DropAsync);
        // Where something on the way lets nothing else through.
        uploads.MapPost("/{id:guid}", InsteadAsync);
    }

    private static IResult Offer(HttpContext http, FileStoreOptions options)
    {
        var headers = http.Response.Headers;
        headers["Tus-Resumable"] = Version;
        headers["Tus-Version"] = Version;
        headers["Tus-Extension"] = "creation,creation-with-upload,termination,expiration,checksum";
        headers["Tus-Checksum-Algorithm"] = "sha1,sha256";
        headers["Tus-Max-Size"] = Number(options.MaxUploadLength);
        return Results.NoContent();
    }

    private static async Task<IResult> BeginAsync(HttpContext http, [AsParameters] Handlers handlers, CurrentViewer current, CancellationToken cancellation)
    {
        var request = http.Request;
        if (Number(request, "Upload-Length") is not { } length) throw new BadHttpRequestException("Upload-Length");

        var metadata = TusMetadata.Read(request.Headers["Upload-Metadata"].ToString()) ?? throw new BadHttpRequestException("Upload-Metadata");
        var checksum = Checksum(request);
        var upload = await handlers.Begin.ExecuteAsync(current.Viewer, metadata.GetValueOrDefault("filename"), length, cancellation);
        http.Response.Headers.Location = $"{request.PathBase}{Root}/{upload.Id:N}";
        if (request.ContentType != PieceType)
        {
            Tell(http, new(upload.Name, 0, upload.Length, upload.ExpiresAt));
            return Results.StatusCode(StatusCodes.Status201Created);
        }

        try
        {
            Tell(http, await PieceAsync(http, handlers, current.Viewer, upload.Id, 0, checksum, cancellation));
            return Results.StatusCode(StatusCodes.Status201Created);
        }
        catch (Exception failure) when (failure is UploadChecksumException or UploadTooLongException)
        {
            // Its sender has not been told where it is.
            await handlers.Drop.ExecuteAsync(current.Viewer, upload.Id, cancellation);
            throw;
        }
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Guid id, [AsParameters] Handlers handlers, CurrentViewer current, CancellationToken cancellation)
    {
        var state = await handlers.Read.ExecuteAsync(current.Viewer, id, cancellation);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Upload-Length"] = Number(state.Length);
        http.Response.Headers["Upload-Metadata"] = TusMetadata.Write("filename", state.Name);
        Tell(http, state);
        return Results.Ok();
    }

    private static async Task<IResult> AppendAsync(HttpContext http, Guid id, [AsParameters] Handlers handlers, CurrentViewer current, CancellationToken cancellation)
    {
        if (http.Request.ContentType != PieceType) return Refused(StatusCodes.Status415UnsupportedMediaType, PlatformTexts.UploadPieceType);
        if (Number(http.Request, "Upload-Offset") is not { } offset) throw new BadHttpRequestException("Upload-Offset");

        Tell(http, await PieceAsync(http, handlers, current.Viewer, id, offset, Checksum(http.Request), cancellation));
        return Results.NoContent();
    }

    private static async Task<IResult> DropAsync(Guid id, [AsParameters] Handlers handlers, CurrentViewer current, CancellationToken cancellation)
    {
        await handlers.Drop.ExecuteAsync(current.Viewer, id, cancellation);
        return Results.NoContent();
    }

    private static Task<IResult> InsteadAsync(HttpContext http, Guid id, [AsParameters] Handlers handlers, CurrentViewer current, CancellationToken cancellation) => http.Request.Headers["X-HTTP-Method-Override"].ToString().ToUpperInvariant() switch
    {
        "PATCH" => AppendAsync(http, id, handlers, current, cancellation),
        "DELETE" => DropAsync(id, handlers, current, cancellation),
        "HEAD" => ShowAsync(http, id, handlers, current, cancellation),
        _ => throw new NotFoundException(),
    };

    private static Task<UploadState> PieceAsync(HttpContext http, Handlers handlers, Viewer viewer, Guid id, long offset, PieceChecksum? checksum, CancellationToken cancellation)
    {
        // As large as the upload says, which was agreed on when it began.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        return handlers.Append.ExecuteAsync(viewer, id, offset, http.Request.Body, http.Request.ContentLength, checksum, cancellation);
    }

    private static void Tell(HttpContext http, UploadState state)
    {
        http.Response.Headers["Upload-Offset"] = Number(state.Offset);
        if (!state.IsWhole) http.Response.Headers["Upload-Expires"] = state.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
    }

    private static async ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers["Tus-Resumable"] = Version;
        if (http.Request.Headers["Tus-Resumable"] != Version)
        {
            http.Response.Headers["Tus-Version"] = Version;
            return Refused(StatusCodes.Status412PreconditionFailed, PlatformTexts.UploadOtherVersion.With(Version));
        }

        try
        {
            return await next(context);
        }
        catch (Exception failure) when (Refusal(failure) is var (status, sentence))
        {
            http.Response.Headers.Location = default;
            return Refused(status, sentence);
        }
    }

    private static (int Status, string Sentence)? Refusal(Exception failure) => failure switch
    {
        NotFoundException => (StatusCodes.Status404NotFound, PlatformTexts.UploadNotThere),
        UploadBusyException => (StatusCodes.Status423Locked, PlatformTexts.UploadBusy),
        UploadOffsetException => (StatusCodes.Status409Conflict, PlatformTexts.UploadOtherOffset),
        UploadTooLongException => (StatusCodes.Status413PayloadTooLarge, PlatformTexts.UploadTooLong),
        UploadChecksumException => (ChecksumMismatch, PlatformTexts.UploadChecksumDiffers),
        InvalidInputException invalid => (StatusCodes.Status413PayloadTooLarge, invalid.Message),
        ForbiddenException forbidden => (StatusCodes.Status403Forbidden, forbidden.Message),
        StorageFullException full => (StatusCodes.Status507InsufficientStorage, full.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad and not { InnerException: IOException } => (StatusCodes.Status400BadRequest, PlatformTexts.UploadUnreadable.With(bad.Message)),
        _ => null,
    };

    private static IResult Refused(int status, string sentence) => Results.Text(sentence, "text/plain", Encoding.UTF8, status);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static long? Number(HttpRequest request, string header) =>
        long.TryParse(request.Headers[header].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static PieceChecksum? Checksum(HttpRequest request)
    {
        const string header = "Upload-Checksum";
        if (request.Headers[header].ToString() is not { Length: > 0 } text) return null;

        HashAlgorithmName? algorithm = text.Split(' ')[0] switch { "sha1" => HashAlgorithmName.SHA1, "sha256" => HashAlgorithmName.SHA256, _ => null };
        var value = new byte[64];
        return algorithm is { } known && text.Split(' ') is [_, var written] && Convert.TryFromBase64String(written, value, out var length)
            ? new(known, value[..length])
            : throw new BadHttpRequestException(header);
    }

    /// <summary>What uploads need, taken from the services.</summary>
    internal sealed record Handlers(BeginUpload Begin, AppendUpload Append, ReadUploads Read, DropUploads Drop);
}
