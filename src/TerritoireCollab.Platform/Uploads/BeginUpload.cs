using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Platform.Uploads;

/// <summary>Begins to take a file piece by piece.</summary>
public sealed class BeginUpload(AppDb database, UploadFolder folder, FileStoreOptions options, TimeProvider clock)
{
    /// <summary>Most files that a member may have sent and not used yet.</summary>
    public const int Most = 200;

    /// <summary>Begins it.</summary>
    /// <exception cref="InvalidInputException">Empty, or larger than allowed.</exception>
    /// <exception cref="ForbiddenException">Nobody is signed in, or the member has too much waiting already.</exception>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    public async Task<Upload> ExecuteAsync(Viewer viewer, string? name, long length, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.IsMember) throw new NotFoundException();

        var clean = FileNames.Clean(name);
        new Rules().Check(length > 0, "Files", PlatformTexts.FileEmpty.With(clean))
            .Check(length <= options.MaxUploadLength, "Files", PlatformTexts.FileTooLarge.With(clean, options.MaxUploadLength / 1024 / 1024)).Demand();
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = database.Open(viewer);
        var waiting = await db.Uploads.Where(u => u.MemberId == viewer.MemberId && u.ClaimedAt == null && u.ExpiresAt > now).GroupBy(_ => 1)
            .Select(g => new { Count = g.Count(), Bytes = g.Sum(u => u.Length) }).FirstOrDefaultAsync(cancellation);
        if (waiting is not null && (waiting.Count >= Most || waiting.Bytes + length > options.UploadQuota)) throw new ForbiddenException(PlatformTexts.UploadQuota);

        var upload = new Upload { Id = Guid.CreateVersion7(), MemberId = viewer.MemberId, Name = clean, Length = length, CreatedAt = now, ExpiresAt = now + Upload.Waits };
        try
        {
            // The file first: a row without a file would promise what is not there.
            folder.Begin(upload.Id);
        }
        catch (IOException failure) when (StorageFullException.Is(failure))
        {
            throw new StorageFullException();
        }

        db.Uploads.Add(upload);
        await db.SaveChangesAsync(cancellation);
        return upload;
    }
}
