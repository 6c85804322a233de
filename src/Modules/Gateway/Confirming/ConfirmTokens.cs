using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace TerritoireCollab.Gateway.Confirming;

/// <summary>The link by which a member confirms that a mail is from him: the key of the mail, sealed, good for a week.</summary>
internal sealed class ConfirmTokens(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>Beginning of the address of the page.</summary>
    public const string Path = "/courriel/confirmer/";

    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private const int Longest = 400;
    private const int Length = 24;

    private readonly IDataProtector _seal = protection.CreateProtector("TerritoireCollab.Gateway.Confirm.1");

    /// <summary>The token of a mail.</summary>
    public string Of(Guid mail)
    {
        var bytes = new byte[Length];
        mail.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), (clock.GetUtcNow() + Life).UtcTicks);
        return WebEncoders.Base64UrlEncode(_seal.Protect(bytes));
    }

    /// <summary>The mail of a token; null when we did not make it, or it is too old.</summary>
    public Guid? Read(string? token)
    {
        if (token is not { Length: > 0 and <= Longest }) return null;

        try
        {
            var bytes = _seal.Unprotect(WebEncoders.Base64UrlDecode(token));
            return bytes.Length == Length && BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)) > clock.GetUtcNow().UtcTicks ? new Guid(bytes.AsSpan(0, 16)) : null;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
