using System.Collections.Frozen;
using AngleSharp.Html.Parser;

namespace TerritoireCollab.Markup;

/// <summary>How the sanitizer treats an element.</summary>
internal enum ElementKind
{
    /// <summary>Inside a line.</summary>
    Inline,

    /// <summary>A link.</summary>
    Anchor,

    /// <summary>A paragraph.</summary>
    Paragraph,

    /// <summary>A heading.</summary>
    Heading,

    /// <summary>Preformatted text.</summary>
    Preformatted,

    /// <summary>Holds blocks.</summary>
    Container,

    /// <summary>Holds only items.</summary>
    List,

    /// <summary>Item of a list.</summary>
    Item,

    /// <summary>Holds only terms and definitions.</summary>
    DefinitionList,

    /// <summary>Term or definition.</summary>
    DefinitionItem,

    /// <summary>A table.</summary>
    Table,

    /// <summary>Title of a table.</summary>
    Caption,

    /// <summary>Group of rows.</summary>
    Section,

    /// <summary>Row.</summary>
    Row,

    /// <summary>Cell.</summary>
    Cell,

    /// <summary>Line break; no content.</summary>
    Break,

    /// <summary>Thematic break; no content.</summary>
    Rule,

    /// <summary>Picture; no content.</summary>
    Image,

    /// <summary>Foreign player or frame: a link to it stays, its content goes.</summary>
    Embed,

    /// <summary>Goes with all its content.</summary>
    Dropped,
}

/// <summary>What becomes of one element name.</summary>
/// <param name="Kind">Treatment.</param>
/// <param name="OutName">Name written, when it is written.</param>
/// <param name="RawText">How the tokenizer must read the content, for elements that hold no markup.</param>
internal sealed record ElementRule(ElementKind Kind, string OutName, HtmlParseMode RawText = HtmlParseMode.PCData)
{
    /// <summary>
    /// Levels of nesting that must still be free to open the element: a table always has room for its section, row
    /// and cell. It depends on the name alone, so that a second pass decides the same.
    /// </summary>
    public int Room { get; } = Kind switch
    {
        ElementKind.Table => 4,
        ElementKind.Section => 3,
        ElementKind.Row or ElementKind.List or ElementKind.DefinitionList => 2,
        _ => 1,
    };

    /// <summary>Whether the element holds only text and inline elements.</summary>
    public bool HoldsPhrasing => Kind is ElementKind.Paragraph or ElementKind.Heading or ElementKind.Preformatted;

    /// <summary>Whether the element sits inside a line.</summary>
    public bool IsInline => Kind is ElementKind.Inline or ElementKind.Anchor;

    /// <summary>Whether the element goes when it turns out to be empty.</summary>
    public bool GoesWhenEmpty => Kind is not (ElementKind.Item or ElementKind.DefinitionItem or ElementKind.Cell);
}

/// <summary>The allow-list. A name that is not here is unwrapped: the element goes, its text stays.</summary>
internal static class HtmlElements
{
    /// <summary>Classes that may be written, all our own.</summary>
    public static FrozenSet<string> Classes { get; } =
        new[] { "mention", "reference", "case", "case-faite", "aligne-droite", "aligne-centre", "lien-page", "lien-page-dit", "lien-a-ecrire" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Elements whose own kind goes and whose words are kept of a foreign text: a formula's letters, the labels of a drawing, what an object
    /// holds for those who cannot show it.
    /// </summary>
    public static FrozenSet<string> HoldWords { get; } = new[] { "object", "math", "svg" }.ToFrozenSet(StringComparer.Ordinal);

    public static ElementRule Item { get; } = new(ElementKind.Item, "li");

    public static ElementRule Definition { get; } = new(ElementKind.DefinitionItem, "dd");

    public static ElementRule Body { get; } = new(ElementKind.Section, "tbody");

    public static ElementRule Row { get; } = new(ElementKind.Row, "tr");

    public static ElementRule Cell { get; } = new(ElementKind.Cell, "td");

    public static ElementRule Division { get; } = new(ElementKind.Container, "div");

    public static FrozenDictionary<string, ElementRule> Rules { get; } = Build().ToFrozenDictionary(StringComparer.Ordinal);

    private static Dictionary<string, ElementRule> Build()
    {
        var rules = new Dictionary<string, ElementRule>(StringComparer.Ordinal)
        {
            ["a"] = new(ElementKind.Anchor, "a"),
            ["p"] = new(ElementKind.Paragraph, "p"),
            ["li"] = Item,
            ["dd"] = Definition,
            ["dt"] = new(ElementKind.DefinitionItem, "dt"),
            ["dl"] = new(ElementKind.DefinitionList, "dl"),
            ["table"] = new(ElementKind.Table, "table"),
            ["caption"] = new(ElementKind.Caption, "caption"),
            ["tr"] = Row,
            ["td"] = Cell,
            ["th"] = new(ElementKind.Cell, "th"),
            ["tbody"] = Body,
            ["hr"] = new(ElementKind.Rule, "hr"),
            ["img"] = new(ElementKind.Image, "img"),
            ["image"] = new(ElementKind.Image, "img"),
            ["iframe"] = new(ElementKind.Embed, "a", HtmlParseMode.Rawtext),
            ["video"] = new(ElementKind.Embed, "a"),
            ["audio"] = new(ElementKind.Embed, "a"),
            ["script"] = new(ElementKind.Dropped, string.Empty, HtmlParseMode.Script),
            ["plaintext"] = new(ElementKind.Dropped, string.Empty, HtmlParseMode.Plaintext),
        };
        Same(rules, ElementKind.Inline, "abbr b cite code del dfn em i ins kbd mark q s samp small span strong sub sup u var");
        Same(rules, ElementKind.Container, "blockquote figure figcaption");
        Same(rules, ElementKind.List, "ul ol");
        Same(rules, ElementKind.Section, "thead tfoot");
        Same(rules, ElementKind.Break, "br wbr");
        Same(rules, ElementKind.Heading, "h3 h4 h5 h6");
        Same(rules, ElementKind.Preformatted, "pre");
        Map(rules, ElementKind.Heading, "h3", "h1 h2");
        Map(rules, ElementKind.Preformatted, "pre", "listing");
        Map(rules, ElementKind.List, "ul", "menu dir");
        Map(rules, ElementKind.Inline, "code", "tt");
        Map(rules, ElementKind.Inline, "del", "strike");
        Map(rules, ElementKind.Inline, "abbr", "acronym");
        Map(rules, ElementKind.Container, "div", "div section article aside header footer main nav address center details summary fieldset legend hgroup form dialog search");
        Map(rules, ElementKind.Dropped, string.Empty, "svg math template object applet canvas select datalist map");
        foreach (var name in "style xmp noembed noframes".Split(' '))
        {
            rules[name] = new(ElementKind.Dropped, string.Empty, HtmlParseMode.Rawtext);
        }

        foreach (var name in "title textarea".Split(' '))
        {
            rules[name] = new(ElementKind.Dropped, string.Empty, HtmlParseMode.RCData);
        }

        return rules;
    }

    private static void Same(Dictionary<string, ElementRule> rules, ElementKind kind, string names)
    {
        foreach (var name in names.Split(' '))
        {
            rules[name] = new(kind, name);
        }
    }

    private static void Map(Dictionary<string, ElementRule> rules, ElementKind kind, string outName, string names)
    {
        foreach (var name in names.Split(' '))
        {
            rules[name] = new(kind, outName);
        }
    }
}
