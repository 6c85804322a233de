using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace TerritoireCollab.Veille.Readers;

/// <summary>
/// What stands in the links of the revue's mails to people without an account: the reader's key, sealed with the platform's keys, one seal to
/// confirm and one to leave. The link to leave never expires.
/// </summary>
internal sealed class ReaderTokens(IDataProtectionProvider protection)
{
    private const int Longest = 400;

    private readonly IDataProtector _confirm = protection.CreateProtector("TerritoireCollab.Veille.ReaderConfirm.1");
    private readonly IDataProtector _leave = protection.CreateProtector("TerritoireCollab.Veille.ReaderLeave.1");

    /// <summary>The token by which that reader confirms.</summary>
    public string ToConfirm(Guid reader) => Seal(_confirm, reader);

    /// <summary>The token by which that reader leaves.</summary>
    public string ToLeave(Guid reader) => Seal(_leave, reader);

    /// <summary>Who confirms, or null when we did not make the token.</summary>
    public Guid? Confirming(string? token) => Open(_confirm, token);

    /// <summary>Who leaves, or null when we did not make the token.</summary>
    public Guid? Leaving(string? token) => Open(_leave, token);

    private static string Seal(IDataProtector protector, Guid reader) => WebEncoders.Base64UrlEncode(protector.Protect(reader.ToByteArray()));

    private static Guid? Open(IDataProtector protector, string? token)
    {
        if (token is not { Length: > 0 and <= Longest }) return null;

        try
        {
            return protector.Unprotect(WebEncoders.Base64UrlDecode(token)) is { Length: 16 } bytes ? new Guid(bytes) : null;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
