using TerritoireCollab.Markup;
using TerritoireCollab.Syndication.Reading;

namespace TerritoireCollab.Syndication;

/// <summary>A feed that a page names.</summary>
/// <param name="Address">Its address, absolute.</param>
/// <param name="Type">Media type that the page says, in lower case.</param>
/// <param name="Title">Its title, plain text, or null.</param>
public sealed record FeedCandidate(Uri Address, string Type, string? Title);

/// <summary>The feeds of a page.</summary>
/// <param name="Named">Those that the page names, the likeliest first: what is for comments comes last.</param>
/// <param name="Guesses">Addresses where feeds commonly are, likeliest first: whether one is there must be asked.</param>
public sealed record FeedCandidates(IReadOnlyList<FeedCandidate> Named, IReadOnlyList<Uri> Guesses);

/// <summary>Finds feeds from a page: its <c>&lt;link rel="alternate"&gt;</c>, and where they are by custom. Nothing is fetched.</summary>
public static class FeedDiscovery
{
    private const int MostNamed = 50;

    // SPIP, WordPress, Drupal, Joomla, TYPO3, Dotclear and the generators of static sites.
    private static readonly string[] Customs =
    [
        "feed/", "spip.php?page=backend", "rss.xml", "feed.xml", "atom.xml", "rss", "index.xml", "index.rdf", "feed.json", "?feed=rss2", "backend.php", "feed/atom", "feed/rss2", "index.php?format=feed&type=rss", "rss/", "flux-rss", "actualites/rss", "rss/feed.xml", "?type=100", "feeds/posts/default",
    ];

    private static readonly string[] NotFeeds = ["/wp-json", "oembed", "/xmlrpc.php", "opensearch"];

    private static readonly string[] Comments = ["comments/feed", "commentaires", "/comments", "comments", "comment-feed"];

    /// <summary>Feeds of a page.</summary>
    /// <param name="html">The page.</param>
    /// <param name="address">Its address, after redirections: absolute.</param>
    public static FeedCandidates Find(string html, Uri address)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(address);
        var around = address;
        var hasBase = false;
        var links = new List<HtmlTag>();
        foreach (var tag in HtmlTag.Read(html, "link", "base"))
        {
            if (tag.Name == "link") links.Add(tag);
            // The first counts, wherever it stands.
            else if (!hasBase && tag.Value("href") is { } written && XmlBase.Resolve(written, address) is { } found) (around, hasBase) = (found, true);
        }

        var named = links.Select(link => Candidate(link, around)).OfType<FeedCandidate>().DistinctBy(c => c.Address.AbsoluteUri).Take(MostNamed).OrderBy(IsForComments).ToList();
        return new(named, Guesses(address));
    }

    private static FeedCandidate? Candidate(HtmlTag link, Uri around)
    {
        var relations = (link.Value("rel") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (!relations.Any(r => r.Equals("alternate", StringComparison.OrdinalIgnoreCase) || r.Equals("feed", StringComparison.OrdinalIgnoreCase))) return null;

        var type = (link.Value("type") ?? "").Split(';')[0].Trim().ToLowerInvariant();
        var isFeed = relations.Contains("feed", StringComparer.OrdinalIgnoreCase);
        if (XmlBase.Resolve(link.Value("href"), around) is not { } address || !(IsFeedType(type, address, link) || (isFeed && type.Length == 0)) || NotFeeds.Any(not => address.AbsoluteUri.Contains(not, StringComparison.OrdinalIgnoreCase))) return null;

        return new(address, type, FeedContext.Line(link.Value("title")));
    }

    private static bool IsFeedType(string type, Uri address, HtmlTag link) => type switch
    {
        "application/rss+xml" or "application/atom+xml" or "application/rdf+xml" or "application/feed+json" or "application/rss" or "application/atom" or "application/x.atom+xml" or "text/rss+xml" or "text/atom+xml" or "text/rdf+xml" or "application/x-rss+xml" => true,
        // A type that any interface has: only what looks like a feed.
        "application/json" => Says(address, link, "feed", "jsonfeed"),
        "text/xml" or "application/xml" => Says(address, link, "rss", "atom", "feed", "rdf", "flux", "backend"),
        _ => false,
    };

    private static bool Says(Uri address, HtmlTag link, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (address.PathAndQuery.Contains(word, StringComparison.OrdinalIgnoreCase) || link.Value("title")?.Contains(word, StringComparison.OrdinalIgnoreCase) == true) return true;
        return false;
    }

    private static bool IsForComments(FeedCandidate candidate) => Comments.Any(word => candidate.Address.AbsolutePath.Contains(word, StringComparison.OrdinalIgnoreCase))
        || candidate.Title?.Contains("comment", StringComparison.OrdinalIgnoreCase) == true;

    // Beside the page first where it is a part of the site, then at the root.
    private static List<Uri> Guesses(Uri address)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)) return [];

        var root = new Uri(address, "/");
        var part = new Uri(address, "./");
        var guesses = Customs.Select(custom => new Uri(root, custom)).ToList();
        return part.AbsolutePath == "/" ? guesses : [.. Customs[..4].Select(custom => new Uri(new Uri(part.GetLeftPart(UriPartial.Path)), custom)), .. guesses];
    }
}
