using System.Xml.Linq;

namespace TerritoireCollab.Syndication.Reading;

/// <summary>Vocabularies that feeds are written in, whatever the address that stands for them.</summary>
internal enum Space
{
    /// <summary>RSS in all its versions, and no namespace at all.</summary>
    Rss,

    /// <summary>Atom 0.3 and 1.0.</summary>
    Atom,

    /// <summary>Dublin Core.</summary>
    DublinCore,

    /// <summary>Dublin Core, its later terms.</summary>
    Terms,

    /// <summary>The content module of RSS 1.0.</summary>
    Content,

    /// <summary>Media RSS.</summary>
    Media,

    /// <summary>Podcasts of Apple.</summary>
    ITunes,

    /// <summary>HTML.</summary>
    Html,

    /// <summary>RDF.</summary>
    Rdf,

    /// <summary>How often a feed changes.</summary>
    Syndication,

    /// <summary>FeedBurner.</summary>
    FeedBurner,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>Names of one document's elements: vocabulary, and local name in lower case. Found once for each name.</summary>
internal sealed class Names
{
    private static readonly Dictionary<string, Space> Spaces = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = Space.Rss,
        ["blogs.law.harvard.edu/tech/rss"] = Space.Rss,
        ["cyber.law.harvard.edu/rss"] = Space.Rss,
        ["www.rssboard.org/rss-specification"] = Space.Rss,
        ["purl.org/rss/1.0"] = Space.Rss,
        ["purl.org/net/rss1.1"] = Space.Rss,
        ["my.netscape.com/rdf/simple/0.9"] = Space.Rss,
        ["my.netscape.com/publish/formats/rss-0.91.dtd"] = Space.Rss,
        ["channel.netscape.com/rdf/simple/0.9"] = Space.Rss,
        ["www.w3.org/2005/atom"] = Space.Atom,
        ["purl.org/atom/ns"] = Space.Atom,
        ["purl.org/dc/elements/1.1"] = Space.DublinCore,
        ["purl.org/dc/elements/1.0"] = Space.DublinCore,
        ["purl.org/dc"] = Space.DublinCore,
        ["purl.org/dc/terms"] = Space.Terms,
        ["purl.org/rss/1.0/modules/content"] = Space.Content,
        ["purl.org/rss/1.0/modules/content/encoded"] = Space.Content,
        ["search.yahoo.com/mrss"] = Space.Media,
        ["www.rssboard.org/media-rss"] = Space.Media,
        ["video.search.yahoo.com/mrss"] = Space.Media,
        ["tools.search.yahoo.com/mrss"] = Space.Media,
        ["api.search.yahoo.com/mrss"] = Space.Media,
        ["www.itunes.com/dtds/podcast-1.0.dtd"] = Space.ITunes,
        ["example.com/dtds/podcast-1.0.dtd"] = Space.ITunes,
        ["www.google.com/schemas/play-podcasts/1.0"] = Space.ITunes,
        ["www.w3.org/1999/xhtml"] = Space.Html,
        ["www.w3.org/tr/rec-html40"] = Space.Html,
        ["www.w3.org/1999/02/22-rdf-syntax-ns"] = Space.Rdf,
        ["purl.org/rss/1.0/modules/syndication"] = Space.Syndication,
        ["rssnamespace.org/feedburner/ext/1.0"] = Space.FeedBurner,
    };

    private readonly Dictionary<XNamespace, Space> _spaces = [];
    private readonly Dictionary<XName, (Space Space, string Local)> _names = [];

    /// <summary>Vocabulary and name of an element.</summary>
    public (Space Space, string Local) Of(XElement element)
    {
        var name = element.Name;
        if (_names.TryGetValue(name, out var known)) return known;

        if (!_spaces.TryGetValue(name.Namespace, out var space)) _spaces[name.Namespace] = space = SpaceOf(name.NamespaceName);
        return _names[name] = (space, name.LocalName.ToLowerInvariant());
    }

    /// <summary>Whether the element has that name in that vocabulary.</summary>
    public bool Is(XElement element, Space space, string local) => Of(element) == (space, local);

    /// <summary>Takes the namespace of a feed's root for that of its format, whatever its address: no two programs agree on it.</summary>
    public void Adopt(XElement root, Space space)
    {
        _names.Clear();
        if (SpaceOf(root.Name.NamespaceName) == Space.Other) _spaces[root.Name.Namespace] = space;
    }

    private static Space SpaceOf(string address)
    {
        var bare = address.AsSpan().Trim();
        var scheme = bare.IndexOf("://");
        if (scheme >= 0) bare = bare[(scheme + 3)..];
        bare = bare.TrimEnd("/#");
        // The elements themselves tell what a namespace nobody knows is not: « x:title » must not be taken for the title.
        return Spaces.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(bare, out var space) ? space : Space.Other;
    }
}
