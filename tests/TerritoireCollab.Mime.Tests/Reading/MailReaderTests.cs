using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TerritoireCollab.Mime.Reading;
using TerritoireCollab.Mime.Tests.Smtp;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Reading;

public sealed class MailReaderTests
{
    [Fact]
    public void Read_AnOrdinaryMail_GivesEveryField()
    {
        var mail = RawMails.Read("""
            Return-Path: <lea@mairie.example>
            Delivered-To: reponse+k1@espace.example
            X-Original-To: reponse+k1@espace.example
            From: "Exemple, Léa" <Lea@Mairie.Example>
            Sender: secretariat@mairie.example
            To: Espace <reponse+k1@espace.example>, =?utf-8?Q?Zo=C3=A9?= <zoe@crest.example>
            Cc: equipe: a@die.example, b@die.example;
            Reply-To: lea.perso@mairie.example
            Subject: Re: Réunion
            Date: Thu, 12 Mar 2026 10:05:00 +0100
            Message-ID: <a@mairie.example>
            In-Reply-To: <fil.1.msg.2@espace.example>
            References: <fil.1@espace.example>
             <fil.1.msg.2@espace.example>

            Oui.
            """);

        Assert.Equal(new MailAddress("Lea@mairie.example", "Exemple, Léa"), mail.From);
        Assert.Equal(("secretariat@mairie.example", "lea@mairie.example"), (mail.Sender!.Address, mail.ReturnPath));
        Assert.Equal([new("reponse+k1@espace.example", "Espace"), new("zoe@crest.example", "Zoé")], mail.To);
        Assert.Equal(["a@die.example", "b@die.example"], mail.Cc.Select(a => a.Address));
        Assert.Equal("lea.perso@mairie.example", Assert.Single(mail.ReplyTo).Address);
        Assert.Equal([("reponse", "k1", "espace.example"), ("reponse", "k1", "espace.example")], mail.DeliveredTo.Select(a => (a.LocalPart, a.Tag, a.Domain)));
        Assert.Equal(("Re: Réunion", "a@mairie.example", "fil.1.msg.2@espace.example"), (mail.Subject, mail.MessageId, mail.InReplyTo));
        Assert.Equal(["fil.1@espace.example", "fil.1.msg.2@espace.example"], mail.References);
        Assert.Equal(new DateTimeOffset(2026, 3, 12, 10, 5, 0, TimeSpan.FromHours(1)), mail.Date);
        Assert.Equal(("Oui.", null), (mail.Text, mail.Html));
        Assert.Equal("Re: Réunion", mail.Header("SUBJECT"));
        Assert.Empty(mail.Repairs);
    }

    [Theory]
    [InlineData("Léa <lea@mairie.example", "lea@mairie.example")]
    [InlineData("<lea@mairie.example>>", "lea@mairie.example")]
    [InlineData("Léa (mairie) lea@mairie.example", "lea@mairie.example")]
    [InlineData("\"Léa <lea@mairie.example>", "lea@mairie.example")]
    [InlineData("lea@mairie.example, <>", "lea@mairie.example")]
    [InlineData("Durand, Léa <lea@mairie.example>", "lea@mairie.example")]
    [InlineData("=?utf-8?Q?L=C3=A9a_=3Clea=40ailleurs.example=3E?= <lea@mairie.example>", "lea@mairie.example")]
    [InlineData("lea@MAIRIE.example.", "lea@mairie.example")]
    [InlineData("lea@mâirie.example", "lea@xn--mirie-3qa.example")]
    public void From_WrittenAnyhow_GivesTheAddress(string from, string address)
    {
        Assert.Equal(address, RawMails.Read($"From: {from}\n\nx").FromAddresses[^1].Address);
    }

    [Theory]
    [InlineData("<>", "")]
    [InlineData("lea@mairie.example", "lea@mairie.example")]
    [InlineData("<lea@mairie.example>", "lea@mairie.example")]
    public void ReturnPath_OfAnyForm_TellsTheEmptyOne(string written, string expected)
    {
        Assert.Equal(expected, RawMails.Read($"Return-Path: {written}\nFrom: a@b.example\n\nx").ReturnPath);
        Assert.Null(RawMails.Read("From: a@b.example\n\nx").ReturnPath);
    }

    [Fact]
    public void References_WithoutBracketsOrTornApart_Read()
    {
        var mail = RawMails.Read("From: a@b.example\nMessage-ID: seul@mairie.example\nReferences: <un@x.example><de\n ux@x.example> texte <un@x.example>\nIn-Reply-To: Message de Léa du 3 mars <un@x.example>\n\nx");

        Assert.Equal("seul@mairie.example", mail.MessageId);
        Assert.Equal(["un@x.example", "deux@x.example"], mail.References);
        Assert.Equal("un@x.example", mail.InReplyTo);
    }

    [Fact]
    public void Body_TextSplitAroundAPicture_ReadAsOne()
    {
        var mail = RawMails.Read(Multipart("mixed", "Content-Type: text/plain\n\nAvant", "Content-Type: image/png; name=\"p.png\"\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw==", "Content-Type: text/plain\n\nAprès"));

        Assert.Equal("Avant\nAprès", mail.Text);
        Assert.Equal([("p.png", 4L, true)], mail.Attachments.Select(a => (a.Name, a.Length, a.IsInline)));
    }

    [Fact]
    public void Body_Alternatives_TextAndHtmlApartAndPicturesOfTheHtmlInline()
    {
        var mail = RawMails.Read(Multipart("related; type=\"multipart/alternative\"",
            "Content-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/plain\n\nBonjour\n--y\nContent-Type: text/html\n\n<p>Bonjour <img src='cid:logo@x'></p>\n--y--",
            "Content-Type: image/gif\nContent-ID: <logo@x>\nContent-Transfer-Encoding: base64\n\nR0lG"));

        Assert.Equal(("Bonjour", "<p>Bonjour <img src='cid:logo@x'></p>"), (mail.Text!.Trim(), mail.Html!.Trim()));
        var logo = Assert.Single(mail.Attachments);
        Assert.Equal(("logo@x", "image/gif", true, "GIF"), (logo.ContentId, logo.Type, logo.IsInline, Encoding.ASCII.GetString(logo.Content.Span)));
    }

    [Fact]
    public void Body_AttachedTextFirst_IsNoBody()
    {
        var mail = RawMails.Read(Multipart("mixed", "Content-Type: text/plain; name=notes.txt\nContent-Disposition: attachment; filename=notes.txt\n\nnotes", "Content-Type: text/plain\n\nVoici."));

        Assert.Equal("Voici.", mail.Text!.Trim());
        Assert.Equal("notes.txt", Assert.Single(mail.Attachments).Name);
    }

    [Fact]
    public void Body_OnlyHtml_TextIsNull()
    {
        var mail = RawMails.Read("From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n<p>Été</p>");

        Assert.Equal((null, "<p>Été</p>"), (mail.Text, mail.Html));
    }

    [Theory]
    [InlineData("flowed", "Une phrase \nqui continue.\n> Une citation \n> qui continue.\n>> Autre.\n Espace de tête\n-- \nLéa", "Une phrase qui continue.\n> Une citation qui continue.\n>> Autre.\nEspace de tête\n-- \nLéa")]
    [InlineData("flowed; delsp=yes", "Un long mot cou \npé.", "Un long mot coupé.")]
    [InlineData("fixed", "Une phrase \nqui finit là.", "Une phrase \nqui finit là.")]
    public void Body_FormatFlowed_LinesJoined(string format, string body, string text)
    {
        Assert.Equal(text, RawMails.Read($"From: a@b.example\nContent-Type: text/plain; charset=utf-8; format={format}\n\n{body}").Text);
    }

    [Theory]
    [InlineData("base64", "UsOpdW5pb24=", "Réunion")]
    [InlineData("base64", "UsOp\n  dW5p\nb24", "Réunion")]
    [InlineData("base64", "Ceci n'est pas du base64, vraiment.", "Ceci n'est pas du base64, vraiment.")]
    [InlineData("quoted-printable", "R=C3=A9union=\n du 12 =\nmars = x", "Réunion du 12 mars = x")]
    [InlineData("8bit", "Réunion", "Réunion")]
    [InlineData("inconnu", "Réunion", "Réunion")]
    [InlineData("x-uuencode", "begin 644 a\n(4L.I=6YI;VX \n`\nend", "Réunion")]
    public void Body_InEveryTransferEncoding_Decoded(string encoding, string body, string text)
    {
        Assert.Equal(text, RawMails.Read($"From: a@b.example\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{body}").Text!.Trim());
    }

    [Fact]
    public void Body_UuencodedFileInTheText_BecomesAnAttachment()
    {
        var mail = RawMails.Read("From: a@b.example\n\nVoici le fichier.\nbegin 644 notes.txt\n#0V%T\n`\nend\nMerci");

        Assert.Equal("Voici le fichier.\nMerci", mail.Text);
        Assert.Equal([("notes.txt", "Cat")], mail.Attachments.Select(a => (a.Name, Encoding.ASCII.GetString(a.Content.Span))));
    }

    [Theory]
    [InlineData("filename*=utf-8''compte%20rendu%20%C3%A9t%C3%A9.pdf", "compte rendu été.pdf")]
    [InlineData("filename*0*=utf-8''compte%20;\n filename*1*=%C3%A9t%C3%A9;\n filename*2=.pdf", "compte été.pdf")]
    [InlineData("filename=\"=?utf-8?Q?=C3=A9t=C3=A9=2Epdf?=\"", "été.pdf")]
    [InlineData("filename=été.pdf", "été.pdf")]
    [InlineData("filename=\"..\\\\..\\\\windows\\\\a.exe\"", "a.exe")]
    [InlineData("filename=\"/etc/passwd\"", "passwd")]
    [InlineData("filename=\"fdp\u202Efdp.exe\"", "fdpfdp.exe")]
    [InlineData("filename=\"...\"", "piece-jointe-1.pdf")]
    public void Attachment_NamedInAnyWay_HasASafeName(string parameter, string name)
    {
        var mail = RawMails.Read(Multipart("mixed", "Content-Type: text/plain\n\nx", $"Content-Type: application/pdf\nContent-Disposition: attachment; {parameter}\nContent-Transfer-Encoding: base64\n\nJVBERg=="));

        Assert.Equal((name, 4L), mail.Attachments.Select(a => (a.Name, a.Length)).Single());
    }

    [Fact]
    public void Attachments_ForwardedMailAndWinmail_KeptWhole()
    {
        var mail = RawMails.Read(Multipart("mixed", "Content-Type: text/plain\n\nVoir ci-joint", "Content-Type: message/rfc822\n\nFrom: x@y.example\nSubject: Dedans\n\nTexte dedans", "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\neJ8+Ig=="));

        Assert.Equal("Voir ci-joint", mail.Text!.Trim());
        Assert.Equal([("piece-jointe-1.eml", "message/rfc822"), ("winmail.dat", "application/ms-tnef")], mail.Attachments.Select(a => (a.Name, a.Type)));
        Assert.Equal("Dedans", MailReader.Read(mail.Attachments[0].Content).Subject);
    }

    [Fact]
    public void Signed_DetachedOrOpaque_TextReadAndSignatureNoAttachment()
    {
        var detached = RawMails.Read(Multipart("signed; protocol=\"application/pkcs7-signature\"", "Content-Type: text/plain\n\nSigné", "Content-Type: application/pkcs7-signature; name=smime.p7s\nContent-Disposition: attachment; filename=smime.p7s\nContent-Transfer-Encoding: base64\n\nMIIB"));
        var opaque = RawMails.Read($"From: a@b.example\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Disposition: attachment; filename=smime.p7m\nContent-Transfer-Encoding: base64\n\n{Signed("Content-Type: text/plain; charset=utf-8\r\n\r\nSigné dedans")}");

        Assert.Equal(("Signé", 0), (detached.Text!.Trim(), detached.Attachments.Count));
        Assert.Equal(("Signé dedans", 0), (opaque.Text, opaque.Attachments.Count));
    }

    [Theory]
    [InlineData("multipart/mixed", "Bonjour sans frontière")]
    [InlineData("multipart/mixed; boundary=jamais", "Bonjour sans frontière")]
    [InlineData("multipart/alternative; boundary=\"\"", "Bonjour sans frontière")]
    public void Multipart_WhoseBoundaryNeverComes_ReadAsText(string type, string body)
    {
        var mail = RawMails.Read($"From: a@b.example\nContent-Type: {type}\n\n{body}");

        Assert.Equal(body, mail.Text!.Trim());
    }

    [Fact]
    public void Multipart_WithAnotherBoundaryThanDeclared_Guessed()
    {
        var mail = RawMails.Read("From: a@b.example\nContent-Type: multipart/mixed; boundary=faux\n\n--vraie\nContent-Type: text/plain\n\nBonjour\n--vraie\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--vraie--\n");

        Assert.Equal(("Bonjour", "a.pdf"), (mail.Text!.Trim(), Assert.Single(mail.Attachments).Name));
        Assert.Contains("the boundary of the parts was guessed", mail.Repairs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("Bonjour, sans en-tête aucun.")]
    [InlineData(":\r\n::\r\n")]
    [InlineData("From")]
    public void Read_WhatIsNoMail_GivesAMailWithoutSender(string raw)
    {
        var mail = MailReader.Read(Encoding.UTF8.GetBytes(raw));

        Assert.Null(mail.From);
        Assert.Equal(raw.Contains("Bonjour", StringComparison.Ordinal), (mail.Text ?? "").Contains("Bonjour", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_AfterAnMboxLineAndAByteOrderMark_FindsTheHeader()
    {
        var mail = RawMails.Read("\uFEFF\nFrom lea@mairie.example Thu Mar 12 10:05:00 2026\nFrom: a@b.example\n\nx");

        Assert.Equal("a@b.example", mail.From!.Address);
    }

    [Fact]
    public void Limits_OnEverything_LeaveOutAndSaySo()
    {
        var limits = new MailReadLimits { Parts = 3, Fields = 10, FieldLength = 200, TextLength = 50, Addresses = 5, Depth = 4 };
        var fields = string.Concat(Enumerable.Range(0, 50).Select(i => $"X-Champ-{i}: v\n"));
        var parts = string.Concat(Enumerable.Range(0, 20).Select(_ => $"--x\nContent-Type: text/plain\n\n{new string('a', 40)}\n"));
        var to = string.Join(", ", Enumerable.Range(0, 9).Select(i => $"m{i}@b.example"));

        var mail = MailReader.Read(RawMails.Bytes($"From: a@b.example\nTo: {to}\nContent-Type: multipart/mixed; boundary=x\nSubject: {new string('s', 900)}\n{fields}\n{parts}--x--"), limits);

        Assert.Equal((3, 10, 5), (mail.Parts.Count, mail.Fields.Count, mail.To.Count));
        Assert.True(mail.Subject.Length is > 100 and <= 200);
        Assert.True(mail.Parts.Sum(p => p.Text!.Length) <= 50);
        Assert.Equal(3, mail.Repairs.Count);
    }

    [Fact]
    public void Limits_OnSizeAndDepth_Hold()
    {
        var deep = string.Concat(Enumerable.Range(0, 2000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"));

        var mail = RawMails.Read($"From: a@b.example\n{deep}Content-Type: text/plain\n\nau fond");
        var cut = MailReader.Read(RawMails.Bytes($"From: a@b.example\n\n{new string('a', 5000)}"), new() { Size = 1000 });

        Assert.Equal("a@b.example", mail.From!.Address);
        Assert.All(mail.Parts, part => Assert.True(part.Depth <= 26));
        Assert.True(cut.Text!.Length < 1000);
    }

    private static string Multipart(string type, params string[] parts) =>
        $"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/{type}; boundary=x\n\npréambule\n{string.Concat(parts.Select(part => $"--x\n{part}\n"))}--x--\n";

    private static string Signed(string content)
    {
        using var certificate = SmtpSink.MakeCertificate("lea");
        var cms = new SignedCms(new ContentInfo(Encoding.UTF8.GetBytes(content)));
        cms.ComputeSignature(new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate) { IncludeOption = X509IncludeOption.None, DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1") });
        return Convert.ToBase64String(cms.Encode(), Base64FormattingOptions.InsertLineBreaks);
    }
}
