using TerritoireCollab.Bookmarks.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Syndication;

namespace TerritoireCollab.Bookmarks.Exchange;

/// <summary>A file to download.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Bytes">Its bytes.</param>
public sealed record ExportedFile(string Name, string ContentType, byte[] Bytes);

/// <summary>A link of such a file.</summary>
/// <param name="Title">Title.</param>
/// <param name="Address">Address of the page.</param>
/// <param name="Why">What is said of it, plain text.</param>
/// <param name="Author">Who added it; null where all are one member's.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Tags">Tags.</param>
internal sealed record ExportedLink(string Title, string Address, string Why, string? Author, DateTime CreatedAt, IReadOnlyList<string> Tags);

/// <summary>Writes links for other programs: browsers, spreadsheets, feed readers.</summary>
internal sealed class WriteBookmarks(Dates dates, TimeProvider clock)
{
    /// <summary>The file.</summary>
    /// <param name="title">What the list is called.</param>
    /// <param name="name">Name of the file, without its extension.</param>
    /// <param name="format"><c>html</c>, <c>csv</c> or <c>opml</c>.</param>
    /// <param name="links">The links, in order.</param>
    public ExportedFile Execute(string title, string name, string format, IReadOnlyList<ExportedLink> links) => format switch
    {
        "csv" => new($"{name}.csv", "text/csv; charset=utf-8", Csv(links)),
        "opml" => new($"{name}.opml", OpmlDocument.ContentType, Opml(title, links)),
        _ => new($"{name}.html", "text/html; charset=utf-8", NetscapeBookmarks.WriteUtf8(title, links.Select(l => new BookmarkEntry(l.Title, new Uri(l.Address)) { AddedAt = l.CreatedAt, Description = l.Why, Tags = l.Tags }))),
    };

    private byte[] Csv(IReadOnlyList<ExportedLink> links)
    {
        var table = new CsvText().Line(BookmarksTexts.ColumnTitle, BookmarksTexts.ColumnAddress, BookmarksTexts.ColumnWhy, BookmarksTexts.ColumnTags, BookmarksTexts.ColumnAuthor, BookmarksTexts.ColumnDate);
        foreach (var link in links) table.Line(link.Title, link.Address, link.Why, string.Join(", ", link.Tags), link.Author ?? "", $"{dates.Local(link.CreatedAt):yyyy-MM-dd}");
        return table.ToBytes();
    }

    private byte[] Opml(string title, IReadOnlyList<ExportedLink> links) => OpmlWriter.WriteUtf8(new OpmlDocument
    {
        Title = title,
        DateCreated = clock.GetUtcNow(),
        Outlines = [.. links.Select(l => new OpmlLink { Text = l.Title, Address = new Uri(l.Address), Categories = l.Tags })],
    });
}
