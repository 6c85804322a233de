using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Documents.Writing;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Wiki.Faces;
using TerritoireCollab.Wiki.Tree;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki.Exchange;

/// <summary>A page as a file.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Bytes">Its bytes.</param>
public sealed record ExportedPage(string Name, string ContentType, byte[] Bytes);

/// <summary>Gives pages as files that other programs open: PDF, ODT, DOCX, HTML, Markdown, and a whole tree of Markdown files as an archive.</summary>
internal sealed class ExportPage(AppDb database, PageLinks links, FileStore store, PlatformOptions site)
{
    /// <summary>Extensions that are written here: PDF where the server has fonts for it.</summary>
    public static IReadOnlyList<string> Extensions { get; } = PdfWriter.IsAvailable ? ["pdf", "odt", "docx", "html", "md", "zip"] : ["odt", "docx", "html", "md", "zip"];

    /// <summary>The page, or with what stands under it as an archive.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or a format that is not written.</exception>
    public async Task<ExportedPage> ExecuteAsync(Viewer viewer, string shortId, string extension, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var page = await db.Set<WikiPage>().AsNoTracking().Include(p => p.Item).ThenInclude(i => i.Group).FirstOrDefaultAsync(p => p.Item.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        var name = Slug.Of(page.Item.Title);
        return extension switch
        {
            "md" => new($"{name}.md", "text/markdown; charset=utf-8", Encoding.UTF8.GetBytes(Markdown(page.Item.Title, await links.EditedAsync(db, page.Item.GroupId, page.Body, cancellation)))),
            "html" => new($"{name}.html", HtmlFileWriter.ContentType, Written(await DocumentAsync(db, page, cancellation), HtmlFileWriter.Write)),
            "pdf" when PdfWriter.IsAvailable => new($"{name}.pdf", PdfWriter.ContentType, Written(await DocumentAsync(db, page, cancellation), PdfWriter.Write)),
            "odt" => new($"{name}.odt", OdtWriter.ContentType, Written(await DocumentAsync(db, page, cancellation), OdtWriter.Write)),
            "docx" => new($"{name}.docx", DocxWriter.ContentType, Written(await DocumentAsync(db, page, cancellation), DocxWriter.Write)),
            "zip" => new($"{name}.zip", "application/zip", await ArchiveAsync(db, page, cancellation)),
            _ => throw new NotFoundException(),
        };
    }

    private static string Markdown(string title, string body) => $"# {title}\n\n{body.TrimEnd()}\n";

    private static byte[] Written(WrittenDocument document, Action<WrittenDocument, Stream> write)
    {
        using var bytes = new MemoryStream();
        write(document, bytes);
        return bytes.ToArray();
    }

    private async Task<WrittenDocument> DocumentAsync(AppDbContext db, WikiPage page, CancellationToken cancellation)
    {
        var pictures = await PicturesAsync(db, page, cancellation);
        var address = site.Absolute(PageAddress.Of(page.Item.Group!.Slug, page.Item.ShortId, page.Item.Title));
        return new()
        {
            Title = page.Item.Title,
            Author = page.Item.Group.Name,
            Description = address.ToString(),
            Modified = page.EditedAt ?? page.Item.CreatedAt,
            // A link that was written before its page leads there too.
            Blocks = WrittenBlocks.Of(await links.KeptAsync(db, page.Item.GroupId, page.Body, cancellation), site.BaseUrl, Picture),
        };

        WrittenImage? Picture(string source, string alternative)
        {
            if (!source.StartsWith("/pieces/", StringComparison.Ordinal) || !Guid.TryParse(source.Split('/')[2], out var id) || !pictures.TryGetValue(id, out var file)) return null;

            return PictureSize.Of(file.Bytes.AsSpan(0, Math.Min(file.Bytes.Length, 64 * 1024))) is var (width, height)
                ? new WrittenImage(alternative, file.ContentType, width, height, () => new MemoryStream(file.Bytes, writable: false))
                : null;
        }
    }

    // The document is made in memory, with them in it.
    private async Task<Dictionary<Guid, (string ContentType, byte[] Bytes)>> PicturesAsync(AppDbContext db, WikiPage page, CancellationToken cancellation)
    {
        var rows = await db.Attachments.AsNoTracking().Where(a => a.ItemId == page.Id && a.CommentId == null).Select(a => new { a.Id, a.File!.Sha256, a.File.ContentType }).ToListAsync(cancellation);
        var pictures = new Dictionary<Guid, (string, byte[])>();
        foreach (var row in rows.Where(r => FileTypes.IsInlineImage(r.ContentType) && page.Body.Contains($"/pieces/{r.Id:N}", StringComparison.OrdinalIgnoreCase)))
        {
            if (await BytesAsync(row.Sha256, cancellation) is { } bytes) pictures.Add(row.Id, (row.ContentType, bytes));
        }

        return pictures;
    }

    private async Task<byte[]?> BytesAsync(string sha256, CancellationToken cancellation)
    {
        try
        {
            await using var content = await store.OpenAsync(sha256, cancellation);
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, cancellation);
            return bytes.ToArray();
        }
        catch (FileHeldException)
        {
            // What goes out to nobody does not go out in a document.
            return null;
        }
    }

    // Folders as the tree: a page that others stand under has a folder of its name beside it.
    private async Task<byte[]> ArchiveAsync(AppDbContext db, WikiPage page, CancellationToken cancellation)
    {
        var tree = await PageTree.ReadAsync(db, page.Item.GroupId, cancellation);
        if (tree.Find(page.Id) is not { } node) throw new NotFoundException();

        var all = tree.From(node).Select(p => p.Page).ToList();
        var ids = all.ConvertAll(p => p.Id);
        var bodies = await db.Set<WikiPage>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Body, cancellation);
        var texts = await links.EditedAsync(db, page.Item.GroupId, all.ConvertAll(p => bodies[p.Id]), cancellation);
        using var bytes = new MemoryStream();
        await using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var paths = new Dictionary<Guid, string>();
            var used = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (at, one) in all.Index())
            {
                var folder = one.Id == node.Id ? "" : paths[tree.ParentOf(one)!.Id] + "/";
                var path = folder + Slug.Of(one.Title);
                while (!used.Add(path)) path += "-" + one.ShortId;
                paths[one.Id] = path;
                var entry = archive.CreateEntry(path + ".md");
                await using var written = await entry.OpenAsync(cancellation);
                await written.WriteAsync(Encoding.UTF8.GetBytes(Markdown(one.Title, texts[at])), cancellation);
            }
        }

        return bytes.ToArray();
    }
}
