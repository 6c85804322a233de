using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Faces;
using TerritoireCollab.Files.Pages;
using TerritoireCollab.Files.Resources;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Files.Folders;

/// <summary>The folders of the trash: each with what went with it, to animators all, to others those that they made.</summary>
internal sealed class RemovedFolders(Rights rights) : ITrashShelf
{
    private const int Most = 50;

    /// <inheritdoc />
    public string Tool => FilesModule.ToolKey;

    /// <inheritdoc />
    public async Task<IReadOnlyList<TrashRow>> ListAsync(AppDbContext db, Standing standing, CancellationToken cancellation)
    {
        var removed = await db.Set<FileFolder>().AsNoTracking().Where(f => f.GroupId == standing.GroupId && f.DeletedAt != null)
            .Select(f => new { Folder = f, Author = db.Members.Where(m => m.Id == f.CreatedById).Select(m => m.Name).FirstOrDefault() }).ToListAsync(cancellation);
        if (removed.Count == 0) return [];

        var files = await db.Set<GroupFile>().IgnoreQueryFilters([AppDbContext.DeletedFilter]).Where(f => f.Item.GroupId == standing.GroupId && f.FolderId != null && f.Item.DeletedAt != null)
            .GroupBy(f => new { Folder = f.FolderId!.Value, At = f.Item.DeletedAt!.Value }).Select(g => new { g.Key.Folder, g.Key.At, Count = g.Count() }).ToListAsync(cancellation);
        var folders = removed.ConvertAll(r => r.Folder);
        return
        [
            .. from row in removed
               let folder = row.Folder
               where !folders.Exists(f => f.Id == folder.ParentId && f.DeletedAt == folder.DeletedAt) && rights.Allows(FilesModule.RemoveFolder, standing, folder.CreatedById)
               orderby folder.DeletedAt descending
               let along = Along(folders, folder)
               let count = files.Where(f => f.At == folder.DeletedAt && along.Any(a => a.Id == f.Folder)).Sum(f => f.Count)
               select new TrashRow(folder.ShortId, FilesModule.ToolKey, FilesTexts.RemovedFolder.With(folder.Name), null, FileWords.Inside(along.Count - 1, count), row.Author ?? "", folder.DeletedAt!.Value, $"{FileAddress.List(standing.Slug)[1..]}/dossiers/{folder.ShortId}/retablir"),
        ];
    }

    /// <inheritdoc />
    public async Task PurgeAsync(AppDbContext db, DateTime removed, CancellationToken cancellation)
    {
        string[] trash = [AppDbContext.DeletedFilter];
        var past = db.Set<FileFolder>().Where(f => f.DeletedAt < removed && !db.Set<FileFolder>().Any(within => within.ParentId == f.Id)
            && !db.Set<GroupFile>().IgnoreQueryFilters(trash).Any(file => file.FolderId == f.Id));
        // The innermost first: a folder goes once none stands in it.
        var rounds = 0;
        while (rounds++ < FileFolder.MostDeep && await past.ExecuteDeleteAsync(cancellation) > 0) continue;
    }

    /// <summary>A folder of the trash and all that went into it at that moment with it.</summary>
    public static IReadOnlyList<FileFolder> Along(IReadOnlyCollection<FileFolder> removed, FileFolder folder)
    {
        List<FileFolder> found = [folder];
        for (var at = 0; at < found.Count; at++) found.AddRange(removed.Where(f => f.ParentId == found[at].Id && f.DeletedAt == folder.DeletedAt && !found.Contains(f)));
        return found;
    }
}
