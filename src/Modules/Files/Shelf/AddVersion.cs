using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Quota;
using TerritoireCollab.Files.Resources;
using TerritoireCollab.Files.Texts;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Files.Shelf;

/// <summary>A new version of a file.</summary>
/// <param name="Id">Key proposed by the form, so that sending it twice adds once.</param>
/// <param name="File">The file received and stored.</param>
/// <param name="Comment">What was changed, or null.</param>
public sealed record AddVersionInput(Guid Id, ReceivedFile File, string? Comment);

/// <summary>Puts a new version in the place of the one that holds, or an old one again; the group is told as of a new file, and those who follow it at once.</summary>
internal sealed class AddVersion(AppDb database, Rights rights, GroupQuota quota, FileTextWake wake, TimeProvider clock)
{
    /// <summary>The form: the file as it stands.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or closed.</exception>
    public async Task<(Standing Standing, GroupFile File)> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (item, standing) = await rights.RequireItemAsync(db, FilesModule.AddVersion, shortId, cancellation);
        return (standing, await db.Set<GroupFile>().AsNoTracking().Include(f => f.Item).FirstOrDefaultAsync(f => f.Id == item.Id, cancellation) ?? throw new NotFoundException());
    }

    /// <summary>Adds it.</summary>
    /// <returns>Whether it is one: false where it holds the same bytes as the version that holds.</returns>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or closed.</exception>
    /// <exception cref="InvalidInputException">The comment is too long, or no place is left.</exception>
    public async Task<bool> ExecuteAsync(Viewer viewer, string shortId, AddVersionInput input, CancellationToken cancellation)
    {
        var added = await database.TransactAsync(viewer, async (db, token) =>
        {
            var (file, standing) = await RequireAsync(db, shortId, token);
            if (input.Id != Guid.Empty && await db.Set<FileVersion>().AnyAsync(v => v.Id == input.Id, token)) return true;

            var rules = new Rules();
            rules.Text(input.Comment, nameof(input.Comment), FileVersion.CommentLength, required: false);
            await ContentWriter.HoldCeilingAsync(db, standing.GroupId, token);
            await quota.CheckAsync(db, standing.GroupId, [input.File.Stored], ReceiveFiles.Field, rules, token);
            rules.Demand();

            var stored = await AttachmentWriter.StoredFileAsync(db, input.File, Now, token);
            if (stored.Id == file.FileId) return false;

            // It is called as it was; only a file of another sort takes the ending of its own.
            if (!Path.GetExtension(file.Name).Equals(Path.GetExtension(input.File.Name), StringComparison.OrdinalIgnoreCase))
            {
                file.Name = FreeNames.Of(input.File.Name, await AddFiles.NamesAsync(db, standing.GroupId, file.FolderId, [file.Id], token));
                file.NameKey = GroupFile.KeyOf(file.Name);
            }

            await PutAsync(db, file, new FileVersion { Id = input.Id, ItemId = file.Id, Number = file.VersionNumber + 1, FileId = stored.Id, Name = input.File.Name, Comment = Typed(input.Comment), AuthorId = viewer.MemberId, CreatedAt = Now }, token);
            return true;
        }, cancellation);
        wake.Wake();
        return added;
    }

    /// <summary>Puts an old version again in the place of the one that holds: a version of its own, so that nothing is lost.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash, or no such version.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or closed.</exception>
    public async Task RestoreAsync(Viewer viewer, string shortId, int number, CancellationToken cancellation)
    {
        await database.TransactAsync(viewer, async (db, token) =>
        {
            var (file, _) = await RequireAsync(db, shortId, token);
            var old = await db.Set<FileVersion>().FirstOrDefaultAsync(v => v.ItemId == file.Id && v.Number == number, token) ?? throw new NotFoundException();
            if (old.FileId == file.FileId) return false;

            await PutAsync(db, file, new FileVersion { ItemId = file.Id, Number = file.VersionNumber + 1, FileId = old.FileId, Name = old.Name, Comment = FilesTexts.RestoredComment.With(number), AuthorId = viewer.MemberId, CreatedAt = Now }, token);
            return true;
        }, cancellation);
        wake.Wake();
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static string? Typed(string? comment) => string.IsNullOrWhiteSpace(comment) ? null : comment.Trim();

    // Its row is taken first: two who bring a version at once get two numbers.
    private async Task<(GroupFile File, Standing Standing)> RequireAsync(AppDbContext db, string shortId, CancellationToken cancellation)
    {
        await db.LockAsync(shortId, cancellation);
        var (item, standing) = await rights.RequireItemAsync(db, FilesModule.AddVersion, shortId, cancellation);
        return (await db.Set<GroupFile>().FirstOrDefaultAsync(f => f.Id == item.Id, cancellation) ?? throw new NotFoundException(), standing);
    }

    private async Task PutAsync(AppDbContext db, GroupFile file, FileVersion version, CancellationToken cancellation)
    {
        db.Add(version);
        file.Take(version);
        (file.Item.UpdatedAt, file.Item.LastActivityAt, file.Item.LastActorId) = (Now, Now, db.Viewer.MemberId);
        file.Item.Version++;
        if (await db.Set<FileText>().FirstOrDefaultAsync(t => t.ItemId == file.Id, cancellation) is { } text) text.Wait();
        db.Activities.Add(new Activity
        {
            Kind = ActivityKinds.ItemVersioned,
            ItemId = file.Id,
            GroupId = file.Item.GroupId,
            ActorId = db.Viewer.MemberId,
            Particulars = new ActivityParticulars { Note = version.Comment is { } comment ? FilesTexts.NewVersionWith.With(version.Number, comment) : FilesTexts.NewVersion.With(version.Number) }.ToJson(),
            At = Now,
        });
        await db.SaveChangesAsync(cancellation);
    }
}
