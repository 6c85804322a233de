using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Settings;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// Seals what the links of mails stand for: what is sealed can be read by anybody, and made or changed by nobody else. A seal is HMAC-SHA256
/// (RFC 2104) cut to <see cref="SealLength"/> bytes, so that an address stays short enough to be read in a text mail, where sealing with the
/// keys of cookies takes three times the room. The secret is made once, kept in the database sealed with those keys, and comes back with a
/// backup: links of old mails go on working.
/// </summary>
public sealed class LinkSeals(AppDb database, IDataProtectionProvider protection)
{
    /// <summary>Length of a seal in bytes: 120 bits, and a content of three bytes' multiple needs no filling.</summary>
    public const int SealLength = 15;

    /// <summary>Longest link that is looked at, in characters.</summary>
    public const int Longest = 200;

    private const string Key = "courriels.sceau";
    private const int SecretLength = 32;

    private readonly IDataProtector _protector = protection.CreateProtector("TerritoireCollab.LinkSeals.1");
    private readonly Lock _gate = new();
    private byte[]? _secret;

    /// <summary>The sealed content, fit for an address.</summary>
    /// <param name="purpose">What such links are for: a link of one purpose opens nothing of another.</param>
    /// <param name="content">What the link stands for.</param>
    public string Seal(string purpose, ReadOnlySpan<byte> content)
    {
        Span<byte> token = stackalloc byte[content.Length + SealLength];
        content.CopyTo(token);
        SealOf(purpose, content, token[content.Length..]);
        return WebEncoders.Base64UrlEncode(token);
    }

    /// <summary>What <paramref name="token"/> stands for; null when we did not make it for that purpose.</summary>
    public byte[]? Open(string purpose, string? token)
    {
        if (token is not { Length: > 0 and <= Longest } || Decoded(token) is not { Length: > SealLength } bytes) return null;

        var content = bytes.AsSpan(0, bytes.Length - SealLength);
        Span<byte> seal = stackalloc byte[SealLength];
        SealOf(purpose, content, seal);
        return CryptographicOperations.FixedTimeEquals(seal, bytes.AsSpan(content.Length)) ? content.ToArray() : null;
    }

    /// <summary>A seal alone, as a part of a mail address has it, where capitals may become small letters on the way: whoever checks it makes it again.</summary>
    /// <param name="purpose">As of <see cref="Seal"/>.</param>
    /// <param name="content">What it is the seal of.</param>
    public string Code(string purpose, string content)
    {
        Span<byte> seal = stackalloc byte[SealLength];
        SealOf(purpose, Encoding.UTF8.GetBytes(content), seal);
        return Base32(seal);
    }

    /// <summary>Whether that is the seal of that content, in whatever time: it tells nothing of how much of it is right.</summary>
    public bool IsCode(string purpose, string content, string? code) =>
        code is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(purpose, content)), Encoding.UTF8.GetBytes(code.ToLowerInvariant()));

    // RFC 4648 in lower case; fifteen bytes make twenty-four letters, and need no filling.
    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyz234567";
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var one in bytes)
        {
            (held, bits) = ((held << 8) | one, bits + 8);
            for (; bits >= 5; bits -= 5) text.Append(Letters[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }

        return text.ToString();
    }

    /// <summary>
    /// Makes the secret where there is none yet. At the start of a process: a link that were the first to ask for it might be written within a
    /// transaction, for whose end the writing of the secret would wait.
    /// </summary>
    public void Prepare() => Secret();

    // The length before the purpose keeps « a » + « bc » from being « ab » + « c ».
    private void SealOf(string purpose, ReadOnlySpan<byte> content, Span<byte> seal)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Secret());
        mac.AppendData([(byte)purpose.Length]);
        mac.AppendData(Encoding.ASCII.GetBytes(purpose));
        mac.AppendData(content);
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        mac.GetHashAndReset(whole);
        whole[..SealLength].CopyTo(seal);
    }

    // A token is written one way only: what decodes to the same bytes but is spelled otherwise was not made here.
    private static byte[]? Decoded(string token)
    {
        try
        {
            var bytes = WebEncoders.Base64UrlDecode(token);
            return WebEncoders.Base64UrlEncode(bytes) == token ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private byte[] Secret()
    {
        if (_secret is { } known) return known;

        lock (_gate) return _secret ??= Kept() ?? Made();
    }

    private byte[]? Kept()
    {
        using var db = database.Open(Viewer.System);
        return db.Settings.Where(s => s.Key == Key).Select(s => s.Value).FirstOrDefault() is { } value ? Opened(value) : null;
    }

    private byte[] Made()
    {
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        var value = Convert.ToBase64String(_protector.Protect(secret));
        using var db = database.Open(Viewer.System);
        if (db.Settings.FirstOrDefault(s => s.Key == Key) is { } lost) lost.Value = value;
        else db.Settings.Add(new Setting { Key = Key, Value = value });
        try
        {
            db.SaveChanges();
            return secret;
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Another process made it at the same moment.
            return Kept() ?? throw new CryptographicException("The secret of the links, made by another process, cannot be read: the two do not share their keys.");
        }
    }

    // Without the keys it was sealed with, nothing can be made of it: a new one is made, and links sent before lead nowhere.
    private byte[]? Opened(string value)
    {
        try
        {
            return _protector.Unprotect(Convert.FromBase64String(value)) is { Length: SecretLength } secret ? secret : null;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
