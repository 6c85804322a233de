using System.Xml.Linq;
using TerritoireCollab.Syndication.Reading;
using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication;

/// <summary>A feed of an OPML document.</summary>
/// <param name="Title">What the outline shows, plain text; null when it shows nothing.</param>
/// <param name="FeedAddress">Address of the feed, as written: it may be neither absolute nor of the web.</param>
/// <param name="SiteAddress">Address of its site, as written, or null.</param>
/// <param name="Folder">Folders around it, from the root.</param>
public sealed record OpmlFeed(string? Title, string FeedAddress, string? SiteAddress, IReadOnlyList<string> Folder);

/// <summary>A page of the web in an OPML document: an outline of type <c>link</c>, or any with an address and no feed.</summary>
/// <param name="Title">What the outline shows, plain text; null when it shows nothing.</param>
/// <param name="Address">Address of the page, as written.</param>
/// <param name="Categories">Categories.</param>
/// <param name="Folder">Folders around it, from the root.</param>
public sealed record OpmlPage(string? Title, string Address, IReadOnlyList<string> Categories, IReadOnlyList<string> Folder);

/// <summary>What an OPML document says.</summary>
public sealed record OpmlReading
{
    /// <summary>Title, plain text, or null.</summary>
    public string? Title { get; init; }

    /// <summary>Feeds, in order, whatever the folders.</summary>
    public IReadOnlyList<OpmlFeed> Feeds { get; init; } = [];

    /// <summary>Pages that are no feeds, in order, whatever the folders.</summary>
    public IReadOnlyList<OpmlPage> Links { get; init; } = [];

    /// <summary>Outlines that hold others and are no feed themselves.</summary>
    public int FolderCount { get; init; }

    /// <summary>What had to be mended to read it: charsets, and the place of the first fault as « line:column ». Empty for a sound document.</summary>
    public IReadOnlyList<string> Repairs { get; init; } = [];
}

/// <summary>
/// Reads OPML 1.0 and 2.0, and what programs write under that name: names of attributes in any case, feeds that hold feeds, an outline without
/// text, documents that are not well-formed. Nothing is fetched and no entity is expanded.
/// </summary>
public static class OpmlReader
{
    /// <summary>Reads a document.</summary>
    /// <param name="bytes">At most 10 MB.</param>
    /// <param name="contentType">Value of <c>Content-Type</c>, where it came by HTTP.</param>
    /// <returns>What it says; null when it is no OPML: another root, nothing that could be read, too long or nested deeper than 256.</returns>
    public static OpmlReading? Read(ReadOnlySpan<byte> bytes, string? contentType = null)
    {
        if (bytes.Length > XmlTree.MaximumLength) return null;

        var document = DocumentText.Decode(bytes, contentType);
        List<string> repairs = document.Repair is { } repair ? [repair] : [];
        if (XmlTree.Parse(document.Text, repairs) is not { } root || !Is(root, "opml")) return null;

        var (feeds, links) = (new List<OpmlFeed>(), new List<OpmlPage>());
        var folders = 0;
        foreach (var outline in root.Elements().Where(e => Is(e, "body")).SelectMany(b => b.Elements()).Where(IsOutline)) Walk(outline, [], feeds, links, ref folders);
        return new OpmlReading
        {
            Title = LegalText.OneLineOrNull(root.Elements().FirstOrDefault(e => Is(e, "head"))?.Elements().FirstOrDefault(e => Is(e, "title"))?.Value),
            Feeds = feeds,
            Links = links,
            FolderCount = folders,
            Repairs = repairs,
        };
    }

    private static void Walk(XElement outline, IReadOnlyList<string> folder, List<OpmlFeed> feeds, List<OpmlPage> links, ref int folders)
    {
        var title = LegalText.OneLineOrNull(Value(outline, "text")) ?? LegalText.OneLineOrNull(Value(outline, "title"));
        var address = LegalText.OneLineOrNull(Value(outline, "xmlUrl"));
        if (address is not null) feeds.Add(new(title, address, LegalText.OneLineOrNull(Value(outline, "htmlUrl")), folder));
        else if (LegalText.OneLineOrNull(Value(outline, "url") ?? Value(outline, "htmlUrl")) is { } page)
            links.Add(new(title, page, (Value(outline, "category") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), folder));

        var children = outline.Elements().Where(IsOutline).ToList();
        if (children.Count == 0) return;

        if (address is null) folders++;
        IReadOnlyList<string> inside = address is null && title is not null ? [.. folder, title] : folder;
        foreach (var child in children) Walk(child, inside, feeds, links, ref folders);
    }

    private static bool IsOutline(XElement element) => Is(element, "outline");

    private static bool Is(XElement element, string name) => element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string? Value(XElement element, string name) => element.Attributes().FirstOrDefault(a => a.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}
