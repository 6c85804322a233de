using TerritoireCollab.Documents.Writing;

namespace TerritoireCollab.Platform.Text;

/// <summary>A text of members as blocks that <c>TerritoireCollab.Documents</c> writes as ODT, DOCX or HTML.</summary>
public static class RichTextDocument
{
    /// <summary>
    /// Reads a text for one reader: mentions and references are links where <paramref name="context"/> resolves them, and what begins with a slash
    /// becomes an address of its site. What <see cref="RichText.Check"/> refuses is plain paragraphs; nothing throws.
    /// </summary>
    /// <param name="markdown">The source.</param>
    /// <param name="context">What the reader may see.</param>
    /// <param name="image">Finds the picture of an address and its alternative text; null leaves the text as a link.</param>
    public static IReadOnlyList<WrittenBlock> Read(string markdown, RichTextContext context, Func<string, string, WrittenImage?>? image = null)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentNullException.ThrowIfNull(context);
        return TryRead(markdown, context, image) ?? Paragraphs(markdown);
    }

    private static IReadOnlyList<WrittenBlock>? TryRead(string markdown, RichTextContext context, Func<string, string, WrittenImage?>? image)
    {
        if (RichText.Parse(markdown) is not { } document) return null;

        try
        {
            RichText.Resolve(document, context, headingShift: 0);
            return MarkdownTree.Read(document, new MarkdownTreeOptions
            {
                Site = context.Site,
                Image = image ?? ((_, _) => null),
                Other = inline => inline is PointerInline pointer ? new WrittenText(pointer.Label, Link: pointer.Address) : null,
            });
        }
        catch (Exception error) when (RichText.IsParserLimit(error))
        {
            return null;
        }
    }

    private static List<WrittenBlock> Paragraphs(string text) =>
    [
        .. text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(paragraph => new WrittenParagraph([new WrittenText(paragraph)])),
    ];
}
