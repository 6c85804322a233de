using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Platform.Uploads;

/// <summary>
/// A file that a member sends piece by piece, until a form takes it. How much of it came is the length of its file on disk, which a process that ends
/// suddenly leaves as it was, and never a number of this row.
/// </summary>
public sealed class Upload
{
    /// <summary>Longest name.</summary>
    public const int NameLength = 150;

    /// <summary>How long a file that has not come whole is waited for after its last piece.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromDays(2);

    /// <summary>How long a whole file waits for its form.</summary>
    public static readonly TimeSpan Keeps = TimeSpan.FromDays(7);

    /// <summary>Key, and its name in its address.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose it is.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>Name as sent, cleaned.</summary>
    public required string Name { get; init; }

    /// <summary>Size in bytes, once whole.</summary>
    public required long Length { get; init; }

    /// <summary>Hash of the whole file: what it is known by from when it was read to when it is in the store.</summary>
    public string? Sha256 { get; set; }

    /// <summary>The bytes in the store, once whole.</summary>
    public Guid? FileId { get; set; }

    /// <summary>The bytes in the store, once whole.</summary>
    public StoredFile? File { get; init; }

    /// <summary>When it began.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it is given up.</summary>
    public required DateTime ExpiresAt { get; set; }

    /// <summary>When a form took it: it serves once.</summary>
    public DateTime? ClaimedAt { get; set; }

    /// <summary>Takes the upload of a received file, if one brought it.</summary>
    /// <exception cref="InvalidInputException">Another form has taken it.</exception>
    public static async Task ClaimAsync(AppDbContext db, ReceivedFile file, DateTime now, CancellationToken cancellation)
    {
        if (file.Upload is not { } id) return;

        var member = db.Viewer.MemberId;
        if (await db.Uploads.Where(u => u.Id == id && u.MemberId == member && u.ClaimedAt == null).ExecuteUpdateAsync(set => set.SetProperty(u => u.ClaimedAt, now), cancellation) == 0)
            throw new InvalidInputException(ReceiveFiles.Field, PlatformTexts.UploadTaken.With(file.Name));
    }
}
