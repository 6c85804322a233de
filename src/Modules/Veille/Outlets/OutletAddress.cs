using System.Diagnostics.CodeAnalysis;
using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>Where an outlet may be.</summary>
internal static class OutletAddress
{
    /// <summary>Reads what was typed: the whole address of a webhook, the instance alone of an account. Under TLS, since a secret goes there, or on this machine where that is allowed.</summary>
    public static bool TryRead(OutletKind kind, string? typed, bool allowPrivate, [NotNullWhen(true)] out string? address)
    {
        address = null;
        if (!AddressPolicy.TryRead(typed, out var read) || AddressPolicy.Check(read, allowPrivate) != AddressRefusal.None) return false;
        if (read.Scheme != Uri.UriSchemeHttps && !(allowPrivate && read.IsLoopback)) return false;

        address = kind == OutletKind.Mastodon ? read.GetLeftPart(UriPartial.Authority) : read.GetLeftPart(UriPartial.Query);
        return address.Length <= Outlet.AddressLength;
    }
}
