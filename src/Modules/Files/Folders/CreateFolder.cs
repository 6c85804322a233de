using TerritoireCollab.Files.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Files.Folders;

/// <summary>What the form of a folder shows.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Tree">Its folders.</param>
/// <param name="Parent">The folder around it; null on top.</param>
/// <param name="Folder">The folder itself; null for a new one.</param>
public sealed record FolderForm(Standing Standing, FolderTree Tree, FileFolder? Parent, FileFolder? Folder);

/// <summary>Makes a folder.</summary>
internal sealed class CreateFolder(AppDb database, Rights rights, TimeProvider clock)
{
    /// <summary>Field of the name.</summary>
    public const string NameField = "Name";

    /// <summary>Field of the folder around it.</summary>
    public const string ParentField = "Parent";

    /// <summary>The form.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no files, or there is no such folder.</exception>
    /// <exception cref="ForbiddenException">The viewer may not make one.</exception>
    public async Task<FolderForm> ReadAsync(Viewer viewer, string groupSlug, string? parent, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, FilesModule.Arrange, groupSlug, cancellation);
        var tree = await FolderTree.ReadAsync(db, standing.GroupId, cancellation);
        return new(standing, tree, tree.At(parent), null);
    }

    /// <summary>Makes it, and returns its short identifier.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no files, or there is no such folder around it.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group.</exception>
    /// <exception cref="InvalidInputException">No name, one that stands there already, or too many folders.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string groupSlug, string? parent, string? name, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, FilesModule.Arrange, groupSlug, token);
        await ContentWriter.HoldCeilingAsync(db, standing.GroupId, token);
        var tree = await FolderTree.ReadAsync(db, standing.GroupId, token);
        var around = tree.At(parent);
        var rules = new Rules();
        FolderRules.CheckName(rules, tree, around, null, name);
        rules.Check(tree.PathOf(around).Count < FileFolder.MostDeep, ParentField, FilesTexts.FolderTooDeep.With(FileFolder.MostDeep));
        rules.Check(tree.All.Count < FileFolder.MostInGroup, NameField, FilesTexts.FolderTooMany.With(FileFolder.MostInGroup));
        rules.Demand();

        var folder = New(standing.GroupId, around?.Id, FolderRules.Clean(name), viewer.MemberId, clock.GetUtcNow().UtcDateTime);
        db.Add(folder);
        await db.SaveChangesAsync(token);
        return folder.ShortId;
    }, cancellation);

    /// <summary>A folder that is to be added.</summary>
    public static FileFolder New(Guid groupId, Guid? parent, string name, Guid author, DateTime at) =>
        new() { GroupId = groupId, ParentId = parent, ShortId = ShortIds.New(), Name = name, CreatedById = author, CreatedAt = at };
}
