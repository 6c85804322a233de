using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using TerritoireCollab.Mime.Tests.Writing;
using Xunit;
using DkimSigner = TerritoireCollab.Mime.Dkim.DkimSigner;

namespace TerritoireCollab.Mime.Tests.Dkim;

/// <summary>The signatures hold for verifiers written by others: that of MimeKit everywhere, dkimpy where it is installed.</summary>
public sealed partial class DkimSignerTests : IDisposable
{
    private const int Rounds = 100;

    private const string Script =
        """
        import base64, dkim, sys
        record = sys.stdin.readline().strip().encode()
        for line in sys.stdin:
            print("good" if dkim.verify(base64.b64decode(line), dnsfunc=lambda name, timeout=5: record if name.rstrip(b".") == b"cle1._domainkey.exemple.test" else None) else "bad")
        """;

    private static readonly DateTimeOffset Now = new(2026, 11, 28, 10, 0, 0, TimeSpan.Zero);
    private static readonly string Key = MakeKey(2048);

    private readonly DkimSigner signer = new("exemple.test", "cle1", Key);

    public void Dispose() => signer.Dispose();

    [Fact]
    public void Sign_RandomMails_VerifiedByMimeKit()
    {
        var verifier = new DkimVerifier(new Locator(signer));

        foreach (var signed in Mails().Select(Sign)) Assert.True(Verify(verifier, signed));
    }

    [Fact]
    public async Task Sign_RandomMails_VerifiedByDkimpy()
    {
        var good = Mails().Select(Sign).ToArray();
        var changed = good.Select((mail, i) => Changed(mail, i)).ToArray();

        var output = await OtherPrograms.RunAsync(OtherPrograms.Python, ["-c", "import dkim"], ["-c", Script], [signer.PublicRecord, .. good.Concat(changed).Select(Convert.ToBase64String)]);

        var verdicts = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([.. Enumerable.Repeat("good", Rounds), .. Enumerable.Repeat("bad", Rounds)], verdicts);
    }

    [Fact]
    public void Sign_OneByteChangedOnTheWay_DoesNotHold()
    {
        var verifier = new DkimVerifier(new Locator(signer));
        var number = 0;

        foreach (var signed in Mails().Select(Sign)) Assert.False(Verify(verifier, Changed(signed, number++)));
    }

    [Theory]
    [InlineData("Subject: Bonjour", "subject:   Bonjour  ")]
    [InlineData("Subject: Bonjour", "Subject:\r\n Bonjour")]
    [InlineData("Un mot.", "Un \t mot.  ")]
    [InlineData("Fin.", "Fin.\r\n\r\n\r\n")]
    public void Sign_WhatRelaysChange_StillHolds(string before, string after)
    {
        var signed = Encoding.UTF8.GetString(Sign(Plain()));

        Assert.Contains(before, signed, StringComparison.Ordinal);
        Assert.True(Verify(new DkimVerifier(new Locator(signer)), Encoding.UTF8.GetBytes(signed.Replace(before, after, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("From: autre@exemple.test")]
    [InlineData("Subject: Autre")]
    [InlineData("To: autre@exemple.test")]
    public void Sign_FieldAddedBesideTheSigned_DoesNotHold(string field)
    {
        var verifier = new DkimVerifier(new Locator(signer));
        var signed = Encoding.UTF8.GetString(Sign(Plain()));

        Assert.True(Verify(verifier, Encoding.UTF8.GetBytes($"X-Relais: oui\r\n{signed}")));
        Assert.False(Verify(verifier, Encoding.UTF8.GetBytes($"{field}\r\n{signed}")));
    }

    [Fact]
    public void Sign_AMailOfAGroup_NamesTheFieldsAndNoLength()
    {
        var mail = SampleMail.Create() with { ReplyTo = new Mailbox("reponse+k1@exemple.test"), Headers = [MailHeader.ListId("Été", "ete.exemple.test"), .. MailHeader.OneClickUnsubscribe(new Uri("https://exemple.test/d/1"), null)] };

        var signed = Encoding.UTF8.GetString(signer.Sign(MimeWriter.ToBytes(mail), Now));

        var signature = Folds().Replace(signed[..signed.IndexOf("\r\nFrom:", StringComparison.Ordinal)], "");
        Assert.StartsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;d=exemple.test;s=cle1; t=1795860000;h=From:To:Subject:Date:Message-ID:Reply-To:MIME-Version:Content-Type:List-Id:List-Unsubscribe:List-Unsubscribe-Post:From:Subject:To;bh=", signature, StringComparison.Ordinal);
        Assert.DoesNotContain("; l=", signature, StringComparison.Ordinal);
        Assert.All(signed.Split("\r\n"), line => Assert.True(line.Length <= 78));
    }

    [Fact]
    public void Sign_ByManyAtOnce_EachHolds()
    {
        var verifier = new DkimVerifier(new Locator(signer));
        var mails = Mails().Take(40).ToArray();

        var signed = mails.AsParallel().WithDegreeOfParallelism(8).Select(Sign).ToArray();

        Assert.All(signed, mail => Assert.True(Verify(verifier, mail)));
    }

    [Fact]
    public void Signer_WithABadKeyOrName_RefusesWithoutTellingTheKey()
    {
        var fault = Assert.Throws<ArgumentException>(() => new DkimSigner("exemple.test", "cle1", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"));

        Assert.DoesNotContain("c2VjcmV0", fault.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DkimSigner("exemple test", "cle1", Key));
        Assert.Throws<ArgumentException>(() => new DkimSigner("exemple.test", "", Key));
        Assert.Throws<ArgumentException>(() => new DkimSigner("exemple.test", "cle1", MakeKey(512)));
        Assert.Throws<ArgumentException>(() => signer.Sign("Subject: x\r\n\r\nx"u8.ToArray(), Now));
        Assert.Equal("cle1._domainkey.exemple.test", signer.RecordName);
    }

    private byte[] Sign(byte[] mail) => signer.Sign(mail, Now);

    private static byte[] Plain() => "From: espace@exemple.test\r\nTo: membre@exemple.test\r\nSubject: Bonjour\r\nDate: Tue, 3 Nov 2026 09:05:07 +0100\r\n\r\nUn mot.\r\n.\r\n\r\nFin.\r\n"u8.ToArray();

    // Written by us, and raw mails beyond what we write: 8-bit, long lines, lines of dots, blanks and empty lines at the end, no body at all.
    private static IEnumerable<byte[]> Mails()
    {
        var random = new RandomText(6376);
        for (var i = 0; i < Rounds; i++)
        {
            var body = $"{random.Body(random.Below(12)).Replace("\0", "", StringComparison.Ordinal)}{new[] { "", ".\r\n", "..\r\n.x\r\n", "  \r\n", "\r\n\r\n\r\n", " \t x \t \r\n \r\n" }[i % 6]}";
            yield return i % 2 == 0
                ? MimeWriter.ToBytes(SampleMail.Create($"Réunion n° {i} {new string('é', i)}", body, i % 4 == 0 ? $"<p>{body}</p>" : null))
                : RawMails(i, body);
        }
    }

    private static byte[] RawMails(int number, string body) =>
        Encoding.UTF8.GetBytes($"From: Léa Exemple <espace@exemple.test>\r\nTo: membre@exemple.test,\r\n\tautre@exemple.test\r\nSubject:  Déjà   le n° {number} \r\nDate: Tue, 3 Nov 2026 09:05:07 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{(number == 1 ? "" : body)}");

    // One letter, in the body where there is one, else in the subject; never a blank, which relays may change.
    private static byte[] Changed(byte[] mail, int number)
    {
        var changed = (byte[])mail.Clone();
        var body = changed.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        var at = Enumerable.Range(0, changed.Length - body).Select(i => body + (i + number * 37) % (changed.Length - body)).FirstOrDefault(i => char.IsAsciiLetterOrDigit((char)changed[i]), -1);
        if (at < 0) at = changed.AsSpan().IndexOf("\r\nSubject: "u8) + 3;
        changed[at] = (byte)(changed[at] == 'q' ? 'r' : 'q');
        return changed;
    }

    private static bool Verify(DkimVerifier verifier, byte[] mail)
    {
        using var message = MimeMessage.Load(new MemoryStream(mail));
        var signature = message.Headers.First(header => header.Field.Equals("DKIM-Signature", StringComparison.OrdinalIgnoreCase));
        return verifier.Verify(message, signature);
    }

    private static string MakeKey(int bits)
    {
        using var rsa = RSA.Create(bits);
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    [GeneratedRegex(@"\r\n\t")]
    private static partial Regex Folds();

    private sealed class Locator(DkimSigner signer) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            Assert.Equal(signer.RecordName, $"{selector}._domainkey.{domain}");
            return PublicKeyFactory.CreateKey(Convert.FromBase64String(signer.PublicRecord.Split("p=")[1]));
        }

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) => Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
