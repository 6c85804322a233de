using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Folders;
using TerritoireCollab.Files.Quota;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Files.Shelf;

/// <summary>How a list of files is ordered.</summary>
public enum FileOrder
{
    /// <summary>By name.</summary>
    Name = 0,

    /// <summary>The last brought first.</summary>
    Newest = 1,

    /// <summary>The largest first.</summary>
    Largest = 2,
}

/// <summary>Which files are wanted.</summary>
/// <param name="Folder">Short identifier of the folder; null or empty on top.</param>
/// <param name="Order">Their order.</param>
/// <param name="Accessible">Only those with that answer, of every folder; null for all.</param>
/// <param name="Tag">Only those with that tag, of every folder; null for all.</param>
/// <param name="Page">Page, from 1.</param>
public sealed record FilesWanted(string? Folder, FileOrder Order, Accessibility? Accessible, string? Tag, int Page);

/// <summary>A row of the list.</summary>
public sealed record FileRow
{
    /// <summary>Short identifier.</summary>
    public required string ShortId { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>The folder that it stands in.</summary>
    public Guid? FolderId { get; init; }
    /// <summary>Size in bytes.</summary>
    public required long Length { get; init; }
    /// <summary>Who brought it.</summary>
    public required string AuthorName { get; init; }
    /// <summary>When the version that holds came.</summary>
    public required DateTime At { get; init; }
    /// <summary>Number of the version that holds.</summary>
    public required int VersionNumber { get; init; }
    /// <summary>Whether everybody can read it.</summary>
    public required Accessibility Accessible { get; init; }
    /// <summary>Comments that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>What the antivirus says.</summary>
    public required FileCheck Check { get; init; }
    /// <summary>On top of the list.</summary>
    public required bool IsPinned { get; init; }
}

/// <summary>A folder of the list.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Files">How many files stand in it and under it.</param>
/// <param name="Folders">How many folders stand in it.</param>
public sealed record FolderRow(FileFolder Folder, int Files, int Folders);

/// <summary>The files of a group at a folder.</summary>
public sealed record FileListView
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>What was asked for.</summary>
    public required FilesWanted Wanted { get; init; }
    /// <summary>Its folders.</summary>
    public required FolderTree Tree { get; init; }
    /// <summary>The folder shown; null on top.</summary>
    public FileFolder? Folder { get; init; }
    /// <summary>Folders in it.</summary>
    public required IReadOnlyList<FolderRow> Folders { get; init; }
    /// <summary>Files of this page.</summary>
    public required IReadOnlyList<FileRow> Rows { get; init; }
    /// <summary>Files in all pages.</summary>
    public required int Count { get; init; }
    /// <summary>Pages in all.</summary>
    public required int PageCount { get; init; }
    /// <summary>The place that is taken; null for whoever is no member.</summary>
    public QuotaView? Quota { get; init; }
    /// <summary>Whether the viewer may bring files.</summary>
    public required bool MayAdd { get; init; }
    /// <summary>Whether the viewer may arrange folders.</summary>
    public required bool MayArrange { get; init; }

    /// <summary>Whether files of every folder are listed.</summary>
    public bool IsFiltered => Wanted.Accessible is not null || Wanted.Tag is not null;
}

/// <summary>Lists the folders and files of a group, folders first. Whoever is no member sees no folders: the files that may be read stand together.</summary>
internal sealed class ListFiles(AppDb database, Rights rights, ModuleCatalog modules, GroupQuota quota)
{
    /// <summary>Files on a page.</summary>
    public const int PageSize = 50;

    private const int LastPage = 1_000_000;

    /// <summary>One page of a folder.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no files, or there is no such folder.</exception>
    public async Task<FileListView> ExecuteAsync(Viewer viewer, string groupSlug, FilesWanted wanted, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(FilesModule.ToolKey)!)) throw new NotFoundException();

        var tree = await FolderTree.ReadAsync(db, standing.GroupId, cancellation);
        var folder = tree.At(wanted.Folder);
        wanted = wanted with { Tag = string.IsNullOrWhiteSpace(wanted.Tag) ? null : Slug.Of(wanted.Tag) };
        var (group, at) = (standing.GroupId, folder?.Id);
        var all = db.Set<GroupFile>().AsNoTracking().Where(f => f.Item.GroupId == group);
        var files = wanted.Accessible is not null || wanted.Tag is not null || !standing.IsMember ? all : all.Where(f => f.FolderId == at);
        if (wanted.Accessible is { } answer) files = files.Where(f => f.Accessible == answer);
        if (wanted.Tag is { } tag) files = files.Where(f => db.Tags.Any(t => t.ItemId == f.Id && t.Slug == tag));

        var count = await files.CountAsync(cancellation);
        var pages = Math.Max(1, (count + PageSize - 1) / PageSize);
        wanted = wanted with { Page = Math.Clamp(wanted.Page, 1, Math.Min(pages, LastPage)) };
        return new()
        {
            Standing = standing,
            Wanted = wanted,
            Tree = tree,
            Folder = folder,
            Folders = wanted.Accessible is null && wanted.Tag is null && wanted.Page == 1 ? await FoldersAsync(all, tree, folder, cancellation) : [],
            Rows = await Ordered(files, wanted.Order).Skip((wanted.Page - 1) * PageSize).Take(PageSize).Select(f => new FileRow
            {
                ShortId = f.Item.ShortId,
                Title = f.Item.Title,
                Name = f.Name,
                FolderId = f.FolderId,
                Length = f.File!.Length,
                AuthorName = f.Item.Author!.Name,
                At = f.Item.UpdatedAt,
                VersionNumber = f.VersionNumber,
                Accessible = f.Accessible,
                CommentCount = f.Item.CommentCount,
                Check = f.File.Check,
                IsPinned = f.Item.IsPinned,
            }).ToListAsync(cancellation),
            Count = count,
            PageCount = pages,
            Quota = standing.IsMember ? await quota.ReadAsync(db, group, cancellation) : null,
            MayAdd = rights.Allows(FilesModule.Add, standing),
            MayArrange = rights.Allows(FilesModule.Arrange, standing),
        };
    }

    private static IQueryable<GroupFile> Ordered(IQueryable<GroupFile> files, FileOrder order)
    {
        var pinned = files.OrderByDescending(f => f.Item.IsPinned);
        return order switch
        {
            FileOrder.Newest => pinned.ThenByDescending(f => f.Item.UpdatedAt).ThenBy(f => f.Item.ShortId),
            FileOrder.Largest => pinned.ThenByDescending(f => f.File!.Length).ThenBy(f => f.Item.ShortId),
            _ => pinned.ThenBy(f => f.NameKey).ThenBy(f => f.Item.ShortId),
        };
    }

    // One count for every folder: what stands under one is added up here.
    private static async Task<IReadOnlyList<FolderRow>> FoldersAsync(IQueryable<GroupFile> all, FolderTree tree, FileFolder? at, CancellationToken cancellation)
    {
        var within = tree.Within(at).ToList();
        if (within.Count == 0) return [];

        var counts = await all.Where(f => f.FolderId != null).GroupBy(f => f.FolderId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        return within.ConvertAll(f => new FolderRow(f, tree.From(f).Sum(under => counts.GetValueOrDefault(under.Id)), tree.Within(f).Count()));
    }
}
