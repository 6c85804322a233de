using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>What the link of an act stands for.</summary>
/// <param name="MemberId">Whose mail it was in.</param>
/// <param name="Key">The act.</param>
/// <param name="Target">What it is about.</param>
internal sealed record MailActToken(Guid MemberId, string Key, MailActTarget Target);

/// <summary>
/// Makes and reads what stands in the links of acts: sealed with the platform's keys and bound to this purpose, good for some time only. What
/// lets somebody leave has its own tokens (<see cref="MailActionTokens"/>), which do not end.
/// </summary>
internal sealed class MailActTokens(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(90);

    private const int Longest = 600;
    private const int Fixed = 60;

    private readonly IDataProtector _seal = protection.CreateProtector("TerritoireCollab.Inbox.MailAct.1");

    /// <summary>The token of an act.</summary>
    public string Make(Guid memberId, string key, MailActOffer offer)
    {
        var bytes = new byte[Fixed + Encoding.ASCII.GetByteCount(key)];
        memberId.TryWriteBytes(bytes);
        offer.Id.TryWriteBytes(bytes.AsSpan(16));
        offer.Other.TryWriteBytes(bytes.AsSpan(32));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(48), offer.Number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(52), clock.GetUtcNow().UtcTicks);
        Encoding.ASCII.GetBytes(key, bytes.AsSpan(Fixed));
        return WebEncoders.Base64UrlEncode(_seal.Protect(bytes));
    }

    /// <summary>The act behind a token; null when we did not make it, or when its time is over.</summary>
    public MailActToken? Read(string? token)
    {
        if (token is not { Length: > 0 and <= Longest } || Open(token) is not { Length: > Fixed } bytes) return null;

        var issued = new DateTime(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(52)), DateTimeKind.Utc);
        if (clock.GetUtcNow().UtcDateTime - issued > GoodFor) return null;

        var target = new MailActTarget(new Guid(bytes.AsSpan(16, 16)), new Guid(bytes.AsSpan(32, 16)), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(48)), issued);
        return new(new Guid(bytes.AsSpan(0, 16)), Encoding.ASCII.GetString(bytes.AsSpan(Fixed)), target);
    }

    /// <summary>What a token that has served is known again by.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));

    private byte[]? Open(string token)
    {
        try
        {
            return _seal.Unprotect(WebEncoders.Base64UrlDecode(token));
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
