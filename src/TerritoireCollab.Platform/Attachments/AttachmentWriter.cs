using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Uploads;

namespace TerritoireCollab.Platform.Attachments;

/// <summary>A file received from a form or a program and already in the store.</summary>
/// <param name="Name">Name as sent, cleaned by <see cref="FileNames.Clean"/>.</param>
/// <param name="Stored">Where its bytes are.</param>
public sealed record ReceivedFile(string Name, StoredBytes Stored)
{
    /// <summary>The upload that brought it piece by piece, which serves once; null when it came with the form.</summary>
    public Guid? Upload { get; init; }
}

/// <summary>Attaches received files to a content or a comment.</summary>
public sealed class AttachmentWriter(TimeProvider clock)
{
    /// <summary>Most files sent at once.</summary>
    public const int Most = 10;

    /// <summary>The moment of the file after that one: files are listed by their moments, in the order in which they were chosen.</summary>
    public static DateTime After(DateTime at) => at.AddTicks(TimeSpan.TicksPerMicrosecond);

    /// <summary>Adds the rows to <paramref name="db"/>; the caller saves and counts.</summary>
    public async Task AttachAsync(AppDbContext db, Guid itemId, Guid? commentId, IReadOnlyList<ReceivedFile> files, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var at = now;
        foreach (var file in files)
        {
            var row = await StoredFileAsync(db, file.Stored, now, cancellation);
            db.Attachments.Add(new Attachment { ItemId = itemId, CommentId = commentId, FileId = row.Id, Name = file.Name, CreatedAt = at });
            at = After(at);
        }

        if (files.All(f => f.Upload is null)) return;

        // The rows first: a form sent twice is known by them, and must not be told that its files have served.
        await db.SaveChangesAsync(cancellation);
        foreach (var file in files) await Upload.ClaimAsync(db, file, now, cancellation);
    }

    /// <summary>The row of a received file, whose upload serves herewith; in a transaction, so that it goes on waiting when that fails.</summary>
    public static async Task<StoredFile> StoredFileAsync(AppDbContext db, ReceivedFile file, DateTime now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        await Upload.ClaimAsync(db, file, now, cancellation);
        return await StoredFileAsync(db, file.Stored, now, cancellation);
    }

    /// <summary>The row of those bytes, made when they are new.</summary>
    /// <exception cref="InvalidInputException">The antivirus has put them aside.</exception>
    public static async Task<StoredFile> StoredFileAsync(AppDbContext db, StoredBytes bytes, DateTime now, CancellationToken cancellation)
    {
        var present = db.Files.Local.FirstOrDefault(f => f.Sha256 == bytes.Sha256) ?? await db.Files.FirstOrDefaultAsync(f => f.Sha256 == bytes.Sha256, cancellation);
        if (present is { Check: FileCheck.Quarantined }) throw new InvalidInputException(ReceiveFiles.Field, PlatformTexts.FileRefused.With(present.Threat ?? ""));
        if (present is not null) return present;

        var row = new StoredFile { Sha256 = bytes.Sha256, Length = bytes.Length, ContentType = bytes.ContentType, CreatedAt = now, Check = bytes.Check };
        db.Files.Add(row);
        return row;
    }
}
