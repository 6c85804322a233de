using AngleSharp.Html.Parser.Tokens;

namespace TerritoireCollab.Markup;

/// <summary>Pictures of foreign documents: where they really are, and those that are there to count who reads.</summary>
internal static class Pictures
{
    // Pages that load pictures late put the address elsewhere, and a blank picture in its place.
    private static readonly string[] LateSources = ["data-src", "data-lazy-src", "data-original", "data-orig-file"];

    // Whole hosts, or their subdomains, that serve nothing else.
    private static readonly string[] Counters =
    [
        "pixel.wp.com", "stats.wordpress.com", "feedsportal.com", "pheedo.com", "doubleclick.net", "google-analytics.com", "googlesyndication.com",
        "quantserve.com", "scorecardresearch.com", "xiti.com", "facebook.com", "bat.bing.com", "hits.blogsoft.org",
    ];

    /// <summary>Address of the picture as written.</summary>
    public static string? Source(HtmlTagToken tag)
    {
        var source = Value(tag, "src");
        if (!string.IsNullOrWhiteSpace(source) && !source.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return source;

        return LateSources.Select(name => Value(tag, name)).FirstOrDefault(late => !string.IsNullOrWhiteSpace(late)) ?? FirstOf(Value(tag, "srcset")) ?? source;
    }

    /// <summary>Whether the picture is of one pixel, or comes from a host that only counts.</summary>
    /// <param name="tag">The element.</param>
    /// <param name="address">Its absolute address.</param>
    public static bool CountsReaders(HtmlTagToken tag, string address)
    {
        if (IsDot(Value(tag, "width")) || IsDot(Value(tag, "height")) || IsDotted(Value(tag, "style"))) return true;

        return Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && (Counters.Any(counter => uri.Host.EndsWith(counter, StringComparison.OrdinalIgnoreCase) && (uri.Host.Length == counter.Length || uri.Host[^(counter.Length + 1)] == '.'))
                || (uri.Host.Equals("feeds.feedburner.com", StringComparison.OrdinalIgnoreCase) && uri.AbsolutePath.StartsWith("/~", StringComparison.Ordinal)));
    }

    private static bool IsDot(string? size) => size?.Trim() is "0" or "1" or "0px" or "1px";

    private static bool IsDotted(string? style)
    {
        if (style is null) return false;

        var bare = string.Concat(style.Where(letter => !char.IsWhiteSpace(letter))).ToLowerInvariant();
        return $";{bare};" is var rules && (rules.Contains(";width:1px;", StringComparison.Ordinal) || rules.Contains(";width:0;", StringComparison.Ordinal) || rules.Contains(";display:none;", StringComparison.Ordinal));
    }

    private static string? FirstOf(string? set) => set?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();

    private static string? Value(HtmlTagToken tag, string name)
    {
        var attributes = tag.Attributes;
        for (var i = 0; i < attributes.Count; i++)
            if (attributes[i].Name == name) return attributes[i].Value;
        return null;
    }
}
