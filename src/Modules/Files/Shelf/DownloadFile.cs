using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Documents;
using TerritoireCollab.Files.Drawing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Files.Shelf;

/// <summary>Gives the bytes of a file to whoever may read it: always as a download, and pictures freed of all that is no picture for its page.</summary>
internal sealed class DownloadFile(AppDb database, FileStore store)
{
    // A larger one is downloaded: it would have to be held whole to be cleaned.
    private const long MostToShow = 12 * 1024 * 1024;
    private const long MostPixels = 50_000_000;

    /// <summary>The version that holds. It is counted once: not for the parts of a download that goes on, nor for a browser that has it.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<IResult> ExecuteAsync(Viewer viewer, string shortId, HttpContext http, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var file = await db.Set<GroupFile>().AsNoTracking().Where(f => f.Item.ShortId == shortId).Select(f => new { f.Id, f.Name, f.File!.Sha256 }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        var answer = await AttachmentAsync(http, file.Name, file.Sha256, cancellation);
        if (IsBegun(http.Request, file.Sha256)) await CountAsync(db, [file.Id], cancellation);
        return answer;
    }

    /// <summary>An old version.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash, or no such version.</exception>
    public async Task<IResult> VersionAsync(Viewer viewer, string shortId, int number, HttpContext http, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var version = await db.Set<FileVersion>().AsNoTracking().Where(v => v.Item.ShortId == shortId && v.Number == number).Select(v => new { v.Name, v.File!.Sha256 }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return await AttachmentAsync(http, version.Name, version.Sha256, cancellation);
    }

    /// <summary>The picture, for the page of its file.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash, or no picture that is shown.</exception>
    public async Task<IResult> PictureAsync(Viewer viewer, string shortId, HttpContext http, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var file = await db.Set<GroupFile>().AsNoTracking().Where(f => f.Item.ShortId == shortId).Select(f => new { f.File!.Sha256, f.File.ContentType, f.File.Length }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        if (!IsShown(file.ContentType, file.Length)) throw new NotFoundException();

        var bytes = new byte[file.Length];
        await using (var stream = await store.OpenAsync(file.Sha256, cancellation)) await stream.ReadExactlyAsync(bytes, cancellation);
        if (PictureSize.Of(bytes) is not var (width, height) || (long)width * height > MostPixels || PictureMetadata.Strip(bytes) is not { } picture) throw new NotFoundException();

        Guard(http, "private, max-age=3600");
        return Results.File(picture, file.ContentType, entityTag: new($"\"{file.Sha256}\""));
    }

    /// <summary>The picture of a page of the version that holds.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash, or no such picture.</exception>
    /// <exception cref="FileHeldException">The antivirus has put the file aside.</exception>
    public async Task<IResult> PageAsync(Viewer viewer, string shortId, int number, HttpContext http, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var page = await (from file in db.Set<GroupFile>()
                          where file.Item.ShortId == shortId
                          join drawn in db.Set<DrawnPage>() on file.FileId equals drawn.FileId
                          where drawn.Number == number
                          select new { file.File!.Check, drawn.Picture!.Sha256 }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        if (page.Check.IsHeld()) throw new FileHeldException(page.Check);

        var picture = await store.OpenAsync(page.Sha256, cancellation);
        Guard(http, "private, max-age=3600");
        return Results.File(picture, PdfPages.ContentType, entityTag: new($"\"{page.Sha256}\""));
    }

    /// <summary>Whether the page of a file shows it as a picture.</summary>
    public static bool IsShown(string contentType, long length) => FileTypes.IsInlineImage(contentType) && length <= MostToShow;

    /// <summary>Counts a download of each.</summary>
    public static Task CountAsync(AppDbContext db, IReadOnlyCollection<Guid> files, CancellationToken cancellation) =>
        db.Set<GroupFile>().Where(f => files.Contains(f.Id)).ExecuteUpdateAsync(set => set.SetProperty(f => f.Downloads, f => f.Downloads + 1), cancellation);

    /// <summary>A download, whatever the bytes are: never a page of this site.</summary>
    /// <exception cref="FileHeldException">The antivirus has not looked at it yet, or has put it aside.</exception>
    public async Task<IResult> AttachmentAsync(HttpContext http, string name, string sha256, CancellationToken cancellation, bool inParts = true)
    {
        var content = await store.OpenAsync(sha256, cancellation);
        Guard(http, "private, no-cache");
        return Results.File(content, FileTypes.Unknown, name, entityTag: inParts ? new($"\"{sha256}\"") : null, enableRangeProcessing: inParts);
    }

    private static void Guard(HttpContext http, string cache)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = cache;
    }

    private static bool IsBegun(HttpRequest request, string sha256)
    {
        if (!HttpMethods.IsGet(request.Method) || request.Headers.IfNoneMatch.ToString().Contains(sha256, StringComparison.Ordinal)) return false;

        var range = request.GetTypedHeaders().Range;
        return range is null || range.Ranges.Any(r => r.From == 0);
    }
}
