using TerritoireCollab.Files.Folders;
using TerritoireCollab.Files.Quota;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Tags;

namespace TerritoireCollab.Files.Shelf;

/// <summary>What the form of files shows.</summary>
/// <param name="Standing">The group.</param>
/// <param name="PlatformMembers">Active members of the platform, for the sentence on who will read.</param>
/// <param name="Tree">The folders of the group.</param>
/// <param name="Folder">The folder that they go into; null on top.</param>
/// <param name="Quota">The place that is taken.</param>
/// <param name="UsualTags">The group's dictionary.</param>
public sealed record NewFileForm(Standing Standing, int PlatformMembers, FolderTree Tree, FileFolder? Folder, QuotaView Quota, IReadOnlyList<string> UsualTags);

/// <summary>Reads what the form of new files shows.</summary>
internal sealed class NewFile(AppDb database, Rights rights, GroupQuota quota)
{
    /// <summary>The form.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no files, or there is no such folder.</exception>
    /// <exception cref="ForbiddenException">The viewer may not bring one there.</exception>
    public async Task<NewFileForm> ExecuteAsync(Viewer viewer, string groupSlug, string? folder, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, FilesModule.Add, groupSlug, cancellation);
        var tree = await FolderTree.ReadAsync(db, standing.GroupId, cancellation);
        return new(standing, await EditContent.PlatformMembersAsync(db, cancellation), tree, tree.At(folder), await quota.ReadAsync(db, standing.GroupId, cancellation),
            await UsualTags.OfAsync(db, standing.GroupId, FilesModule.FileKind, cancellation));
    }
}
