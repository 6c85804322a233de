using TerritoireCollab.Mime.Classifying;
using TerritoireCollab.Mime.Reading;
using TerritoireCollab.Mime.Tests.Reading;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Classifying;

public sealed class BounceTests
{
    [Theory]
    [InlineData("5.1.1", "550 5.1.1 <parti@mairie.example>: Recipient address rejected: User unknown in virtual mailbox table", true, BounceReason.UnknownAddress)]
    [InlineData("5.0.0", "550 No such user here", true, BounceReason.UnknownAddress)]
    [InlineData("5.5.0", "550 5.5.0 Adresse d'au moins un destinataire invalide. Invalid recipient. OFR204_416 [416]", true, BounceReason.UnknownAddress)]
    [InlineData("5.1.1", "551 5.1.1 Utilisateur inconnu", true, BounceReason.UnknownAddress)]
    [InlineData("5.0.0", "550 Boîte aux lettres inexistante", true, BounceReason.UnknownAddress)]
    [InlineData("4.1.1", "450 4.1.1 <parti@mairie.example>: Recipient address rejected: User unknown", true, BounceReason.UnknownAddress)]
    [InlineData("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient parti@mairie.example not found by SMTP address lookup", true, BounceReason.UnknownAddress)]
    [InlineData("5.5.0", "550 Requested action not taken: mailbox unavailable", true, BounceReason.UnknownAddress)]
    [InlineData("4.2.0", "450 Requested mail action not taken: mailbox unavailable", false, BounceReason.Unreachable)]
    [InlineData("5.4.4", "X-Postfix; Host or domain name not found. Name service error for name=mairie.example type=A: Host not found", true, BounceReason.UnknownDomain)]
    [InlineData("4.4.3", "Host or domain name not found. Name service error for name=mairie.example type=MX: Host not found, try again", false, BounceReason.Unreachable)]
    [InlineData("5.1.10", "556 5.1.10 Recipient address has a null MX", true, BounceReason.UnknownDomain)]
    [InlineData("5.2.2", "552 5.2.2 Over quota", false, BounceReason.MailboxFull)]
    [InlineData("5.0.0", "550 La boîte aux lettres du destinataire est pleine", false, BounceReason.MailboxFull)]
    [InlineData("5.2.1", "550 5.2.1 Quota dépassé", false, BounceReason.MailboxFull)]
    [InlineData("5.3.4", "552 5.3.4 Message size exceeds fixed limit", false, BounceReason.TooBig)]
    [InlineData("5.0.0", "550 Le message est trop volumineux", false, BounceReason.TooBig)]
    [InlineData("5.2.1", "550 5.2.1 The email account that you tried to reach is disabled", false, BounceReason.Disabled)]
    [InlineData("5.0.0", "550 Compte suspendu", false, BounceReason.Disabled)]
    [InlineData("5.7.1", "550 5.7.1 Service unavailable; client host [192.0.2.1] blocked using liste.example", false, BounceReason.Rejected)]
    [InlineData("5.2.0", "550 5.2.0 Mail rejete. Mail rejected. ofr_506 [506]", false, BounceReason.Rejected)]
    [InlineData("5.7.26", "550-5.7.26 This mail has been blocked because the sender is unauthenticated.", false, BounceReason.Rejected)]
    [InlineData("5.1.8", "553 5.1.8 <espace@espace.example>... Domain of sender address espace@espace.example does not exist", false, BounceReason.Rejected)]
    [InlineData("5.7.1", "554 5.7.1 <parti@mairie.example>: Relay access denied", false, BounceReason.Rejected)]
    [InlineData("5.0.0", "550 5.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]", false, BounceReason.Rejected)]
    [InlineData("5.0.0", "421 mwinf5c04 ME Trop de connexions, veuillez verifier votre configuration. Too many connections, slow down. OFR004_104 [104]", false, BounceReason.Rejected)]
    [InlineData("4.4.1", "connect to mx.mairie.example[192.0.2.9]:25: Connection timed out", false, BounceReason.Unreachable)]
    [InlineData("5.4.6", "554 5.4.6 Too many hops", false, BounceReason.Rejected)]
    [InlineData("5.1.1", "550 5.1.1", true, BounceReason.UnknownAddress)]
    [InlineData("5.2.2", "552", false, BounceReason.MailboxFull)]
    public void Report_OfOneRecipient_ReasonAndWhetherHard(string status, string diagnostic, bool isHard, BounceReason reason)
    {
        var verdict = Classify(SampleReports.Dsn("failed", status, diagnostic));

        Assert.Equal(MailKind.Bounce, verdict.Kind);
        var bounced = Assert.Single(verdict.Bounces);
        Assert.Equal((SampleReports.Member, isHard, reason), (bounced.Recipient, bounced.IsHard, bounced.Reason));
        Assert.Equal(("m.12@espace.example", false), (verdict.OriginalMessageId, verdict.IsDelayOnly));
    }

    [Fact]
    public void Report_DiagnosticMoreExactThanItsStatus_TheDiagnosticSpeaks()
    {
        var bounced = Assert.Single(Classify(SampleReports.Dsn("failed", "5.0.0", "552 5.2.2 Mailbox full")).Bounces);

        Assert.Equal(("5.2.2", 552, "552 5.2.2 Mailbox full"), (bounced.Status, bounced.SmtpReply, bounced.Diagnostic));
    }

    [Fact]
    public void Report_OfADelay_SoftAndMarkedSo()
    {
        var verdict = Classify(SampleReports.Dsn("delayed", "4.1.1", "450 4.1.1 User unknown"));

        Assert.Equal((true, false), (verdict.IsDelayOnly, verdict.Bounces[0].IsHard));
    }

    [Fact]
    public void Report_OfADelivery_IsNoFailure()
    {
        var bounced = Assert.Single(Classify(SampleReports.Dsn("delivered", "2.1.5", "250 2.1.5 OK")).Bounces);

        Assert.Equal((false, BounceReason.Delivered, "2.1.5"), (bounced.IsHard, bounced.Reason, bounced.Status));
    }

    [Fact]
    public void Report_RefusedAfterTheContent_IsAFilterNotAnAddress()
    {
        var text = "<parti@mairie.example>: host mx.mairie.example[192.0.2.1] said: 550 User unknown (in reply to end of DATA command)";

        var bounced = Assert.Single(Classify(SampleReports.Dsn("failed", "5.0.0", "550 User unknown", text)).Bounces);

        Assert.Equal((false, BounceReason.Rejected), (bounced.IsHard, bounced.Reason));
    }

    [Theory]
    // qmail
    [InlineData("failure notice", "Hi. This is the qmail-send program at relais.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<parti@mairie.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 unknown user\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <retours+k1@espace.example>\nMessage-ID: <m.12@espace.example>", "5.1.1", true)]
    // Exim
    [InlineData("Mail delivery failed: returning message to sender", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  parti@mairie.example\n    mailbox is full: retry timeout exceeded\n\n------ This is a copy of the message, including all the headers. ------\n\nReturn-path: <retours+k1@espace.example>\nMessage-ID: <m.12@espace.example>", "5.2.2", false)]
    // Sendmail
    [InlineData("Returned mail: see transcript for details", "   ----- The following addresses had permanent fatal errors -----\n<parti@mairie.example>\n    (reason: 550 5.1.1 User unknown)\n\n   ----- Transcript of session follows -----\n... while talking to mx.mairie.example.:\n>>> DATA\n<<< 550 5.1.1 <parti@mairie.example>... User unknown\n550 5.1.1 <parti@mairie.example>... User unknown\n<<< 503 5.0.0 Need RCPT (recipient)\nMessage-ID: <m.12@espace.example>", "5.1.1", true)]
    // OpenSMTPD
    [InlineData("Delivery status notification: error", "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An error has occurred while attempting to deliver a message for\n    the following list of recipients:\n\nparti@mairie.example: 552 5.2.2 Mailbox full\n\n    Below is a copy of the original message:\n\nReceived: from localhost\nMessage-ID: <m.12@espace.example>", "5.2.2", false)]
    // A French server
    [InlineData("Échec de la remise du message", "Votre message n'a pas pu être remis au destinataire suivant :\n\nparti@mairie.example\nMotif : adresse inconnue\n\n------ Message d'origine ------\nReceived: from localhost\nMessage-ID: <m.12@espace.example>", "5.1.1", true)]
    public void Text_OfTheUsualServers_RecipientStatusAndOurIdentifier(string subject, string body, string status, bool isHard)
    {
        var verdict = Classify(SampleReports.Text(subject, body));

        Assert.Equal(MailKind.Bounce, verdict.Kind);
        var bounced = Assert.Single(verdict.Bounces);
        Assert.Equal((SampleReports.Member, status, isHard), (bounced.Recipient, bounced.Status, bounced.IsHard));
        Assert.Equal("m.12@espace.example", verdict.OriginalMessageId);
    }

    [Fact]
    public void Text_OfTwoRecipients_EachWithWhatIsSaidOfHim()
    {
        var verdict = Classify(SampleReports.Text("Undelivered Mail Returned to Sender", "The following addresses failed:\n\n<un@mairie.example>: host mx[192.0.2.1] said: 550 5.1.1 User unknown\n\n<deux@mairie.example>: host mx[192.0.2.1] said: 452 4.2.2 Mailbox full\n"));

        Assert.Equal([("un@mairie.example", "5.1.1", true), ("deux@mairie.example", "4.2.2", false)], verdict.Bounces.Select(b => (b.Recipient!, b.Status!, b.IsHard)));
    }

    [Fact]
    public void Text_ThatOnlyWarns_IsADelay()
    {
        var verdict = Classify(SampleReports.Text("Warning: message delayed 24 hours", "A message that you sent has not yet been delivered to:\n\n  parti@mairie.example\n    550 5.1.1 User unknown\n\nNo action is required on your part. Delivery attempts will continue."));

        Assert.Equal((MailKind.Bounce, true), (verdict.Kind, verdict.IsDelayOnly));
        Assert.All(verdict.Bounces, b => Assert.False(b.IsHard));
    }

    [Theory]
    [InlineData("Fwd: Undelivered Mail Returned to Sender", "lea@mairie.example")]
    [InlineData("TR : Échec de la remise du message", "lea@mairie.example")]
    [InlineData("Re: Undelivered Mail Returned to Sender", "lea@mairie.example")]
    [InlineData("Problème de boîte pleine", "lea@mairie.example")]
    public void Text_PassedOnByAPerson_IsNoBounce(string subject, string from)
    {
        var verdict = Classify(RawMails.Bytes($"Return-Path: <{from}>\nFrom: {from}\nTo: groupe@espace.example\nSubject: {subject}\n\nJe reçois ceci, que faire ?\n\n<parti@mairie.example>: 550 5.1.1 User unknown"));

        Assert.Contains(verdict.Kind, new[] { MailKind.New, MailKind.Reply });
    }

    private static MailVerdict Classify(byte[] raw) => MailClassifier.Classify(MailReader.Read(raw));
}
