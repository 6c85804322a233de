using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>The secrets of outlets, sealed with the platform's keys: a copy of the database does not give them away.</summary>
internal sealed class OutletSecrets(IDataProtectionProvider protection)
{
    /// <summary>Longest secret, in characters.</summary>
    public const int Longest = 500;

    private const string WebhookPrefix = "whsec_";
    private const int ShortestKey = 24;
    private const int LongestKey = 64;

    private readonly IDataProtector _protector = protection.CreateProtector("TerritoireCollab.Veille.OutletSecret.1");

    /// <summary>The secret as it is stored.</summary>
    public string Seal(string secret) => _protector.Protect(secret);

    /// <summary>The secret as it is used; null when the keys that sealed it are gone.</summary>
    public string? Open(string sealedSecret)
    {
        try
        {
            return _protector.Unprotect(sealedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A new secret for a webhook, as Standard Webhooks writes it.</summary>
    public static string NewOfWebhook() => WebhookPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Whether a text may be the token of an account: visible ASCII alone, since it goes into a header.</summary>
    public static bool IsToken([NotNullWhen(true)] string? text) => text is { Length: > 0 and <= Longest } && text.All(c => c is > ' ' and <= '~');

    /// <summary>The key by which a webhook is signed; null when the text is no secret of Standard Webhooks (24 to 64 bytes).</summary>
    public static byte[]? KeyOf(string? secret)
    {
        if (secret is not { Length: <= Longest } || !secret.StartsWith(WebhookPrefix, StringComparison.Ordinal)) return null;

        var text = secret[WebhookPrefix.Length..];
        return Base64.IsValid(text, out var length) && length is >= ShortestKey and <= LongestKey ? Convert.FromBase64String(text) : null;
    }
}
