using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Resources;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Files.Folders;

/// <summary>Puts a folder into the trash with all that stands in it, and takes it out.</summary>
internal sealed class RemoveFolder(AppDb database, Rights rights, ContentWriter writer, TimeProvider clock)
{
    /// <summary>Puts it into the trash.</summary>
    /// <returns>Short identifier of the folder around it, null on top; and how many files went with it.</returns>
    /// <exception cref="NotFoundException">The group is absent or hidden, or there is no such folder.</exception>
    /// <exception cref="ForbiddenException">Somebody else's folder, or files of others in it, for whoever does not animate the group.</exception>
    public Task<(string? Around, int Files)> ExecuteAsync(Viewer viewer, string groupSlug, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.StandingAsync(db, groupSlug, token);
        await ContentWriter.HoldCeilingAsync(db, standing.GroupId, token);
        var tree = await FolderTree.ReadAsync(db, standing.GroupId, token);
        var folder = tree.At(shortId) ?? throw new NotFoundException();
        rights.Require(FilesModule.RemoveFolder, standing, folder.CreatedById);

        var all = tree.From(folder);
        var items = await ItemsAsync(db, all, null, token);
        if (items.Exists(i => !rights.Allows(GroupPermissions.RemoveItem, standing, i.AuthorId))) throw new ForbiddenException(FilesTexts.FolderHoldsOthers);

        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var removed in all) removed.DeletedAt = now;
        foreach (var item in items)
        {
            writer.Remove(db, item);
            item.DeletedAt = now;
        }

        await db.SaveChangesAsync(token);
        return (tree.Find(folder.ParentId)?.ShortId, items.Count);
    }, cancellation);

    /// <summary>
    /// Takes it out of the trash, with the folders that went with it and those of their files that the viewer may take out; the others find it again
    /// when somebody takes them out. Where it was may be gone: it then stands on top.
    /// </summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, there is no such folder in the trash, or it is not the viewer's to take out.</exception>
    public Task<string> UndoAsync(Viewer viewer, string groupSlug, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.StandingAsync(db, groupSlug, token);
        await ContentWriter.HoldCeilingAsync(db, standing.GroupId, token);
        var removed = await db.Set<FileFolder>().Where(f => f.GroupId == standing.GroupId && f.DeletedAt != null).ToListAsync(token);
        var folder = removed.Find(f => f.ShortId == shortId) ?? throw new NotFoundException();
        if (!rights.Allows(FilesModule.RemoveFolder, standing, folder.CreatedById)) throw new NotFoundException();

        var back = RemovedFolders.Along(removed, folder);
        foreach (var item in await ItemsAsync(db, back, folder.DeletedAt, token))
        {
            if (rights.Allows(GroupPermissions.RemoveItem, standing, item.AuthorId)) writer.Restore(db, item);
        }

        foreach (var one in back) one.DeletedAt = null;
        if (folder.ParentId is { } around && removed.Exists(f => f.Id == around)) folder.ParentId = null;
        var beside = await db.Set<FileFolder>().Where(f => f.GroupId == standing.GroupId && f.DeletedAt == null && f.ParentId == folder.ParentId && f.Id != folder.Id).Select(f => f.Name).ToListAsync(token);
        folder.Name = FreeNames.Of(folder.Name, beside.Select(FileFolder.KeyOf).ToHashSet(), FileFolder.NameLength, FileFolder.KeyOf);
        await db.SaveChangesAsync(token);
        return folder.ShortId;
    }, cancellation);

    // Those that went into the trash at that moment, or those that are in none.
    private static async Task<List<ContentItem>> ItemsAsync(AppDbContext db, IEnumerable<FileFolder> folders, DateTime? removedAt, CancellationToken cancellation)
    {
        var ids = folders.Select(f => f.Id).ToList();
        return await db.Set<GroupFile>().IgnoreQueryFilters([AppDbContext.DeletedFilter]).Where(f => ids.Contains(f.FolderId!.Value) && f.Item.DeletedAt == removedAt).Select(f => f.Item).ToListAsync(cancellation);
    }
}
