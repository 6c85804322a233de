using System.Diagnostics.CodeAnalysis;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>Addresses of pages of the web, as people type and paste them.</summary>
public static class PageAddress
{
    /// <summary>Longest address, in characters.</summary>
    public const int MaxLength = 2000;

    /// <summary>The address to open: http or https, « https » where nothing was typed before the name. What is wrong is said in a sentence.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="address">The address, or null.</param>
    /// <param name="fault">What to do about it, or null.</param>
    public static bool TryParse(string? typed, [NotNullWhen(true)] out Uri? address, [NotNullWhen(false)] out string? fault)
    {
        (address, fault) = (null, null);
        var text = typed?.Trim() ?? "";
        if (text.Length == 0) fault = PlatformTexts.AddressMissing;
        else if (text.Length > MaxLength) fault = PlatformTexts.AddressTooLong.With(MaxLength);
        else if (text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '\\')) fault = PlatformTexts.AddressNotOfAPage;
        if (fault is not null) return false;

        var whole = text.Contains("://", StringComparison.Ordinal) || HasForeignScheme(text) ? text : "https://" + text;
        if (!Uri.TryCreate(whole, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)) fault = PlatformTexts.AddressNotOfAPage;
        // They would only dress a host up as another one, or be told to everybody.
        else if (uri.UserInfo.Length > 0) fault = PlatformTexts.AddressWithPassword;
        else if (uri.HostNameType is UriHostNameType.Dns && !uri.Host.Contains('.', StringComparison.Ordinal)) fault = PlatformTexts.AddressNotOfAPage;
        else if (uri.AbsoluteUri.Length > MaxLength) fault = PlatformTexts.AddressTooLong.With(MaxLength);
        if (fault is not null) return false;

        address = uri!;
        return true;
    }

    /// <summary>The first address in a text, for what a phone shares: many put the address of the page there.</summary>
    public static string? FirstIn(string? text) =>
        text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(w => w.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || w.StartsWith("http://", StringComparison.OrdinalIgnoreCase));

    /// <summary>The name of the site, as readers know it.</summary>
    public static string HostOf(string address) => new Uri(address).IdnHost is var host && host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;

    /// <summary>The address without its scheme: the name of a page that gave none, which tells nothing that a member wrote.</summary>
    public static string Name(Uri address) => address.GetComponents(UriComponents.Host | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    // « javascript:… » and « mailto:… », but not « mairie.exemple:8080 ».
    private static bool HasForeignScheme(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && !text[..colon].Contains('.', StringComparison.Ordinal) && text[..colon].All(char.IsLetterOrDigit);
    }
}
