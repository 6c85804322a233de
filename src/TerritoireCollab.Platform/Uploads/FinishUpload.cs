using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Antivirus;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Platform.Uploads;

/// <summary>
/// Puts a whole upload into the store: hash, bytes, row, each noted before the next, so that doing it again after a process ended in between comes to the same end.
/// </summary>
public sealed class FinishUpload(AppDb database, UploadFolder folder, FileStore store, CheckWake wake, TimeProvider clock)
{
    /// <summary>Does what is left to do.</summary>
    /// <exception cref="NotFoundException">It was given up meanwhile.</exception>
    /// <exception cref="UploadBusyException">Another request is at it.</exception>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    public async Task<UploadState> ExecuteAsync(Viewer viewer, Upload upload, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(upload);
        if (upload.FileId is null) await StoreAsync(viewer, upload, cancellation);
        return new(upload.Name, upload.Length, upload.Length, upload.ExpiresAt);
    }

    private async Task StoreAsync(Viewer viewer, Upload upload, CancellationToken cancellation)
    {
        await using var file = folder.Open(upload.Id);
        var bytes = file is null ? await FromStoreAsync(upload, cancellation) : await HandOverAsync(viewer, upload, file, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        upload.ExpiresAt = now + Upload.Keeps;
        upload.FileId = await database.TransactAsync(viewer, async (db, token) =>
        {
            var row = await AttachmentWriter.StoredFileAsync(db, bytes, now, token);
            await db.SaveChangesAsync(token);
            var count = await db.Uploads.Where(u => u.Id == upload.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.FileId, row.Id).SetProperty(u => u.ExpiresAt, upload.ExpiresAt), token);
            return count == 0 ? throw new NotFoundException() : row.Id;
        }, cancellation);
        wake.Wake();
    }

    private async Task<StoredBytes> HandOverAsync(Viewer viewer, Upload upload, FileStream file, CancellationToken cancellation)
    {
        var bytes = await store.ReadAsync(file, upload.Name, cancellation);
        await using (var db = database.Open(viewer)) await db.Uploads.Where(u => u.Id == upload.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.Sha256, bytes.Sha256), cancellation);
        upload.Sha256 = bytes.Sha256;
        await store.TakeAsync(bytes.Sha256, file, cancellation);
        return bytes;
    }

    private async Task<StoredBytes> FromStoreAsync(Upload upload, CancellationToken cancellation)
    {
        if (upload.Sha256 is not { } hash || await store.OpenKeptAsync(hash, cancellation) is not { } content) throw new NotFoundException();

        await using var _ = content;
        return await store.ReadAsync(content, upload.Name, cancellation);
    }
}
