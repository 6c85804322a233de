using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
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

/// <summary>A file that goes with a content.</summary>
/// <param name="Id">Key of the attachment.</param>
/// <param name="Name">Its name.</param>
/// <param name="Length">Size in bytes.</param>
public sealed record AttachedFile(Guid Id, string Name, long Length);

/// <summary>What whoever edits a published content does to its files.</summary>
/// <param name="Added">Files received and stored, to add.</param>
/// <param name="Removed">Keys of the attachments to take off.</param>
public sealed record FileChanges(IReadOnlyList<ReceivedFile> Added, IReadOnlyCollection<Guid> Removed)
{
    /// <summary>Nothing.</summary>
    public static FileChanges None { get; } = new([], []);
}

/// <summary>Attaches received files to a content or a comment.</summary>
public sealed class AttachmentWriter(IEnumerable<IGroupPlace> places, TimeProvider clock)
{
    /// <summary>Most files sent at once.</summary>
    public const int Most = 10;

    /// <summary>The moment of the file after that one: files are listed by their moments, in the order in which they were chosen.</summary>
    public static DateTime After(DateTime at) => at.AddTicks(TimeSpan.TicksPerMicrosecond);

    /// <summary>Adds the rows to <paramref name="db"/>; the caller saves and counts.</summary>
    /// <exception cref="InvalidInputException">The group has no place for them, or the antivirus has put one aside.</exception>
    public async Task AttachAsync(AppDbContext db, Guid itemId, Guid? commentId, IReadOnlyList<ReceivedFile> files, CancellationToken cancellation)
    {
        if (files.Count == 0) return;

        var group = db.Items.Local.FirstOrDefault(i => i.Id == itemId)?.GroupId ?? await db.Items.Where(i => i.Id == itemId).Select(i => i.GroupId).FirstAsync(cancellation);
        foreach (var place in places) await place.RequireAsync(db, group, [.. files.Select(f => f.Stored)], cancellation);

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

    /// <summary>The files of a content, in the order in which they were chosen.</summary>
    public static Task<List<AttachedFile>> OfAsync(AppDbContext db, Guid itemId, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Attachments.AsNoTracking().Where(a => a.ItemId == itemId && a.CommentId == null).OrderBy(a => a.CreatedAt).Select(a => new AttachedFile(a.Id, a.Name, a.File!.Length)).ToListAsync(cancellation);
    }

    /// <summary>Breaks a rule where more files would go with a content than one sends at once.</summary>
    public static async Task CheckAsync(AppDbContext db, Guid itemId, FileChanges changes, Rules rules, CancellationToken cancellation)
    {
        if (changes.Added.Count == 0) return;

        var kept = (await OfAsync(db, itemId, cancellation)).Count(f => !changes.Removed.Contains(f.Id));
        rules.Check(kept + changes.Added.Count <= Most, ReceiveFiles.Field, PlatformTexts.TooManyFiles.With(Most));
    }

    /// <summary>Adds files to a published content and takes others off; the caller holds its row and saves.</summary>
    public async Task ChangeAsync(AppDbContext db, ContentItem item, FileChanges changes, CancellationToken cancellation)
    {
        await AttachAsync(db, item.Id, null, changes.Added, cancellation);
        item.AttachmentCount += changes.Added.Count;
        if (changes.Removed.Count > 0) item.AttachmentCount -= await db.Attachments.Where(a => a.ItemId == item.Id && a.CommentId == null && changes.Removed.Contains(a.Id)).ExecuteDeleteAsync(cancellation);
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
