using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Files.Folders;

/// <summary>The folders of a group that are not in the trash, read in one query: few enough to be held whole. Empty for whoever is no member.</summary>
public sealed class FolderTree
{
    private readonly Dictionary<Guid, FileFolder> _byId;
    private readonly ILookup<Guid, FileFolder> _within;

    private FolderTree(IReadOnlyList<FileFolder> folders)
    {
        All = folders;
        _byId = folders.ToDictionary(f => f.Id);
        _within = folders.ToLookup(f => f.ParentId ?? Guid.Empty);
    }

    /// <summary>Every folder, by name.</summary>
    public IReadOnlyList<FileFolder> All { get; }

    /// <summary>Reads those that <paramref name="db"/>'s viewer may see.</summary>
    public static async Task<FolderTree> ReadAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        var folders = await db.Set<FileFolder>().Where(f => f.GroupId == groupId && f.DeletedAt == null).ToListAsync(cancellation);
        return new([.. folders.OrderBy(f => FileFolder.KeyOf(f.Name), StringComparer.Ordinal)]);
    }

    /// <summary>The folder of an address: null on top.</summary>
    /// <exception cref="NotFoundException">There is none that the viewer may see.</exception>
    public FileFolder? At(string? shortId) => string.IsNullOrEmpty(shortId) ? null : All.FirstOrDefault(f => f.ShortId == shortId) ?? throw new NotFoundException();

    /// <summary>The folder of that key, or null.</summary>
    public FileFolder? Find(Guid? id) => id is { } key ? _byId.GetValueOrDefault(key) : null;

    /// <summary>Those that stand in a folder itself, by name; those on top for null.</summary>
    public IEnumerable<FileFolder> Within(FileFolder? folder) => _within[folder?.Id ?? Guid.Empty];

    /// <summary>The way to a folder, from the top; itself last. What goes in a circle ends.</summary>
    public IReadOnlyList<FileFolder> PathOf(FileFolder? folder)
    {
        var path = new List<FileFolder>();
        for (var at = folder; at is not null && path.Count <= All.Count; at = Find(at.ParentId)) path.Insert(0, at);
        return path;
    }

    /// <summary>A folder and all that stands under it.</summary>
    public IReadOnlyList<FileFolder> From(FileFolder folder)
    {
        List<FileFolder> found = [folder];
        for (var at = 0; at < found.Count; at++) found.AddRange(Within(found[at]).Where(f => !found.Contains(f)));
        return found;
    }

    /// <summary>How many folders stand inside each other under that one, itself counted.</summary>
    public int HeightOf(FileFolder folder) => From(folder).Max(f => PathOf(f).Count) - PathOf(folder).Count + 1;

    /// <summary>Every folder with the names around it, for a list to choose from: « Marchés / 2026 ».</summary>
    public IEnumerable<(string ShortId, string Path)> Paths() =>
        All.Select(f => (f.ShortId, Path: string.Join(" / ", PathOf(f).Select(p => p.Name)))).OrderBy(p => FileFolder.KeyOf(p.Path), StringComparer.Ordinal);
}
