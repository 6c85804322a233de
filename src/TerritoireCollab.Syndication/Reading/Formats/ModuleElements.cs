using System.Xml.Linq;
using TerritoireCollab.Syndication.Reading.Texts;

namespace TerritoireCollab.Syndication.Reading.Formats;

/// <summary>Dublin Core, the content module, HTML, podcasts and the rest: what every format may borrow.</summary>
internal static class ModuleElements
{
    /// <summary>Reads an element of an item, if it says anything of use.</summary>
    public static void Read(XElement element, Space space, string name, ItemDraft item, FeedContext context)
    {
        switch (space)
        {
            case Space.DublinCore or Space.Terms:
                DublinCore(element, name, item, context);
                break;
            case Space.Content when name == "encoded":
                item.Content(FeedText.OfRss(element, item.Base));
                break;
            case Space.Html when name is "body" or "div":
                item.Content(FeedText.OfRss(element, item.Base), 4);
                break;
            case Space.ITunes:
                ITunes(element, name, item);
                break;
            case Space.Media:
                MediaElements.Read(element, name, item, context);
                break;
            case Space.FeedBurner when name == "origlink":
                // The page itself, not the counter on the way to it.
                item.Link(element.Value, item.Base, ItemDraft.Own + 1);
                break;
            case Space.FeedBurner when name == "origenclosurelink":
                item.FileIsReallyAt(element.Value, item.Base);
                break;
            case Space.Rdf when name is "value":
                item.Content(FeedText.OfRss(element, item.Base), 1);
                break;
        }
    }

    /// <summary>Reads an element of a feed, if it says anything of use.</summary>
    public static void Read(XElement element, Space space, string name, FeedDraft feed, Uri? around, FeedContext context)
    {
        switch (space)
        {
            case Space.DublinCore or Space.Terms:
                DublinCore(element, name, feed, around, context);
                break;
            case Space.ITunes:
                ITunes(element, name, feed, around, context);
                break;
            case Space.Syndication when name == "updateperiod":
                feed.Period(element.Value);
                break;
            case Space.Syndication when name == "updatefrequency":
                feed.Frequency(element.Value);
                break;
            case Space.Media when name is "thumbnail":
                feed.Picture(element.Attribute("url")?.Value, around, 2);
                break;
            case Space.Media when name is "title":
                feed.Title(FeedText.OfRss(element, around), 1);
                break;
        }
    }

    private static void DublinCore(XElement element, string name, ItemDraft item, FeedContext context)
    {
        switch (name)
        {
            case "title":
                item.Title(FeedText.OfRss(element, item.Base), 3);
                break;
            case "creator" or "author":
                item.Authors.Add(People.Of(element, item.Base, context), People.Named);
                break;
            case "publisher":
                item.Authors.Add(People.OfText(element.Value), People.Owning);
                break;
            case "subject":
                item.Category(element.Value);
                break;
            case "description" or "abstract":
                item.Summary(FeedText.OfRss(element, item.Base), 3);
                break;
            case "identifier":
                item.Id(element.Value, 2);
                break;
            case "issued":
                item.Published(context.Date(element.Value), 4);
                break;
            case "modified":
                item.Updated(context.Date(element.Value), 4);
                break;
            case "created" or "available":
                item.Published(context.Date(element.Value), 1);
                break;
            case "date":
                // It says neither: where nothing else does, it is both.
                var moment = context.Date(element.Value);
                item.Published(moment, 3);
                item.Updated(moment, 3);
                break;
            case "source":
                item.Source ??= FeedContext.Line(element) is { } source ? new(source, XmlBase.Resolve(source, null)) : null;
                break;
        }
    }

    private static void DublinCore(XElement element, string name, FeedDraft feed, Uri? around, FeedContext context)
    {
        switch (name)
        {
            case "title":
                feed.Title(FeedText.OfRss(element, around), 3);
                break;
            case "creator" or "author":
                feed.Authors.Add(People.Of(element, around, context), People.Named);
                break;
            case "publisher":
                feed.Authors.Add(People.OfText(element.Value), People.Owning);
                break;
            case "subject":
                feed.Category(element.Value);
                break;
            case "description":
                feed.Description(FeedText.OfRss(element, around), 3);
                break;
            case "language":
                feed.Language(element.Value, 3);
                break;
            case "rights":
                feed.Rights(FeedText.OfRss(element, around), 3);
                break;
            case "date" or "modified":
                feed.Updated(context.Date(element.Value), 4);
                break;
        }
    }

    private static void ITunes(XElement element, string name, ItemDraft item)
    {
        switch (name)
        {
            case "title":
                item.Title(FeedText.OfRss(element, item.Base), 1);
                break;
            case "author":
                item.Authors.Add(People.OfText(element.Value), People.Speaking);
                break;
            case "summary" or "description":
                item.Summary(FeedText.OfRss(element, item.Base), 2);
                break;
            case "subtitle":
                item.Summary(FeedText.OfRss(element, item.Base), 1);
                break;
            case "image":
                item.Picture(element.Attribute("href")?.Value ?? element.Attribute("url")?.Value ?? element.Value, item.Base, 2);
                break;
            case "keywords":
                foreach (var keyword in element.Value.Split(',')) item.Category(keyword);
                break;
            case "category":
                item.Category(element.Attribute("text")?.Value);
                break;
        }
    }

    private static void ITunes(XElement element, string name, FeedDraft feed, Uri? around, FeedContext context)
    {
        switch (name)
        {
            case "title":
                feed.Title(FeedText.OfRss(element, around), 1);
                break;
            case "author":
                feed.Authors.Add(People.OfText(element.Value), People.Speaking);
                break;
            case "owner":
                feed.Authors.Add(People.Of(element, around, context), People.Owning);
                break;
            case "summary" or "description":
                feed.Description(FeedText.OfRss(element, around), 2);
                break;
            case "subtitle":
                feed.Description(FeedText.OfRss(element, around), 1);
                break;
            case "image":
                feed.Picture(element.Attribute("href")?.Value ?? element.Attribute("url")?.Value ?? element.Value, around, 3);
                break;
            case "link" when element.Attribute("rel")?.Value == "image":
                feed.Picture(element.Attribute("href")?.Value, around, 2);
                break;
            case "keywords":
                foreach (var keyword in element.Value.Split(',')) feed.Category(keyword);
                break;
            case "category":
                foreach (var category in element.DescendantsAndSelf(element.Name)) feed.Category(category.Attribute("text")?.Value);
                break;
        }
    }
}
