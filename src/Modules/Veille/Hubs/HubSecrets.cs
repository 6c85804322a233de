using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Veille.Hubs;

/// <summary>What hubs sign with, as it lies in the database: sealed with the platform's keys.</summary>
internal sealed class HubSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("TerritoireCollab.Veille.HubSecret.1");

    /// <summary>A new secret, and the same as it is stored.</summary>
    public (string Secret, string Sealed) New()
    {
        var secret = WebSub.NewSecret();
        return (secret, _protector.Protect(secret));
    }

    /// <summary>The secret; null when the keys that sealed it are lost.</summary>
    public string? Open(string @sealed)
    {
        try
        {
            return _protector.Unprotect(@sealed);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
