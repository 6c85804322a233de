using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Drawing;
using TerritoireCollab.Files.Folders;
using TerritoireCollab.Files.Quota;
using TerritoireCollab.Files.Texts;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Files.Shelf;

/// <summary>A version as its file's page shows it.</summary>
/// <param name="Number">Number.</param>
/// <param name="Author">Who brought it.</param>
/// <param name="At">When.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="Comment">What was changed, or null.</param>
public sealed record FileVersionView(int Number, string Author, DateTime At, long Length, string? Comment);

/// <summary>A file with a page of its discussion.</summary>
public sealed record FileView
{
    /// <summary>What it has as any content.</summary>
    public required ContentView Content { get; init; }
    /// <summary>The file.</summary>
    public required GroupFile File { get; init; }
    /// <summary>Size of the version that holds.</summary>
    public required long Length { get; init; }
    /// <summary>Type of the version that holds.</summary>
    public required string ContentType { get; init; }
    /// <summary>What the antivirus says of it.</summary>
    public required FileCheck Check { get; init; }
    /// <summary>Its versions, the last first.</summary>
    public required IReadOnlyList<FileVersionView> Versions { get; init; }
    /// <summary>Pictures of its first pages, in order; empty where there are none, or the antivirus holds the file.</summary>
    public required IReadOnlyList<DrawnPage> Pages { get; init; }
    /// <summary>Its text; null where none was made ready.</summary>
    public FileText? Text { get; init; }
    /// <summary>The way to its folder; empty on top, and for whoever is no member.</summary>
    public required IReadOnlyList<FileFolder> Folders { get; init; }
    /// <summary>Every folder, to move it; empty for whoever may not.</summary>
    public required IReadOnlyList<(string ShortId, string Path)> Places { get; init; }
    /// <summary>Whether the viewer may bring a new version.</summary>
    public required bool MayReplace { get; init; }
    /// <summary>Whether the viewer may share it by a link.</summary>
    public required bool MayShare { get; init; }
}

/// <summary>Reads a file.</summary>
internal sealed class ReadFile(AppDb database, Rights rights, ReadContent contents)
{
    private const int MostVersions = 100;

    /// <summary>The file at a place of its discussion.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<FileView> ExecuteAsync(Viewer viewer, string shortId, DiscussionPlace place, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var file = await db.Set<GroupFile>().AsNoTracking().Include(f => f.Item).Include(f => f.File).FirstOrDefaultAsync(f => f.Item.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        var content = await contents.ExecuteAsync(db, file.Item, place, cancellation);
        var (standing, id) = (content.Standing, file.Id);
        var tree = await FolderTree.ReadAsync(db, file.Item.GroupId, cancellation);
        return new()
        {
            Content = content,
            File = file,
            Length = file.File!.Length,
            ContentType = file.File.ContentType,
            Check = file.File.Check,
            Versions = await db.Set<FileVersion>().AsNoTracking().Where(v => v.ItemId == id).OrderByDescending(v => v.Number).Take(MostVersions)
                .Select(v => new FileVersionView(v.Number, v.Author!.Name, v.CreatedAt, v.File!.Length, v.Comment)).ToListAsync(cancellation),
            Pages = file.File.ContentType != DrawPages.PdfType || file.File.Check.IsHeld() ? [] : await db.Set<DrawnPage>().AsNoTracking().Where(p => p.FileId == file.FileId).OrderBy(p => p.Number).ToListAsync(cancellation),
            Text = await db.Set<FileText>().AsNoTracking().FirstOrDefaultAsync(t => t.ItemId == id, cancellation),
            Folders = tree.PathOf(tree.Find(file.FolderId)),
            Places = rights.Allows(FilesModule.Arrange, standing) ? [.. tree.Paths()] : [],
            MayReplace = rights.Allows(FilesModule.AddVersion, standing, isLocked: file.Item.LockedAt is not null),
            MayShare = rights.Allows(FilesModule.Share, standing, file.Item.AuthorId) && await db.Set<FileSettings>().AnyAsync(s => s.GroupId == standing.GroupId && s.AllowsSharing, cancellation),
        };
    }
}
