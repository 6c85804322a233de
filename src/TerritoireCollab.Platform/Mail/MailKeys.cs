using System.Security.Cryptography;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// Keys of mails, as they stand in the addresses that answers and bounces come back to. Lower case letters and digits only, since mail
/// servers may change the case of an address.
/// </summary>
public static class MailKeys
{
    /// <summary>Length of a key in characters: 26 of five bits hold the 128 bits that a guess would have to hit.</summary>
    public const int Length = 26;

    // RFC 4648 base 32 in lower case.
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>A new key.</summary>
    public static string New() => RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>The key in a text that mail may have put in capitals, or null when it is none.</summary>
    public static string? Read(string? text) =>
        text?.ToLowerInvariant() is { Length: Length } key && key.All(Letters.Contains) ? key : null;
}
