using System.Xml;
using System.Xml.Linq;

namespace TerritoireCollab.Syndication.Reading;

/// <summary>The tree of an XML document, mended where it is broken.</summary>
internal static class XmlTree
{
    /// <summary>Elements within elements: deeper, a document is refused, since it would exhaust the stack of whoever walks it.</summary>
    public const int MaximumDepth = 256;

    /// <summary>Longest document, in characters.</summary>
    public const int MaximumLength = 10 * 1024 * 1024;

    /// <summary>
    /// Reads strictly first. Where that fails the document is read as a browser would, and <paramref name="repairs"/> says so. Document type
    /// definitions are never read: nothing is expanded, nothing is fetched.
    /// </summary>
    /// <returns>The root; null when there is no element at all, or when the document is too long or too deep.</returns>
    public static XElement? Parse(string text, ICollection<string> repairs)
    {
        if (text.Length > MaximumLength) return null;

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

    private static XElement? Strict(string text)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = MaximumLength, IgnoreComments = true, IgnoreProcessingInstructions = true };
        using (var walk = XmlReader.Create(new StringReader(text), settings))
            while (walk.Read())
                if (walk.Depth > MaximumDepth) return null;

        using var reader = XmlReader.Create(new StringReader(text), settings);
        reader.MoveToContent();
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }
}
