using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Folders;
using TerritoireCollab.Files.Quota;
using TerritoireCollab.Files.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Files.Shelf;

/// <summary>A file that comes back goes into its folder, or on top while that one is in the trash, under a name that is free there. One that goes to another group stands on top; there must be place for it.</summary>
internal sealed class FollowFile(GroupQuota quota) : IContentCompanion
{
    /// <inheritdoc />
    public string Kind => FilesModule.FileKind;

    /// <inheritdoc />
    public async Task RestoredAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        if (await FileAsync(db, item, cancellation) is not { } file) return;

        var stands = file.FolderId is { } folder && await db.Set<FileFolder>().AnyAsync(f => f.Id == folder && f.DeletedAt == null, cancellation);
        await PlaceAsync(db, item, file, stands ? file.FolderId : null, cancellation);
    }

    /// <inheritdoc />
    public async Task MovedAsync(AppDbContext db, ContentItem item, Guid from, CancellationToken cancellation)
    {
        if (await FileAsync(db, item, cancellation) is not { } file) return;

        // Before the move is saved: what the file takes is still counted where it was.
        var place = await quota.ReadAsync(db, item.GroupId, cancellation);
        var wanted = await db.Set<FileVersion>().Where(v => v.ItemId == item.Id).Select(v => new { v.FileId, v.File!.Length }).Distinct().SumAsync(f => f.Length, cancellation);
        if (wanted > place.Left) throw new ForbiddenException(FilesTexts.QuotaFullThere.With(AttachmentList.Size(wanted), AttachmentList.Size(place.Left)));

        await PlaceAsync(db, item, file, null, cancellation);
    }

    private static Task<GroupFile?> FileAsync(AppDbContext db, ContentItem item, CancellationToken cancellation) =>
        db.Set<GroupFile>().IgnoreQueryFilters([AppDbContext.DeletedFilter]).FirstOrDefaultAsync(f => f.Id == item.Id, cancellation);

    private static async Task PlaceAsync(AppDbContext db, ContentItem item, GroupFile file, Guid? folder, CancellationToken cancellation)
    {
        file.Name = FreeNames.Of(file.Name, await AddFiles.NamesAsync(db, item.GroupId, folder, [file.Id], cancellation));
        (file.FolderId, file.NameKey) = (folder, GroupFile.KeyOf(file.Name));
    }
}
