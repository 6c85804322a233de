using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Folders;
using TerritoireCollab.Files.Resources;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Files.Archives;

/// <summary>A file of an archive.</summary>
/// <param name="Path">Folders and name in the archive, apart by « / ».</param>
/// <param name="Sha256">Where its bytes are.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="At">When it came.</param>
/// <param name="IsHeld">Whether the antivirus has not let it through: it stays out.</param>
public sealed record ArchiveFile(string Path, string Sha256, string ContentType, DateTime At, bool IsHeld);

/// <summary>What an archive will hold.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Files">Its files.</param>
public sealed record ArchivePlan(string Name, IReadOnlyList<ArchiveFile> Files);

/// <summary>Packs files into an archive as it is sent: neither memory nor disk holds more than a piece of it.</summary>
internal sealed class SendArchive(AppDb database, Rights rights, ModuleCatalog modules, FileStore store, Dates dates)
{
    /// <summary>Most files of one archive.</summary>
    public const int Most = 5_000;

    private const int PathLength = 400;

    // Windows has no files of these names, whatever their ending.
    private static readonly HashSet<string> Reserved = new(["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })], StringComparer.OrdinalIgnoreCase);

    /// <summary>All that the viewer may read in a folder and under it; of the whole tool where no folder is said.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no files, or there is no such folder.</exception>
    /// <exception cref="InvalidInputException">No file, or too many.</exception>
    public async Task<ArchivePlan> OfFolderAsync(Viewer viewer, string groupSlug, string? folder, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await StandingAsync(db, groupSlug, cancellation);
        var tree = await FolderTree.ReadAsync(db, standing.GroupId, cancellation);
        var top = tree.At(folder);
        var files = db.Set<GroupFile>().Where(f => f.Item.GroupId == standing.GroupId);
        if (top is not null)
        {
            var under = tree.From(top).Select(f => f.Id).ToList();
            files = files.Where(f => under.Contains(f.FolderId!.Value));
        }

        return await PlanAsync(db, files, top?.Name ?? standing.Name, id => tree.PathOf(tree.Find(id)).Skip(tree.PathOf(top).Count), cancellation);
    }

    /// <summary>Those among the files named that the viewer may read, side by side, and what may be read in the folders named, each under its name.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no files.</exception>
    /// <exception cref="InvalidInputException">No file, or too many.</exception>
    public async Task<ArchivePlan> OfFilesAsync(Viewer viewer, string groupSlug, IReadOnlyCollection<string> shortIds, IReadOnlyCollection<string> folders, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await StandingAsync(db, groupSlug, cancellation);
        var tree = await FolderTree.ReadAsync(db, standing.GroupId, cancellation);
        var chosen = tree.All.Where(f => folders.Contains(f.ShortId)).ToList();
        var under = chosen.SelectMany(tree.From).Select(f => f.Id).Distinct().ToList();
        var files = db.Set<GroupFile>().Where(f => f.Item.GroupId == standing.GroupId && (shortIds.Contains(f.Item.ShortId) || under.Contains(f.FolderId!.Value)));
        return await PlanAsync(db, files, standing.Name, id => tree.PathOf(tree.Find(id)).SkipWhile(f => !chosen.Contains(f)), cancellation);
    }

    /// <summary>Writes it. What the store has lost, or the antivirus holds, is told of in a text in the archive.</summary>
    public async Task WriteAsync(ArchivePlan plan, Stream output, CancellationToken cancellation)
    {
        var lost = new List<string>();
        await using var archive = await StreamedZip.CreateAsync(output, cancellation);
        await WriteFilesAsync(plan, archive, lost, cancellation);
        if (lost.Count > 0) await WriteLostAsync(archive, lost, cancellation);
    }

    private async Task WriteFilesAsync(ArchivePlan plan, StreamedZip archive, List<string> lost, CancellationToken cancellation)
    {
        foreach (var file in plan.Files)
        {
            if (file.IsHeld || await store.OpenKeptAsync(file.Sha256, cancellation) is not { } content)
            {
                lost.Add(file.Path);
                continue;
            }

            await using (content) await archive.AddAsync(file.Path, content, IsPacked(file.ContentType) ? CompressionLevel.NoCompression : CompressionLevel.Fastest, dates.Local(file.At), cancellation);
        }
    }

    private static async Task WriteLostAsync(StreamedZip archive, List<string> lost, CancellationToken cancellation)
    {
        using var note = new MemoryStream(Encoding.UTF8.GetBytes(FilesTexts.LostText + "\n\n" + string.Join('\n', lost) + "\n"));
        await archive.AddAsync(FilesTexts.LostName, note, CompressionLevel.Optimal, null, cancellation);
    }

    private async Task<Standing> StandingAsync(AppDbContext db, string groupSlug, CancellationToken cancellation)
    {
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        return standing.Has(modules.Tool(FilesModule.ToolKey)!) ? standing : throw new NotFoundException();
    }

    private static async Task<ArchivePlan> PlanAsync(AppDbContext db, IQueryable<GroupFile> files, string name, Func<Guid?, IEnumerable<FileFolder>> wayOf, CancellationToken cancellation)
    {
        var found = await files.AsNoTracking().OrderBy(f => f.NameKey).ThenBy(f => f.Item.ShortId).Take(Most + 1).Select(f => new { f.Id, f.Name, f.FolderId, f.File!.Sha256, f.File.ContentType, f.File.Check, f.Item.UpdatedAt }).ToListAsync(cancellation);
        if (found.Count == 0) throw new InvalidInputException("", FilesTexts.ArchiveEmpty);
        if (found.Count > Most) throw new InvalidInputException("", FilesTexts.ArchiveTooMany.With(Most));

        var taken = new HashSet<string>(StringComparer.Ordinal);
        var planned = new List<ArchiveFile>(found.Count);
        foreach (var file in found)
        {
            var folders = string.Concat(wayOf(file.FolderId).Select(f => Safe(f.Name) + "/"));
            var path = FreeNames.Of(folders + Safe(file.Name), taken, PathLength + GroupFile.NameLength, KeyOf);
            taken.Add(KeyOf(path));
            planned.Add(new(path, file.Sha256, file.ContentType, file.UpdatedAt, file.Check.IsHeld()));
        }

        await DownloadFile.CountAsync(db, [.. found.Select(f => f.Id)], cancellation);
        return new($"{Slug.Of(name)}.zip", planned);
    }

    private static string KeyOf(string path) => FoldedName.Of(path, PathLength + GroupFile.NameLength);

    private static string Safe(string name)
    {
        var clean = FileNames.Clean(name);
        return Reserved.Contains(clean.Split('.')[0].TrimEnd()) ? "_" + clean : clean;
    }

    // Packing what is packed takes time and gains nothing.
    private static bool IsPacked(string contentType) => contentType is "application/zip" or "application/pdf" || contentType.StartsWith("image/", StringComparison.Ordinal) || contentType.StartsWith("application/vnd.", StringComparison.Ordinal);
}
