using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Uploads;

/// <summary>Gives uploads up: one that its sender wants no more, and at night all that nobody came back for.</summary>
public sealed class DropUploads(AppDb database, UploadFolder folder, TimeProvider clock)
{
    // A file is made before its row.
    private static readonly TimeSpan Beginning = TimeSpan.FromDays(1);

    /// <summary>Gives one up.</summary>
    /// <exception cref="NotFoundException">Absent, given up, used, or of somebody else.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        await ReadUploads.RequireAsync(db, id, clock.GetUtcNow().UtcDateTime, cancellation);
        await db.Uploads.Where(u => u.Id == id && u.ClaimedAt == null).ExecuteDeleteAsync(cancellation);
        folder.Erase(id);
    }

    /// <summary>Clears away what is past its time, and what an end in the middle left: rows, then files. What is in the store and named by nothing else goes with the forgotten files.</summary>
    /// <param name="db">The database, for the system.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task PurgeAsync(AppDbContext db, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Uploads.Where(u => u.ExpiresAt < now).ExecuteDeleteAsync(cancellation);
        var open = await db.Uploads.Where(u => u.FileId == null).Select(u => new { u.Id, u.Sha256 }).ToListAsync(cancellation);
        // Restored from a backup, which holds no pieces, or erased by hand.
        var lost = open.Where(u => u.Sha256 is null && folder.LengthOf(u.Id) is null).Select(u => u.Id).ToList();
        foreach (var some in lost.Chunk(500)) await db.Uploads.Where(u => some.Contains(u.Id)).ExecuteDeleteAsync(cancellation);
        folder.EraseStray(open.Select(u => u.Id).ToHashSet(), now - Beginning);
    }
}
