using Markdig.Syntax.Inlines;
using TerritoireCollab.Documents.Writing;

namespace TerritoireCollab.Platform.Text;

/// <summary>A text as the tree that documents are written from: ODT, DOCX, HTML.</summary>
public static class WrittenBlocks
{
    /// <summary>The blocks of <paramref name="markdown"/>; mentions and links to contents stay what their writer typed.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="site">Address of the site, for links that begin with a slash.</param>
    /// <param name="image">Finds the picture of an address, given its alternative text; null leaves that text.</param>
    public static IReadOnlyList<WrittenBlock> Of(string markdown, Uri site, Func<string, string, WrittenImage?> image)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentNullException.ThrowIfNull(site);
        return RichText.Parse(markdown) is { } document
            ? MarkdownTree.Read(document, new MarkdownTreeOptions { Site = site, Image = image, Other = inline => Written(inline, site) })
            : [new WrittenParagraph([new WrittenText(markdown)])];
    }

    private static WrittenText? Written(Inline inline, Uri site) => inline switch
    {
        AddressInline address => new WrittenText(address.Label, Link: address.Address),
        PointerInline pointer => new WrittenText(pointer.Label),
        PageLinkInline page => new WrittenText(page.Text ?? (page.Title.Length > 0 ? page.Title : "#" + page.ShortId), Link: page.ShortId is { } id ? new Uri(site, "/c/" + id).AbsoluteUri : null),
        _ => null,
    };
}
