using System.Xml.Linq;
using TerritoireCollab.Syndication.Reading.Texts;

namespace TerritoireCollab.Syndication.Reading.Formats;

/// <summary>Media RSS: files, in groups or not, their pictures and texts.</summary>
internal static class MediaElements
{
    // Groups hold contents, which hold descriptions.
    private const int MostDepth = 3;

    /// <summary>Reads an element of an item.</summary>
    public static void Read(XElement element, string name, ItemDraft item, FeedContext context) => Read(element, name, item, context, 0);

    private static void Read(XElement element, string name, ItemDraft item, FeedContext context, int depth)
    {
        switch (name)
        {
            case "group" or "content":
                if (name == "content") Content(element, item);
                if (depth < MostDepth)
                    foreach (var child in element.Elements())
                        if (context.Names.Of(child) is { Space: Space.Media } inside) Read(child, inside.Local, item, context, depth + 1);
                break;
            case "peerlink":
                item.File(element.Attribute("href")?.Value, item.Base, element.Attribute("type")?.Value, null);
                break;
            case "thumbnail":
                item.Picture(element.Attribute("url")?.Value, item.Base, 4);
                break;
            case "title":
                item.Title(FeedText.OfRss(element, item.Base), 2);
                break;
            case "description":
                item.Summary(FeedText.OfAtom(element, item.Base), depth == 0 ? 2 : 1);
                break;
            case "keywords":
                foreach (var keyword in element.Value.Split(',')) item.Category(keyword);
                break;
        }
    }

    private static void Content(XElement element, ItemDraft item)
    {
        var (address, type, medium) = (element.Attribute("url")?.Value, element.Attribute("type")?.Value, element.Attribute("medium")?.Value);
        if (medium == "image" || type?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true) item.Picture(address, item.Base, 3);
        item.File(address, XmlBase.Of(element, item.Base), type ?? TypeOf(medium), element.Attribute("fileSize")?.Value);
    }

    private static string? TypeOf(string? medium) => medium is "image" or "audio" or "video" ? medium + "/*" : null;
}
