using System.Collections.Frozen;
using System.Text;

namespace TerritoireCollab.Syndication;

/// <summary>
/// Finds out whether two addresses are of one page, although each source adds its own marks to it. Nothing is fetched: a page that says its
/// canonical address knows better.
/// </summary>
public static class CanonicalAddress
{
    // What e-mail, advertising and statistics add. Families by their beginning, the others whole.
    private static readonly string[] TrackingFamilies = ["utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "at_", "ns_", "__hs", "_hs", "oly_", "vero_", "_branch_", "guce_", "trk_", "stm_", "itm_", "ml_subscriber", "xtor", "ga_"];

    private static readonly FrozenSet<string> Tracking = (
        "fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid ysclid _openstat igshid igsh mc_cid mc_eid mc_tc mkt_tok hsctatracking wickedid s_cid s_kwcid ef_id rb_clickid srsltid "
        + "li_fat_id epik rdt_cid sc_cid sc_campaign cmpid campaign_id spm trk trkcampaign cndid mibextid guccounter __twitter_impression echobox soc_src soc_trk wt_mc wt.mc_id wprov "
        + "sr_share phpsessid jsessionid sid_rss amp_js_v usqp amp_gsa elqtrack elqtrackid bsft_clkid bsft_uid bsft_eid _kx cx_recs_click _ga _gl dm_i ncid nr_email_referer kk_tracking").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // These say where the reader comes from when their value is such a word, and something of use otherwise.
    private static readonly FrozenSet<string> Origins = "ref source src from via origin referrer referer feature".Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> OriginWords = "rss rss1 rss2 feed feeds atom flux newsletter email mail twitter facebook share social_share rss_feed".Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] FragmentMarks = ["xtor=", "utm_", "echobox=", "tk.rss", "ref=rss", ":~:text=", "at_medium", "rss"];

    private static readonly string[] Doubles = ["www.", "m.", "mobile.", "amp."];

    private static readonly string[] Indexes = ["/index.html", "/index.htm", "/index.php", "/index.asp", "/index.aspx", "/default.aspx"];

    /// <summary>The address of the page without the marks of whoever spread it: what is kept and shown.</summary>
    /// <param name="address">An absolute address of the web; any other is given back.</param>
    /// <param name="sites">Addresses of the site and of the feed: a <c>ref</c> that names one of them says nothing.</param>
    public static Uri WithoutTracking(Uri address, params IReadOnlyList<Uri?> sites)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(sites);
        if (!IsWeb(address)) return address;

        var hosts = sites.Append(address).OfType<Uri>().Where(site => site.IsAbsoluteUri).Select(site => site.Host).ToList();
        var (query, fragment) = (address.Query, address.Fragment);
        var kept = Kept(query, hosts).ToList();
        var isMarked = FragmentMarks.Any(mark => fragment.AsSpan().TrimStart('#').StartsWith(mark, StringComparison.OrdinalIgnoreCase));
        if (!isMarked && kept.Count == Parameters(query).Length) return address;

        var left = address.GetLeftPart(UriPartial.Path);
        return new(left + (kept.Count == 0 ? "" : "?" + string.Join('&', kept)) + (isMarked ? "" : fragment));
    }

    /// <summary>
    /// What is the same for two addresses of one page, and for no other: to compare, not to follow. Scheme, <c>www.</c>, mobile and AMP hosts,
    /// default ports, the last slash, the order of parameters and fragments that are only places in the page do not count.
    /// </summary>
    /// <param name="address">An absolute address.</param>
    /// <param name="sites">As for <see cref="WithoutTracking"/>.</param>
    public static string Of(Uri address, params IReadOnlyList<Uri?> sites)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!IsWeb(address)) return address.OriginalString;

        var clean = WithoutTracking(OutOfCache(address), sites);
        var port = clean.IsDefaultPort ? "" : FormattableString.Invariant($":{clean.Port}");
        var parameters = Parameters(clean.Query).Where(p => !IsAmp(p)).Select(Normal).Order(StringComparer.Ordinal).ToList();
        var query = parameters.Count == 0 ? "" : "?" + string.Join('&', parameters);
        // Some applications route by it; elsewhere it is a place in the page.
        var fragment = clean.Fragment.StartsWith("#!", StringComparison.Ordinal) || clean.Fragment.StartsWith("#/", StringComparison.Ordinal) ? clean.Fragment : "";
        return Host(clean.IdnHost.ToLowerInvariant()) + port + Path(Normal(clean.AbsolutePath)) + query + fragment;
    }

    private static bool IsWeb(Uri address) => address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static string[] Parameters(string query) => query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Kept(string query, List<string> hosts) => Parameters(query).Where(parameter => !IsTracking(parameter, hosts));

    private static bool IsTracking(string parameter, List<string> hosts)
    {
        var sign = parameter.IndexOf('=', StringComparison.Ordinal);
        var (name, value) = sign < 0 ? (parameter, "") : (parameter[..sign], parameter[(sign + 1)..]);
        if (Tracking.Contains(name) || TrackingFamilies.Any(family => name.StartsWith(family, StringComparison.OrdinalIgnoreCase))) return true;

        return Origins.Contains(name) && (OriginWords.Contains(value) || hosts.Any(host => host.Equals(value, StringComparison.OrdinalIgnoreCase) || host.Equals("www." + value, StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsAmp(string parameter) => parameter is "amp" or "amp=1" or "amp=true" or "amp=" or "outputType=amp";

    // https://www.google.com/amp/s/site.example/page, https://site-example.cdn.ampproject.org/c/s/site.example/page
    private static Uri OutOfCache(Uri address)
    {
        var path = address.AbsolutePath;
        var isCache = (address.Host.StartsWith("www.google.", StringComparison.OrdinalIgnoreCase) && path.StartsWith("/amp/", StringComparison.Ordinal))
            || (address.Host.EndsWith(".cdn.ampproject.org", StringComparison.OrdinalIgnoreCase) && path.Length > 3 && path[2] == '/');
        if (!isCache) return address;

        var rest = path.StartsWith("/amp/", StringComparison.Ordinal) ? path[5..] : path[3..];
        if (rest.StartsWith("s/", StringComparison.Ordinal)) rest = rest[2..];
        return Uri.TryCreate("https://" + rest + address.Query, UriKind.Absolute, out var inside) && inside.Host.Contains('.', StringComparison.Ordinal) ? inside : address;
    }

    private static string Host(string host)
    {
        foreach (var prefix in Doubles)
            if (host.StartsWith(prefix, StringComparison.Ordinal) && host.AsSpan(prefix.Length).Contains('.')) return host[prefix.Length..];
        return host;
    }

    private static string Path(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal)) path = path.Replace("//", "/", StringComparison.Ordinal);
        if (path.IndexOf(";jsessionid=", StringComparison.OrdinalIgnoreCase) is >= 0 and var session) path = path[..session];
        if (Indexes.FirstOrDefault(index => path.EndsWith(index, StringComparison.OrdinalIgnoreCase)) is { } page) path = path[..^page.Length];
        path = path.TrimEnd('/');
        if (path.EndsWith("/amp", StringComparison.OrdinalIgnoreCase)) return path[..^4];

        return path.EndsWith(".amp.html", StringComparison.OrdinalIgnoreCase) ? path[..^9] + ".html" : path;
    }

    // RFC 3986 section 6.2.2: references in capitals, none for what needs none; a sign plus is a blank.
    private static string Normal(string text)
    {
        if (text.AsSpan().IndexOfAny('%', '+') < 0) return text;

        var normal = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '+') normal.Append("%20");
            else if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                var letter = (char)Convert.ToByte(text.Substring(i + 1, 2), 16);
                if (char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~') normal.Append(letter);
                else normal.Append(text.AsSpan(i, 3).ToString().ToUpperInvariant());
                i += 2;
            }
            else normal.Append(text[i]);
        }

        return normal.ToString();
    }
}
