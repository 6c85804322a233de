using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Uploads;

/// <summary>A whole file that waits for its form.</summary>
/// <param name="Id">Its upload.</param>
/// <param name="Name">Its name.</param>
/// <param name="Length">Size in bytes.</param>
public sealed record WaitingUpload(Guid Id, string Name, long Length);

/// <summary>Reads a member's own uploads; those of others do not exist.</summary>
public sealed class ReadUploads(AppDb database, UploadFolder folder, FinishUpload finish, TimeProvider clock)
{
    /// <summary>How far an upload has come.</summary>
    /// <exception cref="NotFoundException">Absent, given up, used, or of somebody else.</exception>
    public async Task<UploadState> ExecuteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var upload = await RequireAsync(db, id, clock.GetUtcNow().UtcDateTime, cancellation);
        var offset = upload.Sha256 is null ? folder.LengthOf(id) ?? throw new NotFoundException() : upload.Length;
        if (offset < upload.Length || upload.FileId is not null) return new(upload.Name, offset, upload.Length, upload.ExpiresAt);

        // Whole, and not in the store: the process ended in between.
        return await finish.ExecuteAsync(viewer, upload, cancellation);
    }

    /// <summary>Which of these uploads wait, whole, for the viewer's form: in one question, in the order given.</summary>
    public async Task<IReadOnlyList<WaitingUpload>> WaitingAsync(Viewer viewer, IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (ids.Count == 0 || !viewer.IsMember) return [];

        await using var db = database.Open(viewer);
        var found = await db.Uploads.Where(u => ids.Contains(u.Id) && u.MemberId == viewer.MemberId && u.ClaimedAt == null && u.FileId != null).Select(u => new WaitingUpload(u.Id, u.Name, u.Length)).ToListAsync(cancellation);
        return [.. ids.Join(found, id => id, u => u.Id, (_, upload) => upload)];
    }

    internal static async Task<Upload> RequireAsync(AppDbContext db, Guid id, DateTime now, CancellationToken cancellation)
    {
        var member = db.Viewer.MemberId;
        return await db.Uploads.AsNoTracking().FirstOrDefaultAsync(u => u.Id == id && u.MemberId == member && u.ClaimedAt == null && u.ExpiresAt > now, cancellation) ?? throw new NotFoundException();
    }
}
