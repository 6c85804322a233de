using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Platform.Attachments;

/// <summary>A file received from a form or a program and already in the store.</summary>
/// <param name="Name">Name as sent, cleaned by <see cref="FileNames.Clean"/>.</param>
/// <param name="Stored">Where its bytes are.</param>
public sealed record ReceivedFile(string Name, StoredBytes Stored);

/// <summary>Attaches received files to a content or a comment.</summary>
public sealed class AttachmentWriter(TimeProvider clock)
{
    /// <summary>Most files sent at once.</summary>
    public const int Most = 10;

    /// <summary>Adds the rows to <paramref name="db"/>; the caller saves and counts.</summary>
    public async Task AttachAsync(AppDbContext db, Guid itemId, Guid? commentId, IReadOnlyList<ReceivedFile> files, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var file in files)
        {
            var row = await StoredFileAsync(db, file.Stored, now, cancellation);
            db.Attachments.Add(new Attachment { ItemId = itemId, CommentId = commentId, FileId = row.Id, Name = file.Name, CreatedAt = now });
        }
    }

    /// <summary>The row of those bytes, made when they are new.</summary>
    public static async Task<StoredFile> StoredFileAsync(AppDbContext db, StoredBytes bytes, DateTime now, CancellationToken cancellation)
    {
        var present = db.Files.Local.FirstOrDefault(f => f.Sha256 == bytes.Sha256) ?? await db.Files.FirstOrDefaultAsync(f => f.Sha256 == bytes.Sha256, cancellation);
        if (present is not null) return present;

        var row = new StoredFile { Sha256 = bytes.Sha256, Length = bytes.Length, ContentType = bytes.ContentType, CreatedAt = now };
        db.Files.Add(row);
        return row;
    }
}
