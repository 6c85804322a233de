using TerritoireCollab.Files.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Files.Folders;

/// <summary>Renames a folder and finds it its place; what is in it goes with it.</summary>
internal sealed class ArrangeFolder(AppDb database, Rights rights)
{
    /// <summary>The form.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no files, or there is no such folder.</exception>
    /// <exception cref="ForbiddenException">The viewer may not arrange folders.</exception>
    public async Task<FolderForm> ReadAsync(Viewer viewer, string groupSlug, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, FilesModule.Arrange, groupSlug, cancellation);
        var tree = await FolderTree.ReadAsync(db, standing.GroupId, cancellation);
        var folder = tree.At(shortId) ?? throw new NotFoundException();
        return new(standing, tree, tree.Find(folder.ParentId), folder);
    }

    /// <summary>Renames and moves it.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no files, or there is no such folder.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group.</exception>
    /// <exception cref="InvalidInputException">No name, one that stands there already, a place inside itself or too deep.</exception>
    public Task ExecuteAsync(Viewer viewer, string groupSlug, string shortId, string? name, string? parent, CancellationToken cancellation) =>
        ArrangeAsync(viewer, groupSlug, shortId, _ => name, parent, cancellation);

    /// <summary>Moves it under the name that it has.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task MoveAsync(Viewer viewer, string groupSlug, string shortId, string? parent, CancellationToken cancellation) =>
        ArrangeAsync(viewer, groupSlug, shortId, folder => folder.Name, parent, cancellation);

    private Task ArrangeAsync(Viewer viewer, string groupSlug, string shortId, Func<FileFolder, string?> nameOf, string? parent, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, FilesModule.Arrange, groupSlug, token);
        await ContentWriter.HoldCeilingAsync(db, standing.GroupId, token);
        var tree = await FolderTree.ReadAsync(db, standing.GroupId, token);
        var folder = tree.At(shortId) ?? throw new NotFoundException();
        var (name, around) = (nameOf(folder), tree.At(parent));
        var rules = new Rules();
        FolderRules.CheckName(rules, tree, around, folder, name);
        rules.Check(around is null || !tree.From(folder).Contains(around), CreateFolder.ParentField, FilesTexts.FolderInItself);
        if (!rules.AnyBroken) rules.Check(tree.PathOf(around).Count + tree.HeightOf(folder) <= FileFolder.MostDeep, CreateFolder.ParentField, FilesTexts.FolderTooDeep.With(FileFolder.MostDeep));
        rules.Demand();

        (folder.Name, folder.ParentId) = (FolderRules.Clean(name), around?.Id);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
