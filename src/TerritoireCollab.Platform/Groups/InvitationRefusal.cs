using System.Security.Cryptography;
using System.Text;

namespace TerritoireCollab.Platform.Groups;

/// <summary>
/// An address whose holder wants no more invitations, whether from one group or another, with an account or without. Only a hash is kept: who
/// wants nothing of us is not in a list of ours.
/// </summary>
public sealed class InvitationRefusal
{
    /// <summary>SHA-256 of the address in lower case, in hexadecimal.</summary>
    public required string AddressHash { get; init; }

    /// <summary>Since when.</summary>
    public required DateTime At { get; init; }

    /// <summary>What an address is known again by.</summary>
    public static string HashOf(string address) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.Trim().ToLowerInvariant())));
}
