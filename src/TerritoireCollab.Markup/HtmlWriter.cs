using System.Buffers;
using System.Globalization;
using System.Text;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace TerritoireCollab.Markup;

/// <summary>
/// Writes the allowed part of a stream of tokens as well-nested HTML that a browser's parser reads back into the
/// same tree: a paragraph holds no block, a link no link, a list only items, a table only rows of cells. That is
/// what makes the sanitizer idempotent.
/// </summary>
internal sealed partial class HtmlWriter(SanitizerOptions options, int capacity)
{
    // Browsers stop nesting at 512; nobody writes 40 levels.
    private const int MaxDepth = 40;

    private static readonly SearchValues<char> Special = SearchValues.Create(SpecialCharacters());

    private readonly StringBuilder _html = new(capacity + (capacity / 4));
    private readonly List<Open> _open = new(16);
    private string? _dropped;
    private int _droppedDepth;

    public string Finish()
    {
        while (_frames.Count > 0)
        {
            EndFrame();
        }

        CloseFrom(0);
        return _html.ToString();
    }

    public void Text(string text)
    {
        if (_dropped is not null || text.Length == 0)
        {
            return;
        }

        if (IsBlank(text) && IsStructure(Top))
        {
            Encode(text, false);
            return;
        }

        OpenImpliedContent();

        // A parser ignores a line end right after <pre>: keeping it would lose the next one at each reading.
        if (Top is { Rule.Kind: ElementKind.Preformatted } pre && _html.Length == pre.ContentStart)
        {
            text = WithoutLeadingLineEnds(text);
        }

        Encode(text, false);
    }

    public void StartTag(HtmlTagToken tag)
    {
        if (_dropped is not null)
        {
            _droppedDepth += tag.Name == _dropped ? 1 : 0;
            return;
        }

        if (HtmlElements.Rules.TryGetValue(tag.Name, out var rule))
        {
            Start(tag, rule);
        }
    }

    public void EndTag(string name)
    {
        if (_dropped is not null)
        {
            EndDropped(name);
            return;
        }

        if (!HtmlElements.Rules.TryGetValue(name, out var rule))
        {
            return;
        }

        if (rule.Kind == ElementKind.Embed)
        {
            EndFrame();
            return;
        }

        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var open = _open[i];
            var matches = open.Source == name || (rule.Kind == ElementKind.Heading && open.Rule.Kind == ElementKind.Heading);
            if (matches)
            {
                CloseFrom(i);
                return;
            }

            if (StopsEndTag(open.Rule.Kind, rule.Kind))
            {
                return;
            }
        }
    }

    private Open? Top => _open.Count == 0 ? null : _open[^1];

    private void Start(HtmlTagToken tag, ElementRule rule)
    {
        switch (rule.Kind)
        {
            case ElementKind.Dropped when options.KeepPictures && HtmlElements.HoldWords.Contains(tag.Name):
                break;
            case ElementKind.Dropped:
                StartDropped(tag, rule);
                break;
            case ElementKind.Embed when options.KeepPictures && tag.Name == "iframe":
                _frames.Push((tag, _html.Length));
                break;
            case ElementKind.Embed:
                WriteEmbed(tag);
                StartDropped(tag, rule);
                break;
            case ElementKind.Break:
                OpenImpliedContent();
                _html.Append('<').Append(rule.OutName).Append('>');
                break;
            case ElementKind.Image:
                WriteImage(tag);
                break;
            case ElementKind.Anchor:
                StartAnchor(tag, rule);
                break;
            case ElementKind.Inline:
                StartInline(tag, rule);
                break;
            case ElementKind.Item:
                StartItem(tag, rule, ElementKind.List);
                break;
            case ElementKind.DefinitionItem:
                StartItem(tag, rule, ElementKind.DefinitionList);
                break;
            case ElementKind.Caption or ElementKind.Section or ElementKind.Row or ElementKind.Cell:
                StartTablePart(tag, rule);
                break;
            default:
                StartBlock(tag, rule);
                break;
        }
    }

    private void StartDropped(HtmlTagToken tag, ElementRule rule)
    {
        // Only svg and math may close themselves; <script/> opens.
        if (tag is { IsSelfClosing: true, Name: "svg" or "math" })
        {
            return;
        }

        _dropped = tag.Name;
        _droppedDepth = rule.RawText == HtmlParseMode.PCData ? 1 : 0;
    }

    private void EndDropped(string name)
    {
        if (name != _dropped)
        {
            return;
        }

        _droppedDepth--;
        if (_droppedDepth <= 0)
        {
            _dropped = null;
        }
    }

    private void StartInline(HtmlTagToken tag, ElementRule rule)
    {
        // A span that says nothing is noise.
        if (rule.OutName == "span" && Classes(tag) is null && Language(tag) is null)
        {
            return;
        }

        OpenImpliedContent();
        Push(tag, rule);
    }

    private void StartAnchor(HtmlTagToken tag, ElementRule rule)
    {
        if (LinkPolicy.Check(Attribute(tag, "href"), options) is not { } link)
        {
            return;
        }

        var outer = _open.FindLastIndex(open => open.Rule.Kind == ElementKind.Anchor);
        if (outer >= 0)
        {
            var crossesBlock = _open.FindIndex(outer, open => !open.Rule.IsInline) >= 0;
            if (crossesBlock)
            {
                return;
            }

            CloseFrom(outer);
        }

        OpenImpliedContent();
        if (!HasRoom(rule))
        {
            return;
        }

        var start = _html.Length;
        WriteAnchorStart(link, tag);
        _open.Add(new Open(tag.Name, rule, start, _html.Length));
    }

    private void WriteAnchorStart(SafeLink link, HtmlTagToken? tag)
    {
        _html.Append("<a");
        Write("href", link.Address);
        if (tag is not null)
        {
            WriteCommon(tag);
            Write("title", Attribute(tag, "title"));
        }

        if (link.LeavesSite)
        {
            Write("rel", "nofollow noopener ugc");
        }

        _html.Append('>');
    }

    private void StartBlock(HtmlTagToken tag, ElementRule rule)
    {
        var phrasing = InnermostPhrasing();
        if (phrasing >= 0)
        {
            var isWrapper = rule.Kind == ElementKind.Paragraph || rule.OutName == "div";
            if (isWrapper && _open[phrasing].Rule.Kind != ElementKind.Paragraph)
            {
                return;
            }

            CloseFrom(phrasing);
        }

        OpenImpliedContent();
        if (rule.Kind != ElementKind.Rule)
        {
            Push(tag, rule);
            return;
        }

        _html.Append("<hr>");
    }

    private void StartItem(HtmlTagToken tag, ElementRule rule, ElementKind parent)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var open = _open[i];
            if (open.Rule.Kind == parent)
            {
                CloseFrom(i + 1);
                Push(tag, rule);
                return;
            }

            if (open.Rule.Kind == rule.Kind || IsOrphan(open, rule))
            {
                CloseFrom(i);
                if (Top?.Rule.Kind == parent)
                {
                    Push(tag, rule);
                    return;
                }

                break;
            }

            var passes = open.Rule.IsInline || open.Rule.HoldsPhrasing || open.Rule.OutName == "div";
            if (!passes)
            {
                break;
            }
        }

        StartBlock(tag, HtmlElements.Division);
    }

    // An item outside any list was written as a division; its source name tells.
    private static bool IsOrphan(Open open, ElementRule rule) =>
        open.Rule == HtmlElements.Division && HtmlElements.Rules.TryGetValue(open.Source, out var source) && source.Kind == rule.Kind;

    private void StartTablePart(HtmlTagToken tag, ElementRule rule)
    {
        var table = _open.FindLastIndex(open => open.Rule.Kind == ElementKind.Table);
        if (table < 0)
        {
            if (rule.Kind is ElementKind.Cell or ElementKind.Caption)
            {
                StartBlock(tag, HtmlElements.Division);
            }

            return;
        }

        if (rule.Kind is ElementKind.Row or ElementKind.Cell)
        {
            OpenRowParents(table, rule.Kind);
        }
        else
        {
            CloseFrom(table + 1);
        }

        Push(tag, rule);
    }

    private void OpenRowParents(int table, ElementKind part)
    {
        var section = table + 1;
        if (_open.Count <= section || _open[section].Rule.Kind != ElementKind.Section)
        {
            CloseFrom(section);
            PushImplied(HtmlElements.Body);
        }

        var row = section + 1;
        if (part == ElementKind.Row)
        {
            CloseFrom(row);
            return;
        }

        if (_open.Count <= row || _open[row].Rule.Kind != ElementKind.Row)
        {
            CloseFrom(row);
            PushImplied(HtmlElements.Row);
        }

        CloseFrom(row + 1);
    }

    // Text or a block directly in a list or a table gets the item or the cell it lacks.
    private void OpenImpliedContent()
    {
        switch (Top?.Rule.Kind)
        {
            case ElementKind.List:
                PushImplied(HtmlElements.Item);
                break;
            case ElementKind.DefinitionList:
                PushImplied(HtmlElements.Definition);
                break;
            case ElementKind.Table or ElementKind.Section or ElementKind.Row:
                OpenRowParents(_open.FindLastIndex(open => open.Rule.Kind == ElementKind.Table), ElementKind.Cell);
                PushImplied(HtmlElements.Cell);
                break;
        }
    }

    private void WriteLinkTo(SafeLink? link, string label)
    {
        var text = label.Length > 0 ? label : link is { } named ? NameOf(named.Address) : string.Empty;
        if (text.Length == 0)
        {
            return;
        }

        OpenImpliedContent();
        var linked = link is not null && _open.Count < MaxDepth && !_open.Exists(open => open.Rule.Kind == ElementKind.Anchor);
        if (!linked)
        {
            Text(text);
            return;
        }

        WriteAnchorStart(link!.Value, null);
        Encode(text, false);
        _html.Append("</a>");
    }

    // The last part of the path, else the host: it needs no translation.
    private static string NameOf(string address)
    {
        var end = address.AsSpan().IndexOfAny("?#");
        var path = (end < 0 ? address : address[..end]).TrimEnd('/');
        var name = path[(path.LastIndexOf('/') + 1)..];
        var readable = Uri.UnescapeDataString(name).Trim();
        return readable.Length > 0 ? readable : name;
    }

    private bool HasRoom(ElementRule rule) => _open.Count + rule.Room <= MaxDepth;

    private void Push(HtmlTagToken tag, ElementRule rule)
    {
        if (!HasRoom(rule))
        {
            return;
        }

        var start = _html.Length;
        _html.Append('<').Append(rule.OutName);
        WriteCommon(tag);
        WriteOwn(tag, rule);
        _html.Append('>');
        _open.Add(new Open(tag.Name, rule, start, _html.Length));
    }

    private void PushImplied(ElementRule rule)
    {
        var start = _html.Length;
        _html.Append('<').Append(rule.OutName).Append('>');
        _open.Add(new Open(rule.OutName, rule, start, _html.Length));
    }

    private void CloseFrom(int index)
    {
        for (var i = _open.Count - 1; i >= index; i--)
        {
            var open = _open[i];
            _open.RemoveAt(i);
            if (_html.Length == open.ContentStart && open.Rule.GoesWhenEmpty)
            {
                _html.Length = open.TagStart;
                continue;
            }

            _html.Append("</").Append(open.Rule.OutName).Append('>');
        }
    }

    private int InnermostPhrasing()
    {
        var index = _open.FindLastIndex(open => !open.Rule.IsInline);
        return index >= 0 && _open[index].Rule.HoldsPhrasing ? index : -1;
    }

    private static bool StopsEndTag(ElementKind open, ElementKind ended) => ended switch
    {
        ElementKind.Table => false,
        ElementKind.Section or ElementKind.Row or ElementKind.Cell or ElementKind.Caption => open is ElementKind.Table,
        ElementKind.Container => open is ElementKind.Cell or ElementKind.Caption or ElementKind.Table or ElementKind.Item,
        ElementKind.List or ElementKind.DefinitionList => open is ElementKind.Cell or ElementKind.Caption or ElementKind.Table,
        ElementKind.Item => open is ElementKind.List or ElementKind.Cell or ElementKind.Caption or ElementKind.Table,
        ElementKind.DefinitionItem => open is ElementKind.DefinitionList or ElementKind.Cell or ElementKind.Caption or ElementKind.Table,
        _ => open is not (ElementKind.Inline or ElementKind.Anchor or ElementKind.Paragraph or ElementKind.Heading or ElementKind.Preformatted),
    };

    private static bool IsStructure(Open? open) => open?.Rule.Kind
        is ElementKind.List or ElementKind.DefinitionList or ElementKind.Table or ElementKind.Section or ElementKind.Row;

    private static bool IsBlank(string text) => text.AsSpan().IndexOfAnyExcept(" \t\n\r\f") < 0;

    private void WriteCommon(HtmlTagToken tag)
    {
        if (tag.Attributes.Count == 0)
        {
            return;
        }

        Write("class", Classes(tag));
        Write("lang", Language(tag));
    }

    private void WriteOwn(HtmlTagToken tag, ElementRule rule)
    {
        if (tag.Attributes.Count == 0)
        {
            return;
        }

        switch (rule.OutName)
        {
            case "ol":
                WriteNumber(tag, "start", 999_999_999);
                break;
            case "abbr":
                Write("title", Attribute(tag, "title"));
                break;
            case "td" or "th":
                WriteNumber(tag, "colspan", 100);
                WriteNumber(tag, "rowspan", 1_000);
                WriteScope(tag, rule);
                break;
        }
    }

    private void WriteScope(HtmlTagToken tag, ElementRule rule)
    {
        if (rule.OutName == "th" && Attribute(tag, "scope") is "col" or "row")
        {
            Write("scope", Attribute(tag, "scope"));
        }
    }

    private void WriteNumber(HtmlTagToken tag, string name, int maximum)
    {
        var written = Attribute(tag, name);
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= maximum)
        {
            Write(name, number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void Write(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        _html.Append(' ').Append(name).Append("=\"");
        Encode(value, true);
        _html.Append('"');
    }

    private static string? Classes(HtmlTagToken tag)
    {
        var written = Attribute(tag, "class");
        if (written is null)
        {
            return tag.Name is "td" or "th" ? Alignment(tag) : null;
        }

        if (HtmlElements.Classes.Contains(written))
        {
            return written;
        }

        var kept = written.Split([' ', '\t', '\n', '\f', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Where(HtmlElements.Classes.Contains)
            .Distinct();
        var joined = string.Join(' ', kept);
        return joined.Length == 0 ? null : joined;
    }

    // The Markdown renderer and old pages align cells by style or align; the page's policy forbids inline styles.
    private static string? Alignment(HtmlTagToken tag)
    {
        var style = Attribute(tag, "style") ?? Attribute(tag, "align");
        if (style is null)
        {
            return null;
        }

        var value = style.Replace("text-align:", string.Empty, StringComparison.OrdinalIgnoreCase).Trim(' ', ';');
        return value switch
        {
            "right" => "aligne-droite",
            "center" => "aligne-centre",
            _ => null,
        };
    }

    private static string WithoutLeadingLineEnds(string text)
    {
        var start = 0;
        while (start < text.Length && (text[start] is '\n' or '\r' || IsUnwritable(text[start])))
        {
            start++;
        }

        return text[start..];
    }

    // What XML 1.0 forbids cannot stay: the same text goes into feeds.
    private static bool IsUnwritable(char letter) =>
        letter is (< ' ' and not ('\t' or '\n' or '\r' or '\f')) or '\uFFFE' or '\uFFFF';

    private static string? Language(HtmlTagToken tag)
    {
        var language = Attribute(tag, "lang");
        var valid = language is { Length: >= 2 and <= 12 } && language.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        return valid ? language : null;
    }

    // The first of two attributes of one name counts, as in a browser.
    private static string? Attribute(HtmlTagToken tag, string name)
    {
        var attributes = tag.Attributes;
        for (var i = 0; i < attributes.Count; i++)
        {
            if (attributes[i].Name == name)
            {
                return attributes[i].Value;
            }
        }

        return null;
    }

    private void Encode(string text, bool inAttribute)
    {
        var rest = text.AsSpan();
        while (true)
        {
            var index = rest.IndexOfAny(Special);
            if (index < 0)
            {
                _html.Append(rest);
                return;
            }

            _html.Append(rest[..index]);
            rest = rest[index..];
            rest = rest[EncodeOne(rest, inAttribute)..];
        }
    }

    private int EncodeOne(ReadOnlySpan<char> text, bool inAttribute)
    {
        switch (text[0])
        {
            case '&':
                _html.Append("&amp;");
                return 1;
            case '<':
                _html.Append("&lt;");
                return 1;
            case '>':
                _html.Append("&gt;");
                return 1;
            case '"':
                _html.Append(inAttribute ? "&quot;" : "\"");
                return 1;
            case '\r':
                _html.Append('\n');
                return text.Length > 1 && text[1] == '\n' ? 2 : 1;
            case '\f':
                _html.Append(' ');
                return 1;
            default:
                return EncodeRare(text);
        }
    }

    private sealed record Open(string Source, ElementRule Rule, int TagStart, int ContentStart);
}
