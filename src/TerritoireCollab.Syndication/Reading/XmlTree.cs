using System.Xml;
using System.Xml.Linq;

namespace TerritoireCollab.Syndication.Reading;

/// <summary>The tree of an XML document, mended where it is broken.</summary>
internal static class XmlTree
{
    /// <summary>Elements within elements: deeper, a document is refused, since it would exhaust the stack of whoever walks it.</summary>
    public const int MaximumDepth = 256;

    /// <summary>Most elements and attributes: each takes many times its bytes in memory. The largest feeds have a tenth.</summary>
    public const int MaximumNodes = 300_000;

    private const int LongTag = 20_000;
    private const int MostAttributes = 2_000;

    /// <summary>Longest document, in characters.</summary>
    public const int MaximumLength = 10 * 1024 * 1024;

    /// <summary>
    /// Reads strictly first. Where that fails the document is read as a browser would, and <paramref name="repairs"/> says so. Document type
    /// definitions are never read: nothing is expanded, nothing is fetched.
    /// </summary>
    /// <returns>The root; null when there is no element at all, or when the document is too long, too deep or has too many nodes.</returns>
    public static XElement? Parse(string text, ICollection<string> repairs)
    {
        if (text.Length > MaximumLength) return null;

        if (HasEndlessTag(text))
        {
            repairs.Add("1:1");
            return TolerantXml.Parse(text);
        }

        try
        {
            return Strict(text);
        }
        catch (XmlException fault)
        {
            repairs.Add($"{fault.LineNumber}:{fault.LinePosition}");
            return TolerantXml.Parse(text);
        }
    }

    // The strict reader compares each attribute with all others.
    private static bool HasEndlessTag(string text)
    {
        for (var at = text.IndexOf('<'); at >= 0; at = text.IndexOf('<', at))
        {
            var end = text.IndexOf('>', at);
            if (end < 0) end = text.Length;
            if (end - at > LongTag && text.AsSpan(at, end - at).Count('=') > MostAttributes) return true;

            at = end;
        }

        return false;
    }

    private static XElement? Strict(string text)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = MaximumLength, IgnoreComments = true, IgnoreProcessingInstructions = true };
        using (var walk = XmlReader.Create(new StringReader(text), settings))
        {
            var nodes = 0;
            while (walk.Read())
                if (walk.Depth > MaximumDepth || (walk.NodeType == XmlNodeType.Element && (nodes += 1 + walk.AttributeCount) > MaximumNodes)) return null;
        }

        using var reader = XmlReader.Create(new StringReader(text), settings);
        reader.MoveToContent();
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }
}
