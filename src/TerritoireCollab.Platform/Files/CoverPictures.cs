using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Files;

/// <summary>Cover pictures: checked, freed of place and device, kept once, and shown so that nothing in them can run.</summary>
public sealed class CoverPictures(FileStore store, TimeProvider clock)
{
    /// <summary>Largest picture, in bytes.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    /// <summary>Field that a broken rule names.</summary>
    public const string Field = "Cover";

    /// <summary>The picture that a form brings, null when it brings none.</summary>
    /// <param name="file">The file as it was posted.</param>
    /// <param name="cancellation">Stops.</param>
    /// <param name="field">Field that a broken rule names.</param>
    /// <exception cref="InvalidInputException">Too large, or not a PNG, JPEG, GIF or WebP picture.</exception>
    public static async Task<byte[]?> ReadAsync(IFormFile? file, CancellationToken cancellation, string field = Field)
    {
        if (file is not { Length: > 0 }) return null;
        if (file.Length > MaxLength) throw new InvalidInputException(field, PlatformTexts.CoverTooLarge);

        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, cancellation);
        return Cleaned(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), field);
    }

    /// <summary>Keeps a picture that <see cref="ReadAsync"/> took; the caller saves.</summary>
    /// <returns>Key of its file.</returns>
    public async Task<Guid> StoreAsync(AppDbContext db, byte[] picture, CancellationToken cancellation)
    {
        using var content = new MemoryStream(picture, writable: false);
        var stored = await store.AddAsync(content, "couverture", cancellation);
        var file = await AttachmentWriter.StoredFileAsync(db, stored, clock.GetUtcNow().UtcDateTime, cancellation);
        return file.Id;
    }

    /// <summary>Answers with a picture.</summary>
    /// <param name="http">The request.</param>
    /// <param name="file">The picture, or null when there is none that the viewer may see.</param>
    /// <param name="isPublic">Whether everybody may see it, so that caches on the way may keep it.</param>
    /// <exception cref="NotFoundException">There is none.</exception>
    public async Task<IResult> AnswerAsync(HttpContext http, StoredFile? file, bool isPublic = false)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (file is null || !FileTypes.IsInlineImage(file.ContentType)) throw new NotFoundException();

        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = isPublic ? "public, max-age=3600" : "private, max-age=3600";
        return Results.File(await store.OpenAsync(file.Sha256, http.RequestAborted), file.ContentType, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""));
    }

    private static byte[] Cleaned(ReadOnlySpan<byte> bytes, string field)
    {
        if (!FileTypes.IsInlineImage(FileTypes.Detect(bytes[..Math.Min(512, bytes.Length)], ""))) throw new InvalidInputException(field, PlatformTexts.CoverNotAPicture);

        return PictureMetadata.Strip(bytes) ?? throw new InvalidInputException(field, PlatformTexts.CoverNotAPicture);
    }
}
