using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>What the link of an act stands for.</summary>
/// <param name="MemberId">Whose mail it was in.</param>
/// <param name="Key">The act.</param>
/// <param name="Target">What it is about.</param>
internal sealed record MailActToken(Guid MemberId, string Key, MailActTarget Target);

/// <summary>
/// Makes and reads what stands in the links of acts, good for some time only. What lets somebody leave has its own tokens
/// (<see cref="MailActionTokens"/>), which do not end.
/// </summary>
internal sealed class MailActTokens(LinkSeals seals, TimeProvider clock)
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(90);

    private const string Purpose = "geste";
    private const int Fixed = 37;
    private const int Other = 16;
    private const int Number = 4;

    // The first byte: how long the key is, and which of the two seldom parts follow, so that most links do without them.
    private const int KeyLength = 0x1F;
    private const int HasOther = 0x40;
    private const int HasNumber = 0x80;

    // Moments are counted in seconds from here and rounded up: what happened in the second of the mail happened before it.
    private static readonly DateTime Epoch = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The token of an act.</summary>
    /// <param name="memberId">Whose mail it stands in.</param>
    /// <param name="key">The act.</param>
    /// <param name="offer">What it is about.</param>
    public string Make(Guid memberId, string key, MailActOffer offer)
    {
        var (hasOther, hasNumber) = (offer.Other != Guid.Empty, offer.Number != 0);
        Span<byte> bytes = stackalloc byte[Fixed + key.Length + (hasOther ? Other : 0) + (hasNumber ? Number : 0)];
        bytes[0] = (byte)(key.Length | (hasOther ? HasOther : 0) | (hasNumber ? HasNumber : 0));
        memberId.TryWriteBytes(bytes[1..]);
        offer.Id.TryWriteBytes(bytes[17..]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[33..], (uint)Math.Ceiling((clock.GetUtcNow().UtcDateTime - Epoch).TotalSeconds));
        Encoding.ASCII.GetBytes(key, bytes[Fixed..]);
        if (hasOther) offer.Other.TryWriteBytes(bytes[(Fixed + key.Length)..]);
        if (hasNumber) BinaryPrimitives.WriteInt32LittleEndian(bytes[^Number..], offer.Number);
        return seals.Seal(Purpose, bytes);
    }

    /// <summary>The act behind a token; null when we did not make it, or when its time is over.</summary>
    public MailActToken? Read(string? token)
    {
        if (seals.Open(Purpose, token) is not { Length: > Fixed } bytes) return null;

        var issued = Epoch.AddSeconds(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(33)));
        if (clock.GetUtcNow().UtcDateTime - issued > GoodFor) return null;

        var length = bytes[0] & KeyLength;
        var other = (bytes[0] & HasOther) == 0 ? Guid.Empty : new Guid(bytes.AsSpan(Fixed + length, Other));
        var number = (bytes[0] & HasNumber) == 0 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - Number));
        return new(new Guid(bytes.AsSpan(1, 16)), Encoding.ASCII.GetString(bytes, Fixed, length), new(new Guid(bytes.AsSpan(17, 16)), other, number, issued));
    }

    /// <summary>What a token that has served is known again by.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
}
