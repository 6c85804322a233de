using TerritoireCollab.Platform.Text;
using TerritoireCollab.Syndication;

namespace TerritoireCollab.Bookmarks.Exchange;

/// <summary>A link of a file.</summary>
/// <param name="Address">Its address, as written there.</param>
/// <param name="Title">Its title, or null.</param>
/// <param name="Description">What is said of it, plain text, or null.</param>
/// <param name="Tags">Tags.</param>
public sealed record BookmarkLine(string Address, string? Title, string? Description, IReadOnlyList<string> Tags);

/// <summary>Reads files of links, whatever program wrote them: known by what they hold, not by their name.</summary>
internal static class BookmarkFile
{
    private static readonly string[] AddressHeads = ["adresse", "url", "lien", "address", "link", "href"];
    private static readonly string[] TitleHeads = ["titre", "title", "nom", "name"];
    private static readonly string[] WhyHeads = ["pourquoi", "description", "commentaire", "note", "notes", "why", "comment", "excerpt"];
    private static readonly string[] TagHeads = ["etiquettes", "tags", "mots-cles", "folder", "dossier"];

    /// <summary>The links, each address once, in their order; none where the file holds none.</summary>
    public static IReadOnlyList<BookmarkLine> Read(byte[] bytes)
    {
        var links = OpmlReader.Read(bytes) is { } opml ? OfOpml(opml)
            : NetscapeBookmarks.Read(bytes) is { Count: > 0 } page ? page.Select(b => new BookmarkLine(b.Address.OriginalString, b.Title, b.Description, b.Tags))
            : OfTable(CsvText.Read(bytes));
        return [.. links.DistinctBy(l => l.Address)];
    }

    private static IEnumerable<BookmarkLine> OfOpml(OpmlReading opml) =>
        opml.Links.Select(l => new BookmarkLine(l.Address, l.Title, null, [.. l.Categories, .. l.Folder])).Concat(opml.Feeds.Where(f => f.SiteAddress is not null).Select(f => new BookmarkLine(f.SiteAddress!, f.Title, null, f.Folder)));

    private static IEnumerable<BookmarkLine> OfTable(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows.Count == 0) yield break;

        var heads = rows[0].Select(Slug.Of).ToList();
        int Of(string[] names) => heads.FindIndex(h => names.Contains(h));
        var (address, title, why, tags) = (Of(AddressHeads), Of(TitleHeads), Of(WhyHeads), Of(TagHeads));
        // A table without a heading: whatever looks like an address is one, and what stands beside it is its title.
        foreach (var row in address < 0 ? rows : rows.Skip(1))
        {
            var at = address >= 0 ? address : row.ToList().FindIndex(c => c.StartsWith("http", StringComparison.OrdinalIgnoreCase));
            if (at < 0 || at >= row.Count || row[at].Trim().Length == 0) continue;

            var name = address >= 0 ? Cell(row, title) : row.Where((_, index) => index != at).FirstOrDefault(c => c.Trim().Length > 0);
            yield return new(row[at].Trim(), name?.Trim(), Cell(row, why), Cell(row, tags)?.Split([',', '/', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []);
        }
    }

    private static string? Cell(IReadOnlyList<string> row, int index) => index >= 0 && index < row.Count && row[index].Trim() is { Length: > 0 } text ? text : null;
}
