using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Files.Resources;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Files.Texts;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Files.Faces;

/// <summary>How a file shows itself to the rest of the house.</summary>
internal sealed class FileFace : IContentFace
{
    public string Kind => FilesModule.FileKind;

    public string CreatedVerb => FilesTexts.AddedFile;

    public string Address(string groupSlug, ContentItem item) => FileAddress.Of(groupSlug, item.ShortId, item.Title);

    public async Task<IReadOnlyDictionary<Guid, string>> BodiesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        await db.Set<GroupFile>().Where(f => ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id, f => f.Body, cancellation);

    // A file is found by its name too, where its title says something else.
    public async Task<IReadOnlyDictionary<Guid, string>> FurtherTextsAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var names = await db.Set<GroupFile>().Where(f => ids.Contains(f.Id)).Select(f => new { f.Id, f.Name }).ToListAsync(cancellation);
        var texts = await db.Set<FileText>().Where(t => ids.Contains(t.ItemId)).ToDictionaryAsync(t => t.ItemId, t => t.Text, cancellation);
        return names.ToDictionary(n => n.Id, n => $"{n.Name}\n{texts.GetValueOrDefault(n.Id)}".Trim());
    }

    // What the antivirus holds goes out to nobody: a feed does not promise it.
    public async Task<IReadOnlyDictionary<Guid, ContentCover>> CoversAsync(AppDbContext db, string groupSlug, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var files = await db.Set<GroupFile>().AsNoTracking().Where(f => ids.Contains(f.Id) && f.File!.Check != FileCheck.Waiting && f.File.Check != FileCheck.Quarantined).Select(f => new { f.Id, f.Item.ShortId, f.File!.ContentType, f.File.Length }).ToListAsync(cancellation);
        return files.ToDictionary(f => f.Id, f => new ContentCover($"{FileAddress.List(groupSlug)}/{f.ShortId}/telecharger", f.ContentType, f.Length));
    }
}

/// <summary>Addresses of files.</summary>
internal static class FileAddress
{
    public static string List(string groupSlug) => $"/groupes/{groupSlug}/fichiers";

    public static string Folder(string groupSlug, string? folder) => string.IsNullOrEmpty(folder) ? List(groupSlug) : $"{List(groupSlug)}?dossier={folder}";

    public static string Of(string groupSlug, string shortId, string title) => $"{List(groupSlug)}/{shortId}-{Slug.Of(title)}";
}
