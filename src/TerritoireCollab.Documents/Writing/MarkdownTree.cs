using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TerritoireCollab.Documents.Writing;

/// <summary>What a text of Markdown does not say by itself.</summary>
public sealed record MarkdownTreeOptions
{
    /// <summary>Address of the site, for links that begin with a slash; without it they are not written.</summary>
    public Uri? Site { get; init; }

    /// <summary>Finds the picture of an address; null leaves its alternative text.</summary>
    public Func<string, string, WrittenImage?> Image { get; init; } = (_, _) => null;

    /// <summary>Reads an inline of a dialect (a mention, a bare address); null leaves it out.</summary>
    public Func<Inline, WrittenText?> Other { get; init; } = _ => null;
}

/// <summary>Makes the tree of a parsed text into the tree that is written: whoever parses knows the dialect, whoever writes need not.</summary>
public static class MarkdownTree
{
    // Markdig refuses deeper texts itself; this is for trees that are built otherwise.
    private const int MostDepth = 100;

    /// <summary>Blocks of a document.</summary>
    public static IReadOnlyList<WrittenBlock> Read(MarkdownDocument document, MarkdownTreeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new TreeReader(options ?? new()).Read(document, 0);
    }

    private sealed class TreeReader(MarkdownTreeOptions options)
    {
        public IReadOnlyList<WrittenBlock> Read(ContainerBlock container, int depth) =>
            depth > MostDepth ? [] : [.. container.Select(block => Read(block, depth + 1)).OfType<WrittenBlock>()];

        private WrittenBlock? Read(Block block, int depth) => block switch
        {
            HeadingBlock heading => new WrittenHeading(heading.Level, Inlines(heading.Inline)),
            ParagraphBlock paragraph => new WrittenParagraph(Inlines(paragraph.Inline)),
            ListBlock list => ReadList(list, depth),
            Table table => ReadTable(table),
            QuoteBlock quote => new WrittenQuote(Read(quote, depth)),
            CodeBlock code => new WrittenCode(code.Lines.ToString()),
            ThematicBreakBlock => new WrittenRule(),
            LinkReferenceDefinitionGroup => null,
            ContainerBlock other => new WrittenQuote(Read(other, depth)),
            LeafBlock { Inline: { } inlines } => new WrittenParagraph(Inlines(inlines)),
            _ => null,
        };

        private WrittenList ReadList(ListBlock list, int depth)
        {
            var items = list.OfType<ListItemBlock>().Select(item => new WrittenItem(Read(item, depth + 1), TaskOf(item))).ToList();
            return new WrittenList(items, list.IsOrdered, int.TryParse(list.OrderedStart, out var start) ? start : 1);
        }

        private static bool? TaskOf(ListItemBlock item) => item is [ParagraphBlock { Inline.FirstChild: TaskList task }, ..] ? task.Checked : null;

        private WrittenTable ReadTable(Table table)
        {
            var rows = table.OfType<TableRow>().ToLookup(row => row.IsHeader, row => (IReadOnlyList<IReadOnlyList<WrittenInline>>)[.. row.OfType<TableCell>().Select(ReadCell)]);
            var alignments = table.ColumnDefinitions.Select(column => column.Alignment switch
            {
                TableColumnAlign.Center => WrittenAlignment.Center,
                TableColumnAlign.Right => WrittenAlignment.End,
                _ => WrittenAlignment.Start,
            });
            return new WrittenTable(rows[true].FirstOrDefault([]), [.. rows[true].Skip(1), .. rows[false]], [.. alignments]);
        }

        private IReadOnlyList<WrittenInline> ReadCell(TableCell cell) => [.. cell.OfType<ParagraphBlock>().SelectMany(paragraph => Inlines(paragraph.Inline))];

        private List<WrittenInline> Inlines(ContainerInline? container)
        {
            var content = new List<WrittenInline>();
            if (container is not null) Add(container, WrittenStyle.None, null, content, 0);

            // After the box of a task stands the blank that separates it.
            if (container?.FirstChild is TaskList && content is [WrittenText first, ..]) content[0] = first with { Text = first.Text.TrimStart() };
            return content;
        }

        private void Add(ContainerInline container, WrittenStyle style, string? link, List<WrittenInline> content, int depth)
        {
            if (depth > MostDepth) return;
            foreach (var inline in container) Add(inline, style, link, content, depth + 1);
        }

        private void Add(Inline inline, WrittenStyle style, string? link, List<WrittenInline> content, int depth)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    AddText(literal.Content.ToString(), style, link, content);
                    break;
                case CodeInline code:
                    AddText(code.Content, style | WrittenStyle.Code, link, content);
                    break;
                case HtmlEntityInline entity:
                    AddText(entity.Transcoded.ToString(), style, link, content);
                    break;
                case LineBreakInline:
                    content.Add(new WrittenBreak());
                    break;
                case TaskList:
                    break;
                case AutolinkInline address:
                    AddText(address.Url, style, address.IsEmail ? "mailto:" + address.Url : address.Url, content);
                    break;
                case EmphasisInline emphasis:
                    Add(emphasis, style | StyleOf(emphasis), link, content, depth);
                    break;
                case LinkInline { IsImage: true } image:
                    AddImage(image, style, link, content);
                    break;
                case LinkInline address:
                    Add(address, style, Absolute(address.Url), content, depth);
                    break;
                case ContainerInline other:
                    Add(other, style, link, content, depth);
                    break;
                default:
                    if (options.Other(inline) is { } text) AddText(text.Text, style | text.Style, link ?? Absolute(text.Link), content);
                    break;
            }
        }

        private void AddImage(LinkInline image, WrittenStyle style, string? link, List<WrittenInline> content)
        {
            var alternative = string.Concat(image.Descendants<LiteralInline>().Select(literal => literal.Content.ToString()));
            if (options.Image(image.Url ?? "", alternative) is { } picture) content.Add(picture);
            else AddText(alternative, style, link ?? Absolute(image.Url), content);
        }

        // Pieces of one look are one piece: programs find words that are not cut.
        private static void AddText(string text, WrittenStyle style, string? link, List<WrittenInline> content)
        {
            if (content is [.., WrittenText last] && last.Style == style && last.Link == link) content[^1] = last with { Text = last.Text + text };
            else if (text.Length > 0) content.Add(new WrittenText(text, style, link));
        }

        private static WrittenStyle StyleOf(EmphasisInline emphasis) =>
            emphasis.DelimiterChar == '~' ? WrittenStyle.Strike : emphasis.DelimiterCount > 1 ? WrittenStyle.Bold : WrittenStyle.Italic;

        private string? Absolute(string? address)
        {
            if (string.IsNullOrEmpty(address)) return null;
            if (options.Site is { } site && !address.StartsWith("//", StringComparison.Ordinal) && Uri.TryCreate(site, address, out var full)) return full.AbsoluteUri;
            return address.StartsWith('/') ? null : address;
        }
    }
}
