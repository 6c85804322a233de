using System.Text;
using System.Xml;

namespace TerritoireCollab.Documents.Writing;

/// <summary>Writes XML by names with prefixes; what XML cannot hold is left out rather than refused.</summary>
internal sealed class XmlPen : IDisposable
{
    private readonly XmlWriter _writer;
    private readonly Dictionary<string, string> _namespaces;
    private bool _isStarted;

    /// <summary>A part with its namespaces, which the root declares; the prefix "" is the default one.</summary>
    public XmlPen(Stream stream, bool hasDeclaration, params (string Prefix, string Address)[] namespaces)
    {
        _namespaces = namespaces.ToDictionary(n => n.Prefix, n => n.Address);
        _writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = !hasDeclaration, CloseOutput = false });
    }

    /// <summary>Begins an element, which ends with what is given back; attributes without a value are left out.</summary>
    public Element Open(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(name, attributes);
        return new Element(_writer);
    }

    /// <summary>An element without content.</summary>
    public void Empty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(name, attributes);
        _writer.WriteEndElement();
    }

    /// <summary>An element that holds a text, even an empty one.</summary>
    public void Line(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        using (Open(name, attributes)) Text(text);
    }

    /// <summary>Text.</summary>
    public void Text(string text) => _writer.WriteString(Legal(text));

    /// <summary>What stands before the root.</summary>
    public void DocumentType(string name) => _writer.WriteDocType(name, null, null, null);

    public void Dispose() => _writer.Dispose();

    private void Start(string name, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        var (prefix, local) = Split(name);
        _writer.WriteStartElement(prefix, local, _namespaces.GetValueOrDefault(prefix));
        if (!_isStarted) Declare();
        foreach (var (attribute, value) in attributes)
            if (value is not null) WriteAttribute(attribute, value);
    }

    private void Declare()
    {
        _isStarted = true;
        foreach (var (prefix, address) in _namespaces.Where(n => n.Key.Length > 0 && n.Key != "xml")) _writer.WriteAttributeString("xmlns", prefix, null, address);
    }

    private void WriteAttribute(string name, string value)
    {
        var (prefix, local) = Split(name);
        _writer.WriteAttributeString(prefix, local, prefix.Length == 0 ? null : prefix == "xml" ? "http://www.w3.org/XML/1998/namespace" : _namespaces[prefix], Legal(value));
    }

    private static (string Prefix, string Local) Split(string name) => name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (name[..colon], name[(colon + 1)..]) : ("", name);

    /// <summary>A text without what XML cannot hold.</summary>
    public static string Legal(string text)
    {
        var isLegal = true;
        for (var i = 0; i < text.Length && isLegal; i++) isLegal = XmlConvert.IsXmlChar(text[i]);
        if (isLegal) return text;

        var legal = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) legal.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) legal.Append(text[i]).Append(text[++i]);
        }

        return legal.ToString();
    }

    /// <summary>An element that was begun.</summary>
    public readonly ref struct Element(XmlWriter writer)
    {
        /// <summary>Ends it.</summary>
        public void Dispose() => writer.WriteFullEndElement();
    }
}
