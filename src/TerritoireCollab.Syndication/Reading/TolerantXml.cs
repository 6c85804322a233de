using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace TerritoireCollab.Syndication.Reading;

/// <summary>
/// Reads a document that is nearly XML: bare ampersands, HTML's entities, undeclared prefixes, unquoted or repeated attributes, « &lt; » in a
/// value, elements closed out of order or not at all, a document that was cut. Every sign is passed once; nothing is thrown.
/// </summary>
internal sealed class TolerantXml
{
    // Each is compared with those before it.
    private const int MostAttributes = 100;

    // What feeds use without declaring it, most of all.
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dc"] = "http://purl.org/dc/elements/1.1/",
        ["dcterms"] = "http://purl.org/dc/terms/",
        ["content"] = "http://purl.org/rss/1.0/modules/content/",
        ["media"] = "http://search.yahoo.com/mrss/",
        ["itunes"] = "http://www.itunes.com/dtds/podcast-1.0.dtd",
        ["atom"] = "http://www.w3.org/2005/Atom",
        ["rdf"] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        ["xhtml"] = "http://www.w3.org/1999/xhtml",
        ["slash"] = "http://purl.org/rss/1.0/modules/slash/",
        ["sy"] = "http://purl.org/rss/1.0/modules/syndication/",
        ["feedburner"] = "http://rssnamespace.org/feedburner/ext/1.0",
        ["wfw"] = "http://wellformedweb.org/CommentAPI/",
        ["xml"] = "http://www.w3.org/XML/1998/namespace",
    };

    // What holds the news of a feed.
    private static readonly HashSet<string> Lists = new(StringComparer.OrdinalIgnoreCase) { "channel", "feed", "rdf:RDF", "rss", "items" };

    private readonly string _text;
    private readonly List<Open> _open = [];
    private int _at;
    private int _nodes;
    private XElement? _root;

    private TolerantXml(string text) => _text = text;

    /// <summary>The root; null when there is no element, or when elements are nested deeper than <see cref="XmlTree.MaximumDepth"/>.</summary>
    public static XElement? Parse(string text) => new TolerantXml(text).Read();

    private XElement? Read()
    {
        var text = 0;
        while (_text.IndexOf('<', _at) is >= 0 and var next)
        {
            _at = next;
            if (!IsMarkup())
            {
                // A sign of the text, which goes on.
                _at++;
                continue;
            }

            AddText(_text[text.._at]);
            if (!Skip("<!--", "-->") && !CData() && !Skip("<?", "?>") && !Doctype() && !End()) Start();
            if (_open.Count > XmlTree.MaximumDepth) return null;
            if (_nodes > XmlTree.MaximumNodes) return _root;

            text = _at;
        }

        AddText(_text[text..]);
        return _root;
    }

    private bool IsMarkup() => _at + 1 < _text.Length && (char.IsLetter(_text[_at + 1]) || _text[_at + 1] is '_' or '/' or '!' or '?');

    private bool Starts(string what) => string.CompareOrdinal(_text, _at, what, 0, what.Length) == 0;

    private bool Skip(string opening, string closing)
    {
        if (!Starts(opening)) return false;

        var end = _text.IndexOf(closing, _at + opening.Length, StringComparison.Ordinal);
        _at = end < 0 ? _text.Length : end + closing.Length;
        return true;
    }

    private bool CData()
    {
        const string Opening = "<![CDATA[";
        if (!Starts(Opening)) return false;

        var start = _at + Opening.Length;
        var end = _text.IndexOf("]]>", start, StringComparison.Ordinal);
        Add(Legal(_text[start..(end < 0 ? _text.Length : end)]));
        _at = end < 0 ? _text.Length : end + 3;
        return true;
    }

    // With what it declares between brackets.
    private bool Doctype()
    {
        if (!Starts("<!")) return false;

        var depth = 0;
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] == '[') depth++;
            else if (_text[_at] == ']') depth--;
            else if (_text[_at] == '>' && depth <= 0) break;
        }

        _at = Math.Min(_text.Length, _at + 1);
        return true;
    }

    private bool End()
    {
        if (!Starts("</")) return false;

        var close = _text.IndexOf('>', _at);
        var name = _text[(_at + 2)..(close < 0 ? _text.Length : close)].Trim();
        _at = close < 0 ? _text.Length : close + 1;
        // What was never opened closes nothing; what was closes all that it holds.
        var opened = _open.FindLastIndex(o => o.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (opened >= 0) _open.RemoveRange(opened, _open.Count - opened);
        return true;
    }

    private void Start()
    {
        var at = _at + 1;
        var name = Name(ref at);
        var attributes = new List<(string Name, string Value)>();
        var isEmpty = false;
        while (at < _text.Length && _text[at] != '>')
        {
            if (_text[at] == '/' && at + 1 < _text.Length && _text[at + 1] == '>')
            {
                isEmpty = true;
                at++;
                break;
            }

            var attribute = Name(ref at);
            if (attribute.Length == 0)
            {
                at++;
                continue;
            }

            var value = Value(ref at);
            if (attributes.Count < MostAttributes) attributes.Add((attribute, value));
        }

        _at = Math.Min(_text.Length, at + 1);
        Begin(name, attributes, isEmpty);
    }

    private string Name(ref int at)
    {
        var start = at;
        if (at < _text.Length && (char.IsLetter(_text[at]) || _text[at] == '_'))
            while (at < _text.Length && (char.IsLetterOrDigit(_text[at]) || _text[at] is '_' or '-' or '.' or ':')) at++;
        return _text[start..at];
    }

    private string Value(ref int at)
    {
        Blank(ref at);
        if (at >= _text.Length || _text[at] != '=') return "";

        at++;
        Blank(ref at);
        if (at < _text.Length && _text[at] is '"' or '\'')
        {
            var end = _text.IndexOf(_text[at], at + 1);
            var quoted = _text[(at + 1)..(end < 0 ? _text.Length : end)];
            at = end < 0 ? _text.Length : end + 1;
            return Legal(WebUtility.HtmlDecode(quoted));
        }

        var start = at;
        while (at < _text.Length && !char.IsWhiteSpace(_text[at]) && _text[at] != '>') at++;
        return Legal(WebUtility.HtmlDecode(_text[start..at]));
    }

    private void Blank(ref int at)
    {
        while (at < _text.Length && char.IsWhiteSpace(_text[at])) at++;
    }

    private void Begin(string name, List<(string Name, string Value)> attributes, bool isEmpty)
    {
        CloseBefore(name);
        var spaces = _open is [.., var around] ? around.Spaces : Known;
        if (attributes.Any(a => a.Name.StartsWith("xmlns", StringComparison.Ordinal)))
        {
            spaces = new(spaces, StringComparer.OrdinalIgnoreCase);
            foreach (var (key, value) in attributes.Where(a => a.Name == "xmlns" || a.Name.StartsWith("xmlns:", StringComparison.Ordinal))) spaces[key == "xmlns" ? "" : key[6..]] = value;
        }

        _nodes += 1 + attributes.Count;
        var element = new XElement(Qualified(name, spaces, spaces.GetValueOrDefault("", "")));
        foreach (var (key, value) in attributes.Where(a => !a.Name.StartsWith("xmlns", StringComparison.Ordinal)))
            if (Qualified(key, spaces, "") is var qualified && element.Attribute(qualified) is null) element.SetAttributeValue(qualified, value);

        if (_open is [.., var parent]) parent.Element.Add(element);
        else if (_root is null) _root = element;
        else return;

        if (!isEmpty) _open.Add(new(name, element, spaces));
    }

    // A news begins where the last one ends, and within the list: whatever was left open before it is closed.
    private void CloseBefore(string name)
    {
        if (!(name.Equals("item", StringComparison.OrdinalIgnoreCase) || name.Equals("entry", StringComparison.OrdinalIgnoreCase))) return;

        var list = _open.FindLastIndex(o => Lists.Contains(o.Name));
        if (list >= 0) _open.RemoveRange(list + 1, _open.Count - list - 1);
    }

    // A prefix that is neither declared nor known is a namespace of its own, so that « x:title » is never taken for the title.
    private static XName Qualified(string name, Dictionary<string, string> spaces, string otherwise)
    {
        var colon = name.IndexOf(':');
        var (prefix, local) = colon < 0 ? ("", name) : (name[..colon], name[(colon + 1)..].Replace(':', '_'));
        if (local.Length == 0) (prefix, local) = ("", prefix);
        var space = prefix.Length == 0 ? otherwise : spaces.GetValueOrDefault(prefix, "prefix:" + prefix);
        return XName.Get(XmlConvert.EncodeLocalName(local)!, space);
    }

    private void AddText(string text) => Add(Legal(WebUtility.HtmlDecode(text)));

    private void Add(string text)
    {
        if (_open is [.., var inside] && text.Length > 0) inside.Element.Add(new XText(text));
    }

    private static string Legal(string text)
    {
        if (text.All(XmlConvert.IsXmlChar)) return text;

        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune != Rune.ReplacementChar && (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))) kept.Append(rune);
        return kept.ToString();
    }

    private sealed record Open(string Name, XElement Element, Dictionary<string, string> Spaces);
}
