using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Documents;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Files.Drawing;

/// <summary>Wakes <see cref="DrawPages"/>.</summary>
internal sealed class DrawingWake : WorkerWake;

/// <summary>
/// Draws the first pages of PDF files once they are kept, one file at a time. What is left to do is read from the database: files that came before
/// the program was installed are drawn too.
/// </summary>
internal sealed partial class DrawPages(AppDb database, FileStore store, PdfPages pdf, DrawingWake wake, TimeProvider clock, ILogger<DrawPages> log) : IWorker
{
    /// <summary>Type of the files that are drawn.</summary>
    public const string PdfType = "application/pdf";

    private const int MostAtOnce = 20;
    private const int MostAttempts = 3;
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        if (!pdf.IsInstalled) return 0;

        var done = 0;
        for (var due = await DueAsync(cancellation); due.Count > 0; due = await DueAsync(cancellation))
            foreach (var file in due)
            {
                await KeepAsync(file, await TryDrawAsync(file, cancellation), cancellation);
                done++;
            }

        return done;
    }

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => wake.WaitAsync(Sweep, cancellation);

    private async Task<List<Due>> DueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await (from file in db.Files
                      where file.ContentType == PdfType && file.Check != FileCheck.Waiting && file.Check != FileCheck.Quarantined
                      where db.Set<GroupFile>().Any(f => f.FileId == file.Id) && !db.Set<DrawnFile>().Any(d => d.FileId == file.Id && d.DrawnAt != null)
                      orderby file.CreatedAt descending
                      select new Due(file.Id, file.Sha256)).Take(MostAtOnce).ToListAsync(cancellation);
    }

    private async Task<IReadOnlyList<byte[]>> TryDrawAsync(Due file, CancellationToken cancellation)
    {
        if (!await BeginAsync(file.Id, cancellation)) return [];

        try
        {
            await using var stream = await store.OpenAsync(file.Sha256, cancellation);
            return (await pdf.DrawAsync(stream, cancellation)).Pictures;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(failure, file.Id);
            return [];
        }
    }

    private async Task<bool> BeginAsync(Guid file, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var drawn = await db.Set<DrawnFile>().FirstOrDefaultAsync(d => d.FileId == file, cancellation);
        if (drawn is null) db.Add(drawn = new DrawnFile { FileId = file });
        if (drawn.Attempts >= MostAttempts) return false;

        drawn.Attempts++;
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private async Task KeepAsync(Due file, IReadOnlyList<byte[]> pictures, CancellationToken cancellation)
    {
        var stored = new List<(StoredBytes Bytes, int Width, int Height)>(pictures.Count);
        foreach (var picture in pictures)
        {
            if (PictureSize.Of(picture) is not var (width, height)) break;

            using var stream = new MemoryStream(picture, writable: false);
            // Made here of what was let through: nobody has to look at it again.
            stored.Add((await store.AddAsync(stream, "page.jpg", cancellation) with { Check = FileCheck.None }, width, height));
        }

        await database.TransactAsync(Viewer.System, async (db, token) =>
        {
            // Erased meanwhile, or drawn by another process.
            if (await db.Set<DrawnFile>().FirstOrDefaultAsync(d => d.FileId == file.Id && d.DrawnAt == null, token) is not { } drawn) return false;

            drawn.DrawnAt = clock.GetUtcNow().UtcDateTime;
            foreach (var (index, picture) in stored.Index())
            {
                var row = await AttachmentWriter.StoredFileAsync(db, picture.Bytes, drawn.DrawnAt.Value, token);
                db.Add(new DrawnPage { FileId = file.Id, Number = index + 1, PictureId = row.Id, Picture = row, Width = picture.Width, Height = picture.Height });
            }

            await db.SaveChangesAsync(token);
            return true;
        }, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No picture could be made of the file {Id}.")]
    private partial void LogFailed(Exception failure, Guid id);

    private sealed record Due(Guid Id, string Sha256);
}
