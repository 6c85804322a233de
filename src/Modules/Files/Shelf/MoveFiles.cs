using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Folders;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Files.Shelf;

/// <summary>Puts files of a group into another of its folders. Whose name stands there already gets a number.</summary>
internal sealed class MoveFiles(AppDb database, Rights rights)
{
    /// <summary>Moves them.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no files, or there is no such folder; files of other groups are left where they are.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group.</exception>
    public Task<int> ExecuteAsync(Viewer viewer, string groupSlug, IReadOnlyCollection<string> shortIds, string? folder, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, FilesModule.Arrange, groupSlug, token);
        await ContentWriter.HoldCeilingAsync(db, standing.GroupId, token);
        var target = (await FolderTree.ReadAsync(db, standing.GroupId, token)).At(folder)?.Id;
        var files = await db.Set<GroupFile>().Where(f => f.Item.GroupId == standing.GroupId && shortIds.Contains(f.Item.ShortId) && f.FolderId != target).OrderBy(f => f.Name).ToListAsync(token);
        var taken = await AddFiles.NamesAsync(db, standing.GroupId, target, [], token);
        foreach (var file in files)
        {
            file.Name = FreeNames.Of(file.Name, taken);
            (file.FolderId, file.NameKey) = (target, GroupFile.KeyOf(file.Name));
            taken.Add(file.NameKey);
        }

        await db.SaveChangesAsync(token);
        return files.Count;
    }, cancellation);
}
