using System.Text;

namespace TerritoireCollab.Markup;

/// <summary>An address that passed the policy, written exactly as it was checked.</summary>
/// <param name="Address">Absolute http, https or mailto address, or a path from the site's root.</param>
/// <param name="LeavesSite">Whether the address is on the web at large.</param>
internal readonly record struct SafeLink(string Address, bool LeavesSite);

/// <summary>
/// The addresses a text may link to: http, https, mailto and paths from the site's root. The value given back is
/// the value that was checked, so a browser's own clean-up has nothing left to change.
/// </summary>
internal static class LinkPolicy
{
    private const int MaxLength = 4_000;

    /// <summary>Gives the address to write, or null when the link must go.</summary>
    public static SafeLink? Check(string? raw, SanitizerOptions options)
    {
        if (raw is null || Tidy(raw) is not { } address)
        {
            return null;
        }

        if (StartsWith(address, "mailto:"))
        {
            return new SafeLink("mailto:" + address[7..], false);
        }

        if (!StartsWith(address, "http://") && !StartsWith(address, "https://"))
        {
            return Relative(address, options);
        }

        return Web(address) is { } web ? Localize(web, options) : null;
    }

    /// <summary>Gives the address of one of the site's own pictures, or null for any other.</summary>
    public static string? OwnImage(string? raw, SanitizerOptions options)
    {
        if (Check(raw, options) is not { LeavesSite: false } link)
        {
            return null;
        }

        var path = link.Address;
        var own = path.StartsWith("/fichiers/", StringComparison.Ordinal) || path.StartsWith("/pieces/", StringComparison.Ordinal);
        var climbs = path.Contains("..", StringComparison.Ordinal) || path.Contains("%2e", StringComparison.OrdinalIgnoreCase)
            || path.Contains("//", StringComparison.Ordinal) || path.Contains("/./", StringComparison.Ordinal);
        return own && !climbs ? path : null;
    }

    private static SafeLink? Relative(string address, SanitizerOptions options)
    {
        // A fragment has no target left: ids are dropped.
        if (address[0] == '#')
        {
            return null;
        }

        if (options.BaseUri is null)
        {
            return !options.IsForeign && address[0] == '/' && (address.Length == 1 || address[1] != '/') ? new SafeLink(address, false) : null;
        }

        if (HasScheme(address) || !Uri.TryCreate(options.BaseUri, address, out var resolved) || Tidy(resolved.AbsoluteUri) is not { } absolute)
        {
            return null;
        }

        var web = StartsWith(absolute, "http://") || StartsWith(absolute, "https://") ? Web(absolute) : null;
        return web is null ? null : new SafeLink(web, true);
    }

    private static string? Web(string address)
    {
        // Credentials in an address only serve to dress a host up as another one.
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.UserInfo.Length > 0)
        {
            return null;
        }

        var colon = address.IndexOf(':', StringComparison.Ordinal);
        return string.Concat(uri.Scheme, address.AsSpan(colon));
    }

    private static SafeLink Localize(string address, SanitizerOptions options)
    {
        if (options.Site is null || options.IsForeign)
        {
            return new SafeLink(address, true);
        }

        var site = options.Site.GetLeftPart(UriPartial.Authority);
        if (!StartsWith(address, site))
        {
            return new SafeLink(address, true);
        }

        var path = address[site.Length..];
        if (path.Length == 0)
        {
            return new SafeLink("/", false);
        }

        return path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal)
            ? new SafeLink(path, false)
            : new SafeLink(address, true);
    }

    // What a browser would silently drop or change is done here, before any check: blanks and control characters
    // at both ends, tabs and line ends inside, spaces.
    private static string? Tidy(string raw)
    {
        var start = 0;
        var end = raw.Length;
        while (start < end && raw[start] <= ' ')
        {
            start++;
        }

        while (end > start && raw[end - 1] <= ' ')
        {
            end--;
        }

        if (start == end || end - start > MaxLength)
        {
            return null;
        }

        var trimmed = raw.AsSpan(start, end - start);
        return trimmed.IndexOfAnyExceptInRange('!', '~') < 0 && !trimmed.Contains('\\') ? Same(raw, trimmed) : Rewrite(trimmed);
    }

    private static string Same(string raw, ReadOnlySpan<char> trimmed) => raw.Length == trimmed.Length ? raw : trimmed.ToString();

    private static string? Rewrite(ReadOnlySpan<char> text)
    {
        var tidy = new StringBuilder(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\t' or '\n' or '\r':
                    break;
                case ' ':
                    tidy.Append("%20");
                    break;
                case < ' ' or (>= 0x7F and < 0xA0) or '\\' or 0xFFFD or 0xFFFE or 0xFFFF:
                    return null;
                default:
                    tidy.Append(rune.ToString());
                    break;
            }
        }

        return tidy.Length == 0 ? null : tidy.ToString();
    }

    private static bool HasScheme(string address)
    {
        var end = address.AsSpan().IndexOfAny(":/?#");
        return end >= 0 && address[end] == ':';
    }

    private static bool StartsWith(string text, string prefix) => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
