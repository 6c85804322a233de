using System.Text;
using System.Xml;
using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication.Writing;

/// <summary>What the XML formats share.</summary>
internal static class FeedXml
{
    private const string XmlnsPrefix = "xmlns";

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.None,
        CloseOutput = false,
    };

    /// <summary>Writes a whole document, declaration included.</summary>
    public static void WriteDocument(Stream stream, Action<XmlWriter> writeRoot)
    {
        using var xml = XmlWriter.Create(stream, Settings);
        xml.WriteStartDocument();
        writeRoot(xml);
        xml.WriteEndDocument();
    }

    public static void WriteStart(this XmlWriter xml, Vocabulary vocabulary, string name)
        => xml.WriteStartElement(vocabulary.Prefix, name, vocabulary.Namespace);

    /// <summary>Declares prefixes on the root, so that no element below repeats them.</summary>
    public static void Declare(this XmlWriter xml, params ReadOnlySpan<Vocabulary> vocabularies)
    {
        foreach (var vocabulary in vocabularies)
            xml.WriteAttributeString(XmlnsPrefix, vocabulary.Prefix, null, vocabulary.Namespace);
    }

    /// <summary>An element of plain text; nothing when the text is null.</summary>
    public static void WritePlain(this XmlWriter xml, Vocabulary vocabulary, string name, string? text)
    {
        if (text is null)
            return;

        xml.WriteStart(vocabulary, name);
        xml.WriteCharacters(text);
        xml.WriteEndElement();
    }

    /// <summary>An element that holds HTML, escaped and not in a CDATA section, which a <c>]]&gt;</c> would cut; nothing when it is null.</summary>
    public static void WriteHtml(this XmlWriter xml, Vocabulary vocabulary, string name, string? html)
    {
        if (html is null)
            return;

        xml.WriteStart(vocabulary, name);
        xml.WriteString(html);
        xml.WriteEndElement();
    }

    public static void WriteAddress(this XmlWriter xml, Vocabulary vocabulary, string name, Uri address)
        => xml.WritePlain(vocabulary, name, WebAddress.Text(address));

    /// <summary>An Atom link (RFC 4287 section 4.2.7), in Atom or inside RSS.</summary>
    public static void WriteLink(this XmlWriter xml, Vocabulary atom, string relation, Uri address, string? type = null)
    {
        xml.WriteStart(atom, "link");
        xml.WriteAttributeString("rel", relation);
        if (type is not null)
            xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", WebAddress.Text(address));
        xml.WriteEndElement();
    }

    /// <summary>Plain text where the format wants HTML: shown as it is, never taken for markup.</summary>
    public static string PlainAsHtml(string text)
        => text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Plain text, its ampersands and less-than signs as the hexadecimal references that the RSS profile asks for.</summary>
    public static void WriteCharacters(this XmlWriter xml, string text)
    {
        var rest = text.AsSpan();
        for (var next = rest.IndexOfAny('&', '<'); next >= 0; next = rest.IndexOfAny('&', '<'))
        {
            xml.WriteString(rest[..next].ToString());
            xml.WriteCharEntity(rest[next]);
            rest = rest[(next + 1)..];
        }

        xml.WriteString(rest.ToString());
    }
}
