using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Faces;
using TerritoireCollab.Files.Folders;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Paging;

namespace TerritoireCollab.Files.Shelf;

/// <summary>A file in the API.</summary>
public sealed record ApiFile
{
    /// <summary>Short identifier.</summary>
    public required string Id { get; init; }
    /// <summary>Address form of the group.</summary>
    public required string Group { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Name under which it is downloaded.</summary>
    public required string Name { get; init; }
    /// <summary>Names of the folders around it, from the top; empty for whoever is no member.</summary>
    public required IReadOnlyList<string> Folders { get; init; }
    /// <summary>Type found by reading its first bytes.</summary>
    public required string ContentType { get; init; }
    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }
    /// <summary>Number of the version that holds, from 1.</summary>
    public required int FileVersion { get; init; }
    /// <summary><c>yes</c>, <c>no</c> or <c>unknown</c>: whether everybody can read it.</summary>
    public required string Accessible { get; init; }
    /// <summary>How often it was downloaded.</summary>
    public required int DownloadCount { get; init; }
    /// <summary>Where it is downloaded.</summary>
    public required string DownloadUrl { get; init; }
    /// <summary>What it is, in Markdown; may be empty.</summary>
    public required string Body { get; init; }
    /// <summary>What it is, sanitised HTML.</summary>
    public required string BodyHtml { get; init; }
    /// <summary>Who brought it.</summary>
    public required ApiAuthor Author { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public required string Audience { get; init; }
    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    /// <summary>Comments that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>« Utile » given.</summary>
    public required int UsefulCount { get; init; }
    /// <summary>First publication.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Last change of the file or of what is said of it.</summary>
    public required DateTime UpdatedAt { get; init; }
    /// <summary>Version to send back when changing what is said of it.</summary>
    public required int Version { get; init; }
    /// <summary>Address of its page on the platform.</summary>
    public required string Url { get; init; }
}

/// <summary>Reads files for programs, with the rights of the screens.</summary>
internal sealed class ReadFiles(AppDb database, Rights rights, ModuleCatalog modules, PlatformOptions site)
{
    /// <summary>A page of the group's files, the newest first, of every folder.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no files.</exception>
    public async Task<CursorPage<ApiFile>> ListAsync(Viewer viewer, string groupSlug, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(FilesModule.ToolKey)!)) throw new NotFoundException();

        var rows = await db.Set<GroupFile>().Where(f => f.Item.GroupId == standing.GroupId).NewestFirst(after, limit).Rows(db).ToListAsync(cancellation);
        var (tree, sizes) = (await FolderTree.ReadAsync(db, standing.GroupId, cancellation), await SizesAsync(db, rows, cancellation));
        return new([.. rows.Take(limit).Select(r => Json(r, tree, sizes))], PageCursor.Next(rows, limit, r => r.AtCreation));
    }

    /// <summary>One file.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<ApiFile> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var row = await db.Set<GroupFile>().Of(shortId).Rows(db).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return Json(row, await FolderTree.ReadAsync(db, row.Item.GroupId, cancellation), await SizesAsync(db, [row], cancellation));
    }

    private static async Task<Dictionary<Guid, (long Length, string ContentType)>> SizesAsync(AppDbContext db, IReadOnlyList<ContentRow<GroupFile>> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(r => r.Content.FileId).Distinct().ToList();
        var found = await db.Files.AsNoTracking().Where(f => ids.Contains(f.Id)).Select(f => new { f.Id, f.Length, f.ContentType }).ToListAsync(cancellation);
        return found.ToDictionary(f => f.Id, f => (f.Length, f.ContentType));
    }

    private ApiFile Json(ContentRow<GroupFile> row, FolderTree tree, Dictionary<Guid, (long Length, string ContentType)> sizes) => new()
    {
        Id = row.Item.ShortId,
        Group = row.Group,
        Title = row.Item.Title,
        Name = row.Content.Name,
        Folders = [.. tree.PathOf(tree.Find(row.Content.FolderId)).Select(f => f.Name)],
        ContentType = sizes[row.Content.FileId].ContentType,
        Size = sizes[row.Content.FileId].Length,
        FileVersion = row.Content.VersionNumber,
        Accessible = AccessibilityWord.Of(row.Content.Accessible),
        DownloadCount = row.Content.Downloads,
        DownloadUrl = site.Absolute($"/api/v1/files/{row.Item.ShortId}/download").ToString(),
        Body = row.Content.Body,
        BodyHtml = row.Content.Html(),
        Author = row.Author,
        Audience = AudienceWord.Of(row.Item.Audience),
        Tags = row.Tags,
        CommentCount = row.Item.CommentCount,
        UsefulCount = row.Item.UsefulCount,
        CreatedAt = row.Item.CreatedAt,
        UpdatedAt = row.Item.UpdatedAt,
        Version = row.Item.Version,
        Url = site.Absolute(FileAddress.Of(row.Group, row.Item.ShortId, row.Item.Title)).ToString(),
    };
}

/// <summary>An answer to « accessible ? » as the API writes it.</summary>
internal static class AccessibilityWord
{
    public static string Of(Accessibility answer) => answer switch { Accessibility.Yes => "yes", Accessibility.No => "no", _ => "unknown" };

    public static Accessibility? Parse(string? word) => word switch { "yes" => Accessibility.Yes, "no" => Accessibility.No, "unknown" => Accessibility.Unknown, _ => null };
}
