using TerritoireCollab.Mime.Trimming;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Trimming;

public sealed class SignatureTests
{
    [Theory]
    [InlineData("Envoyé de mon iPhone")]
    [InlineData("Envoyé de mon iPad")]
    [InlineData("*Envoyé de mon iPhone*")]
    [InlineData("Envoyé depuis mon mobile Orange")]
    [InlineData("Envoyé depuis mon smartphone Samsung Galaxy.")]
    [InlineData("Envoyé depuis mon appareil Galaxy")]
    [InlineData("Envoyé depuis mon téléphone")]
    [InlineData("Envoyé de mon appareil Android avec Courriel K-9 Mail. Veuillez excuser ma brièveté.")]
    [InlineData("Envoyé à partir de Courrier pour Windows")]
    [InlineData("Envoyé à partir d’Outlook pour Android")]
    [InlineData("Envoyé depuis l'application Mail Orange")]
    [InlineData("Envoyé via l’application Proton Mail")]
    [InlineData("Envoyé avec la messagerie sécurisée [Proton Mail.](https://exemple.test/)")]
    [InlineData("Envoyé avec la messagerie sécurisée\n[Proton Mail](https://exemple.test/)")]
    [InlineData("Envoyé depuis La Poste Mail")]
    [InlineData("Envoyé avec Proton Mail Android")]
    [InlineData("Provenance : Courrier pour Windows 10")]
    [InlineData("Obtenir Outlook pour iOS<https://exemple.test/o0ukef>")]
    [InlineData("Télécharger Outlook pour Android")]
    [InlineData("Téléchargez Outlook pour iOS (https://exemple.test/)")]
    [InlineData("Sent from my iPhone")]
    [InlineData("(sent from a phone)")]
    [InlineData("<<sent by galaxy>>")]
    [InlineData("Sent from my Wiko RIDGE FAB 4G")]
    [InlineData("Sent from my Verizon Wireless BlackBerry")]
    [InlineData("Sent from Mail for Windows 10")]
    [InlineData("Sent from Yahoo Mail on Android")]
    [InlineData("Sent with Airmail")]
    [InlineData("Sent from Mailbox for iPad")]
    [InlineData("Sent from my cell, please excuse any typos.")]
    [InlineData("Envoyé depuis mon téléphone, désolée pour les fautes")]
    [InlineData("Sent with [Proton Mail](https://exemple.test/) secure email.")]
    [InlineData("Sent via mobile")]
    [InlineData("From My iPhone 6")]
    [InlineData("Zoé from mobile")]
    [InlineData("Get Outlook for iOS<https://exemple.test/o0ukef>")]
    [InlineData("Von meinem iPhone gesendet")]
    [InlineData("Diese Nachricht wurde von meinem Android-Mobiltelefon mit K-9 Mail gesendet.")]
    [InlineData("Gesendet von Outlook für Android")]
    [InlineData("Enviado desde mi iPhone")]
    [InlineData("Inviato da iPad")]
    [InlineData("Inviato dal mio iPhone")]
    [InlineData("Verstuurd vanaf mijn iPhone")]
    [InlineData("Enviado do meu iPhone")]
    [InlineData("Skickat från min iPhone")]
    [InlineData("Sendt fra min iPad")]
    [InlineData("Lähetetty iPhonesta")]
    [InlineData("Wysłane z iPhone'a")]
    [InlineData("Odesláno z iPhonu")]
    [InlineData("Отправлено с iPhone")]
    [InlineData("从我的 iPhone 发送")]
    [InlineData("发自我的iPhone")]
    [InlineData("iPhoneから送信")]
    [InlineData("나의 iPhone에서 보냄")]
    public void Trim_SignatureOfAProgram_IsCutWithWhatIsBelow(string signature)
    {
        Replies.AssertAnswer($"{Replies.Answer}\n\n{signature}\n");
        Replies.AssertAnswer($"{Replies.Answer}\n\n{signature}\n\n{Replies.Original}\n");
        Replies.AssertAnswer($"{Replies.Answer}\n\n{signature}\n\nLe 03/11/2026 à 14:02, Camille Durand a écrit :\n{Replies.Quoted(Replies.Original)}\n");
    }

    [Theory]
    [InlineData("-- \nCamille Durand\nDirectrice d’exemple\nTél. 04 00 00 00 00")]
    [InlineData("--\nCamille Durand\nDirectrice d’exemple")]
    [InlineData("--\n")]
    [InlineData("__\nCamille")]
    [InlineData("---\nCamille Durand\n04 00 00 00 00")]
    [InlineData("—\nCamille Durand\ncamille@exemple.test")]
    [InlineData("_______________________\nCamille Durand")]
    [InlineData("_______________________________________________\nExemple mailing list\nhttps://exemple.test/listinfo/exemple")]
    [InlineData("—\nReply to this email directly or view it on Exemple.")]
    [InlineData("---\nL'absence de virus dans ce courrier électronique a été vérifiée par le logiciel antivirus d’exemple.\nhttps://www.exemple.test/antivirus")]
    public void Trim_SignatureBelowARule_IsCut(string signature)
    {
        Replies.AssertAnswer($"{Replies.Answer}\n\n{signature}\n");
        Replies.AssertAnswer($"{Replies.Answer}\n\n{signature}\n\nLe 03/11/2026 à 14:02, Camille Durand a écrit :\n\n{Replies.Quoted(Replies.Original)}\n");
    }

    [Theory]
    [InlineData("Ce message et toutes les pièces jointes sont confidentiels et établis à l'intention exclusive de leurs destinataires.")]
    [InlineData("Avant d’imprimer, pensez à l’environnement.")]
    [InlineData("Pensez à l'environnement avant d'imprimer ce message")]
    [InlineData("Garanti sans virus. www.exemple.test")]
    [InlineData("This email message and any attachments may contain confidential information. If you are not the intended recipient, delete it.")]
    [InlineData("Please consider the environment before printing this e-mail.")]
    public void Trim_NoticeAtTheEnd_IsCut(string notice)
    {
        Replies.AssertAnswer($"{Replies.Answer}\n\n{notice}\n");
        Replies.AssertAnswer($"{Replies.Answer}\n\n{notice}\n\nDe : Camille Durand <camille@exemple.test>\nEnvoyé : mardi 3 novembre 2026 14:02\nObjet : Réunion\n\n{Replies.Original}\n");
    }

    [Fact]
    public void Trim_AnswerTypedBelowTheSignature_IsKept()
    {
        Replies.AssertAnswer($"Envoyé de mon iPhone\n\n{Replies.Answer}\n");
    }

    [Fact]
    public void Trim_SignatureAlone_LeavesNothing()
    {
        Assert.Equal(new TrimmedReply("", "Envoyé de mon iPhone"), ReplyTrimmer.Trim("\n\nEnvoyé de mon iPhone\n\n"));
    }
}
