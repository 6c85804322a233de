using TerritoireCollab.Mime.Classifying;
using TerritoireCollab.Mime.Reading;
using TerritoireCollab.Mime.Tests.Reading;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Classifying;

public sealed class MailClassifierTests
{
    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-generated (rule)")]
    [InlineData("Precedence: bulk")]
    [InlineData("Precedence: auto_reply")]
    [InlineData("Precedence: junk")]
    [InlineData("Precedence: list")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("X-AutoReply-From: lea@mairie.example")]
    [InlineData("X-Autorespond: absence")]
    [InlineData("X-Mail-Autoreply: true")]
    [InlineData("X-Mailer: vacation message of serveur")]
    [InlineData("Return-Path: <>")]
    [InlineData("Subject: Réponse automatique : Réunion")]
    [InlineData("Subject: Automatic reply: Réunion")]
    [InlineData("Subject: Out of Office: Réunion")]
    [InlineData("Subject: Absence du bureau : Réunion")]
    [InlineData("Subject: Absent(e) du bureau")]
    [InlineData("Subject: Message d’absence")]
    [InlineData("Subject: Auto: Réunion")]
    [InlineData("Subject: [Auto-reply] Réunion")]
    [InlineData("Subject: Lu : Réunion")]
    [InlineData("Content-Type: multipart/report; report-type=disposition-notification; boundary=x")]
    [InlineData("From: ne-pas-repondre@mairie.example")]
    [InlineData("From: noreply@mairie.example")]
    public void Mail_OfAMachine_IsAnAutoReply(string field)
    {
        Assert.Equal(MailKind.AutoReply, Kind(field, "Bonjour"));
    }

    [Theory]
    [InlineData("X-Auto-Response-Suppress: All")]
    [InlineData("X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply")]
    [InlineData("Auto-Submitted: no")]
    [InlineData("X-Autoreply: no")]
    [InlineData("Precedence: normal")]
    [InlineData("Return-Path: <lea@mairie.example>")]
    [InlineData("Subject: Re: Absence du bureau de vote")]
    [InlineData("Subject: Re: Réponse automatique du standard")]
    [InlineData("Subject: Congés de Noël de la mairie")]
    [InlineData("From: Mairie <contact@mairie.example>")]
    public void Mail_OfAPerson_IsAReply(string field)
    {
        Assert.Equal(MailKind.Reply, Kind(field, "D’accord pour jeudi, je serai absente vendredi."));
    }

    [Fact]
    public void Mail_AbsenceWithoutAnyMark_KnownBySubjectAndText()
    {
        Assert.Equal(MailKind.AutoReply, Kind("Subject: Congés du 3 au 7", "Bonjour, je suis en congés jusqu’au 7 mars. À mon retour je répondrai à votre message."));
    }

    [Fact]
    public void Mail_AnsweredByNothingButItsAddress_IsAReply()
    {
        Assert.Equal((MailKind.Reply, MailKind.New), (KindOf("To: reponse+k1@espace.example", "Oui"), KindOf("To: groupe-agenda@espace.example", "Une idée")));

        static MailKind KindOf(string to, string text) => MailClassifier.Classify(RawMails.Read($"From: lea@mairie.example\n{to}\nSubject: Idée\n\n{text}")).Kind;
    }

    [Fact]
    public void Mail_WithNothingToRead_IsOther()
    {
        Assert.Equal(MailKind.Other, MailClassifier.Classify(RawMails.Read("From: lea@mairie.example\nSubject: Idée\n\n  \n")).Kind);
        Assert.Equal(MailKind.Other, MailClassifier.Classify(RawMails.Read("To: espace@espace.example\nSubject: Idée\nReturn-Path: <x@y.example>\n\nBonjour")).Kind);
    }

    [Theory]
    [InlineData("abuse")]
    [InlineData("fraud")]
    public void Complaint_OfRfc5965_NamesTheMember(string type)
    {
        var hidden = Classify(SampleReports.Complaint(type));
        var named = Classify(SampleReports.Complaint(type, "Original-Rcpt-To: <autre@mairie.example>"));

        Assert.Equal((MailKind.Complaint, type, SampleReports.Member, "m.12@espace.example"), (hidden.Kind, hidden.FeedbackType, hidden.OriginalRecipient, hidden.OriginalMessageId));
        Assert.Equal("autre@mairie.example", named.OriginalRecipient);
    }

    [Theory]
    [InlineData("Unsubscribe", "", UnsubscribeWording.BareWord)]
    [InlineData("DÉSABONNEMENT", "Cordialement", UnsubscribeWording.BareWord)]
    [InlineData("Désinscription svp", "", UnsubscribeWording.BareWord)]
    [InlineData("", "STOP", UnsubscribeWording.BareWord)]
    [InlineData("", "Stop !\n\n-- \nPaul Exemple", UnsubscribeWording.BareWord)]
    [InlineData("Bonjour", "me désabonner, merci.", UnsubscribeWording.BareWord)]
    [InlineData("Re: Réunion", "désinscription", UnsubscribeWording.BareWord)]
    [InlineData("Re: Réunion", "Bonjour,\nJe ne souhaite plus recevoir vos messages.\nMerci", UnsubscribeWording.Sentence)]
    [InlineData("Liste", "Merci de bien vouloir retirer mon adresse de votre liste de diffusion.", UnsubscribeWording.Sentence)]
    [InlineData("Re: Réunion", "Pouvez-vous me désinscrire de cette liste ? Je change de poste.", UnsubscribeWording.Sentence)]
    [InlineData("Re: Réunion", "Comment puis-je me désabonner ?", UnsubscribeWording.Sentence)]
    [InlineData("Re: Meeting", "Please remove me from this list, thanks.", UnsubscribeWording.Sentence)]
    [InlineData("Re: Meeting", "Can you stop sending me these emails?", UnsubscribeWording.Sentence)]
    [InlineData("Re: Réunion", "Arrêtez de m’envoyer ces mails !", UnsubscribeWording.Sentence)]
    public void Unsubscribe_ByAWordOrASentence_ToldApart(string subject, string text, UnsubscribeWording wording)
    {
        var answer = subject.StartsWith("Re", StringComparison.Ordinal) ? "In-Reply-To: <fil.1@espace.example>\n" : "";

        var verdict = MailClassifier.Classify(RawMails.Read($"From: paul@crest.example\nTo: reponse+k1@espace.example\nSubject: {subject}\n{answer}\n{text}"));

        Assert.Equal((MailKind.Unsubscribe, wording), (verdict.Kind, verdict.Unsubscribe));
    }

    [Theory]
    [InlineData("Stop", "Il faut un panneau stop au carrefour de la gare, la mairie en discute jeudi.", true)]
    [InlineData("Lettre", "Les habitants peuvent se désabonner de la lettre depuis le site.", false)]
    [InlineData("Lettre", "Je ne veux pas me désabonner, au contraire : merci !", false)]
    [InlineData("Travaux", "Le chantier doit s’arrêter vendredi ; stop aux nuisances.", false)]
    [InlineData("Courrier", "Nous n’avons pas reçu de message depuis lundi.", false)]
    [InlineData("Désabonnement en hausse", "Voici les chiffres de l’abonnement.", false)]
    public void Unsubscribe_SpokenOf_IsNotAsked(string subject, string text, bool isAnswer)
    {
        var answer = isAnswer ? "In-Reply-To: <fil.1@espace.example>\n" : "";

        var kind = MailClassifier.Classify(RawMails.Read($"From: paul@crest.example\nTo: reponse+k1@espace.example\nSubject: {subject}\n{answer}\n{text}")).Kind;

        Assert.Equal(MailKind.Reply, kind);
    }

    [Theory]
    [InlineData("X-Apple-Unsubscribe: true\nAuto-Submitted: auto-replied\nTo: x@espace.example")]
    [InlineData("To: desabonnement+jeton@espace.example")]
    public void Unsubscribe_ByTheButtonOfAMailProgram_IsAWish(string fields)
    {
        Assert.Equal(MailKind.Unsubscribe, MailClassifier.Classify(RawMails.Read($"From: paul@crest.example\n{fields}\nSubject: demande\n\nMessage du programme.")).Kind);
    }

    // The field in question replaces the usual one of its name.
    private static MailKind Kind(string field, string text)
    {
        string[] usual = ["From: Léa Exemple <lea@mairie.example>", "To: reponse+k1@espace.example", "Subject: Re: Réunion", "In-Reply-To: <fil.1@espace.example>", "Content-Type: text/plain; charset=utf-8"];
        var name = field[..(field.IndexOf(':', StringComparison.Ordinal) + 1)];
        return MailClassifier.Classify(RawMails.Read($"{field}\n{string.Join('\n', usual.Where(one => !one.StartsWith(name, StringComparison.Ordinal)))}\n\n{text}")).Kind;
    }

    private static MailVerdict Classify(byte[] raw) => MailClassifier.Classify(MailReader.Read(raw));
}
