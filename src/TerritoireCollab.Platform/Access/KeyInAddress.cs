using Microsoft.AspNetCore.Http;

namespace TerritoireCollab.Platform.Access;

/// <summary>Marks the answer to an address that is itself the key to what it shows: whoever learns the address may do what its holder may.</summary>
public sealed class KeyInAddress
{
    /// <summary>What caches are told of such a page.</summary>
    public const string CacheControl = "private, no-store";

    private KeyInAddress() { }

    /// <summary>Has the page kept in no cache and no index, and its address told to no other site.</summary>
    public static void Mark(HttpContext http)
    {
        http.Features.Set(new KeyInAddress());
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        http.Response.Headers.CacheControl = CacheControl;
    }

    /// <summary>Whether the page that answers is such a one.</summary>
    public static bool IsMarked(HttpContext http) => http.Features.Get<KeyInAddress>() is not null;
}
