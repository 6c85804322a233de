using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Documents;
using TerritoireCollab.Files.Drawing;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Files.Texts;

/// <summary>Wakes <see cref="ReadFileTexts"/>.</summary>
internal sealed class FileTextWake : WorkerWake;

/// <summary>
/// Reads the text of files once they are kept, so that the search finds what they say: bringing a file waits for no reader. What is left to do is read
/// from the database; a file on which the process ends is given up after some times, and holds up no other.
/// </summary>
internal sealed partial class ReadFileTexts(AppDb database, FileStore store, PdfText pdf, ContentWriter writer, FileTextWake wake, DrawingWake drawing, ILogger<ReadFileTexts> log) : IWorker
{
    private const int MostAtOnce = 20;
    private const int MostAttempts = 3;
    private const long MostBytes = 256L * 1024 * 1024;
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(60);
    private static readonly ExtractionLimits Limits = new() { Characters = FileText.MostCharacters };

    /// <inheritdoc />
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var done = 0;
        for (var due = await DueAsync(cancellation); due.Count > 0; due = await DueAsync(cancellation))
            foreach (var file in due)
            {
                await SettleAsync(file, cancellation);
                done++;
            }

        // Their pages are drawn once their text is found.
        if (done > 0) drawing.Wake();
        return done;
    }

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => wake.WaitAsync(Sweep, cancellation);

    private async Task<List<Due>> DueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await (from text in db.Set<FileText>().IgnoreQueryFilters([AppDbContext.DeletedFilter])
                      where text.State == FileTextState.Waiting
                      join file in db.Set<GroupFile>().IgnoreQueryFilters([AppDbContext.DeletedFilter]) on text.ItemId equals file.Id
                      // What the antivirus has not let through waits with it.
                      where file.File!.Check != FileCheck.Waiting
                      orderby file.Item.CreatedAt
                      select new Due(file.Id, file.Name, file.FileId, file.File!.Sha256, file.File.ContentType, file.File.Length, text.Attempts)).Take(MostAtOnce).ToListAsync(cancellation);
    }

    private async Task SettleAsync(Due file, CancellationToken cancellation)
    {
        var read = file.Attempts >= MostAttempts ? Failed(DocumentFault.Broken) : await TryReadAsync(file, cancellation);
        await using var db = database.Open(Viewer.System);
        var text = await db.Set<FileText>().IgnoreQueryFilters([AppDbContext.DeletedFilter]).Include(t => t.Item).FirstOrDefaultAsync(t => t.ItemId == file.Id, cancellation);
        // Replaced or erased meanwhile: the new version waits in its own right.
        if (text is null || !await db.Set<GroupFile>().IgnoreQueryFilters([AppDbContext.DeletedFilter]).AnyAsync(f => f.Id == file.Id && f.FileId == file.FileId, cancellation)) return;

        (text.State, text.Fault, text.Text, text.IsCut) = (read.State, read.Fault, read.Text, read.IsCut);
        if (text.Item.DeletedAt is null) writer.Record(db, ActivityKinds.ItemEdited, text.Item, quiet: true, actorId: text.Item.AuthorId);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task<Reading> TryReadAsync(Due file, CancellationToken cancellation)
    {
        await using (var db = database.Open(Viewer.System))
            await db.Set<FileText>().IgnoreQueryFilters([AppDbContext.DeletedFilter]).Where(t => t.ItemId == file.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Attempts, t => t.Attempts + 1), cancellation);
        if (file.Length > MostBytes) return Failed(DocumentFault.TooLarge);

        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(MostTime);
        try
        {
            return await ReadAsync(file, time.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed(DocumentFault.TooSlow);
        }
        catch (FileHeldException)
        {
            return new(FileTextState.NoText, null, "", false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(failure, file.Id);
            return Failed(DocumentFault.Broken);
        }
    }

    private async Task<Reading> ReadAsync(Due file, CancellationToken cancellation)
    {
        if (file.ContentType != PdfType && !TextExtractor.Reads(file.Name)) return new(FileTextState.NoText, null, "", false);

        await using var stream = await store.OpenAsync(file.Sha256, cancellation);
        var read = file.ContentType == PdfType ? (await pdf.ExtractAsync(stream, Limits, cancellation)).Text : TextExtractor.Extract(stream, file.Name, Limits, cancellation);
        var text = read.ToPlainText();
        return new(read.Fault is null || text.Length > 0 ? FileTextState.Read : FileTextState.Failed, read.Fault, text.Length > FileText.MostCharacters ? text[..FileText.MostCharacters] : text, read.IsTruncated);
    }

    private const string PdfType = "application/pdf";

    private static Reading Failed(DocumentFault fault) => new(FileTextState.Failed, fault, "", false);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The text of the file {Id} could not be read.")]
    private partial void LogFailed(Exception failure, Guid id);

    private sealed record Due(Guid Id, string Name, Guid FileId, string Sha256, string ContentType, long Length, int Attempts);

    private sealed record Reading(FileTextState State, DocumentFault? Fault, string Text, bool IsCut);
}
