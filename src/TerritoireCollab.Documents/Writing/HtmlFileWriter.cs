using System.Globalization;

namespace TerritoireCollab.Documents.Writing;

/// <summary>
/// Writes a document as one HTML file that needs nothing else: language, title, headings in order, headers of columns, pictures inside with their
/// alternative, readable on a phone, on paper and in the dark. No script, no address fetched.
/// </summary>
public static class HtmlFileWriter
{
    /// <summary>Value of <c>Content-Type</c>.</summary>
    public const string ContentType = "text/html; charset=utf-8";

    private const string Sheet =
        """
        :root { color-scheme: light dark; --line: #666 }
        body { font: 1.0625rem/1.6 "Liberation Sans", Arial, sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word }
        h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.6em 0 .5em }
        table { border-collapse: collapse; margin: 1rem 0 }
        th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: start; vertical-align: top }
        blockquote { border-inline-start: .25rem solid var(--line); margin: 1rem 0; padding-inline-start: 1rem }
        pre { overflow: auto; padding: .75rem; border: 1px solid var(--line) }
        img { max-width: 100%; height: auto }
        .center { text-align: center } .end { text-align: end } .tasks { list-style: none; padding-inline-start: 1rem }
        @media print { body { max-width: none; margin: 0 } }
        """;

    /// <summary>Writes it; the stream need not seek, and is not closed.</summary>
    public static void Write(WrittenDocument document, Stream output)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(output);
        using var pen = new XmlPen(output, false);
        new HtmlBody(pen, document).Write(Sheet);
    }
}

/// <summary>The elements of the file, written so that they are HTML and well-formed XML.</summary>
internal sealed class HtmlBody(XmlPen pen, WrittenDocument document)
{
    public void Write(string sheet)
    {
        pen.DocumentType("html");
        using var html = pen.Open("html", ("lang", document.Language));
        using (pen.Open("head"))
        {
            pen.Empty("meta", ("charset", "utf-8"));
            pen.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            pen.Line("title", document.Title);
            if (document.Author is { } author) pen.Empty("meta", ("name", "author"), ("content", author));
            if (document.Description is { } description) pen.Empty("meta", ("name", "description"), ("content", description));
            pen.Line("style", sheet);
        }

        using var body = pen.Open("body");
        using var main = pen.Open("main");
        if (document.ShowsTitle) pen.Line("h1", document.Title);
        foreach (var block in document.Blocks) Write(block);
        if (document.Description is { } origin) pen.Line("p", origin);
    }

    private void Write(WrittenBlock block)
    {
        switch (block)
        {
            case WrittenHeading heading:
                using (pen.Open(HeadingName(heading.Level))) Write(heading.Content);
                break;
            case WrittenParagraph paragraph:
                using (pen.Open("p")) Write(paragraph.Content);
                break;
            case WrittenList list:
                WriteList(list);
                break;
            case WrittenTable table:
                WriteTable(table);
                break;
            case WrittenQuote quote:
                using (pen.Open("blockquote"))
                    foreach (var inner in quote.Blocks) Write(inner);
                break;
            case WrittenCode code:
                using (pen.Open("pre", ("tabindex", "0"))) pen.Line("code", code.Text);
                break;
            case WrittenRule:
                pen.Empty("hr");
                break;
        }
    }

    // The title is the first level of the file.
    private string HeadingName(int level) => string.Create(CultureInfo.InvariantCulture, $"h{Math.Clamp(level + (document.ShowsTitle ? 1 : 0), 1, 6)}");

    private void WriteList(WrittenList list)
    {
        if (list.Items.Count == 0) return;

        var isTasks = list.Items.All(item => item.IsDone is not null);
        using var element = pen.Open(list.IsNumbered ? "ol" : "ul", ("class", isTasks ? "tasks" : null), ("start", list is { IsNumbered: true, Start: not 1 } ? list.Start.ToString(CultureInfo.InvariantCulture) : null));
        foreach (var item in list.Items)
        {
            using var entry = pen.Open("li");
            foreach (var (index, block) in TaskMark.Put(item).Index())
            {
                if (index == 0 && block is WrittenParagraph paragraph) Write(paragraph.Content);
                else Write(block);
            }
        }
    }

    private void WriteTable(WrittenTable table)
    {
        if (table.Columns == 0) return;

        using var element = pen.Open("table");
        if (table.Header.Count > 0)
            using (pen.Open("thead")) WriteRow(table, table.Header, "th");
        using var body = pen.Open("tbody");
        foreach (var row in table.Rows) WriteRow(table, row, "td");
    }

    private void WriteRow(WrittenTable table, IReadOnlyList<IReadOnlyList<WrittenInline>> cells, string name)
    {
        using var row = pen.Open("tr");
        for (var column = 0; column < table.Columns; column++)
        {
            var alignment = table.AlignmentOf(column) switch { WrittenAlignment.Center => "center", WrittenAlignment.End => "end", _ => null };
            using var cell = pen.Open(name, ("scope", name == "th" ? "col" : null), ("class", alignment));
            Write(column < cells.Count ? cells[column] : []);
        }
    }

    private void Write(IReadOnlyList<WrittenInline> content)
    {
        foreach (var inline in content)
        {
            switch (inline)
            {
                case WrittenText { SafeLink: { } address } text:
                    using (pen.Open("a", ("href", address), ("rel", "noopener noreferrer"))) WriteText(text, WrittenStyle.Bold);
                    break;
                case WrittenText text:
                    WriteText(text, WrittenStyle.Bold);
                    break;
                case WrittenBreak:
                    pen.Empty("br");
                    break;
                case WrittenImage image:
                    WriteImage(image);
                    break;
            }
        }
    }

    // One element for each look of the text, from the outside in.
    private void WriteText(WrittenText text, WrittenStyle look)
    {
        if (look > WrittenStyle.Code)
        {
            pen.Text(text.Text);
            return;
        }

        var next = (WrittenStyle)((int)look << 1);
        if (!text.Style.HasFlag(look))
        {
            WriteText(text, next);
            return;
        }

        using (pen.Open(look switch { WrittenStyle.Bold => "strong", WrittenStyle.Italic => "em", WrittenStyle.Strike => "s", _ => "code" })) WriteText(text, next);
    }

    private void WriteImage(WrittenImage image)
    {
        using var content = new MemoryStream();
        using (var source = image.Open()) source.CopyTo(content);
        var data = Convert.ToBase64String(content.GetBuffer(), 0, (int)content.Length);
        pen.Empty("img", ("src", $"data:{image.MediaType};base64,{data}"), ("alt", image.Alternative), ("width", image.Width.ToString(CultureInfo.InvariantCulture)), ("height", image.Height.ToString(CultureInfo.InvariantCulture)));
    }
}
