using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TerritoireCollab.Mime.Dkim;

/// <summary>
/// Signs mails by DKIM (RFC 6376): rsa-sha256, relaxed/relaxed, the whole body, so that a provider knows the mail for the
/// domain's own. May be used by several callers at once.
/// </summary>
/// <remarks>From, Subject and To are named once more than they occur: none can be added behind the signature.</remarks>
public sealed class DkimSigner : IDisposable
{
    /// <summary>The shortest key taken, in bits (RFC 8301 section 3.2); 2048 are advised.</summary>
    public const int ShortestKey = 1024;

    private const int LongestLine = 76;

    private static readonly string[] Signed =
    [
        "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version", "Content-Type",
        "List-Id", "List-Archive", "List-Help", "List-Owner", "List-Post", "List-Subscribe", "List-Unsubscribe", "List-Unsubscribe-Post",
    ];

    private static readonly string[] SignedTwice = ["From", "Subject", "To"];

    private readonly string domain;
    private readonly string selector;
    private readonly RSAParameters key;

    // An RSA object serves one caller at a time, and is dear to make.
    private readonly ConcurrentBag<RSA> idle = [];

    /// <summary>Checks and keeps a key.</summary>
    /// <param name="domain">The signing domain, that of the From address, in ASCII.</param>
    /// <param name="selector">The name under which the public key stands at <c>selector._domainkey.domain</c>.</param>
    /// <param name="privateKey">The RSA private key in PEM (PKCS#1 or PKCS#8, not encrypted).</param>
    /// <exception cref="ArgumentException">The domain or the selector is none, or the key is not such a key or too short. Never tells of the key.</exception>
    public DkimSigner(string domain, string selector, string privateKey)
    {
        this.domain = Checked(domain, nameof(domain));
        this.selector = Checked(selector, nameof(selector));
        ArgumentNullException.ThrowIfNull(privateKey);
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(privateKey);
            key = rsa.ExportParameters(includePrivateParameters: true);
            PublicRecord = $"v=DKIM1; k=rsa; p={Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}";
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
            throw new ArgumentException("The key is not an RSA private key in PEM.", nameof(privateKey));
        }

        if (rsa.KeySize < ShortestKey)
        {
            rsa.Dispose();
            throw new ArgumentException($"The key is shorter than {ShortestKey} bits.", nameof(privateKey));
        }

        idle.Add(rsa);
    }

    /// <summary>What the domain must publish as TXT at <see cref="RecordName"/>.</summary>
    public string PublicRecord { get; }

    /// <summary>The DNS name of <see cref="PublicRecord"/>.</summary>
    public string RecordName => $"{selector}._domainkey.{domain}";

    /// <summary>Puts the signature before a mail.</summary>
    /// <param name="message">The mail as <see cref="MimeWriter"/> makes it: CRLF, without dot-stuffing.</param>
    /// <param name="now">The time of signing.</param>
    /// <returns>The mail with its signature as first field.</returns>
    /// <exception cref="ArgumentException">The mail has no From.</exception>
    public byte[] Sign(ReadOnlyMemory<byte> message, DateTimeOffset now)
    {
        var fields = DkimCanonical.Fields(message.Span, out var bodyStart);
        if (!fields.Any(field => field.Name.Equals("From", StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException("The mail has no From.", nameof(message));
        }

        var names = Names(fields);
        var bodyHash = Convert.ToBase64String(SHA256.HashData(DkimCanonical.Body(message.Span[bodyStart..])));
        var unsigned = Unsigned(names, bodyHash, now);
        var input = DkimCanonical.Header(fields, names) + DkimCanonical.Field("DKIM-Signature", unsigned);
        var signature = Convert.ToBase64String(Sign(Encoding.UTF8.GetBytes(input)));

        var head = new StringBuilder("DKIM-Signature:").Append(unsigned);
        for (var at = 0; at < signature.Length; at += LongestLine - 1) head.Append(at == 0 ? "" : "\r\n\t").Append(signature.AsSpan(at, Math.Min(LongestLine - 1, signature.Length - at)));
        var output = new ArrayBufferWriter<byte>(message.Length + 1024);
        Encoding.ASCII.GetBytes(head.Append("\r\n").ToString(), output);
        output.Write(message.Span);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose()
    {
        while (idle.TryTake(out var rsa)) rsa.Dispose();
    }

    private static string Checked(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= 253 && name.Split('.').All(label => label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            ? name.ToLowerInvariant()
            : throw new ArgumentException("Not a domain name in ASCII.", parameter);
    }

    // Every field there is, and the three once more than they are.
    private static List<string> Names(IReadOnlyList<(string Name, string Value)> fields)
    {
        var names = new List<string>();
        foreach (var name in Signed)
        {
            names.AddRange(Enumerable.Repeat(name, fields.Count(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))));
        }

        names.AddRange(SignedTwice);
        return names;
    }

    private string Unsigned(IReadOnlyList<string> names, string bodyHash, DateTimeOffset now)
    {
        var header = new StringBuilder(" v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n\t");
        header.Append(CultureInfo.InvariantCulture, $"d={domain};\r\n\ts={selector}; t={now.ToUnixTimeSeconds()};\r\n\th=");
        var column = 10;
        for (var i = 0; i < names.Count; i++)
        {
            var name = i < names.Count - 1 ? $"{names[i]}:" : $"{names[i]};";
            if (column + name.Length > LongestLine)
            {
                header.Append("\r\n\t");
                column = 8;
            }

            header.Append(name);
            column += name.Length;
        }

        return header.Append(CultureInfo.InvariantCulture, $"\r\n\tbh={bodyHash};\r\n\tb=").ToString();
    }

    private byte[] Sign(byte[] input)
    {
        if (!idle.TryTake(out var rsa)) rsa = RSA.Create(key);
        try
        {
            return rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        finally
        {
            idle.Add(rsa);
        }
    }
}
