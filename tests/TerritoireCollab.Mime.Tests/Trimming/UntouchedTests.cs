using TerritoireCollab.Mime.Trimming;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Trimming;

public sealed class UntouchedTests
{
    [Theory]
    [InlineData("Le 3 novembre 2026, le maire a écrit : « nous signerons en décembre ».\n\nAttendons.")]
    [InlineData("Le 3 novembre 2026 à 14:02, le maire a écrit :\n\n« Nous signerons en décembre. »\n\nAttendons.")]
    [InlineData("Bonjour,\n\nLe 3 novembre 2026, notre présidente a écrit :\nnous signerons en décembre.")]
    [InlineData("Le 3 novembre 2026, Camille Durand a écrit :\nla fibre d’abord.\n\nJe suis de cet avis.")]
    [InlineData("Le 03/11/2026 à 14:02, Camille Durand a écrit :\n\n« La fibre d’abord. »\n\nJe suis de cet avis.")]
    [InlineData("Je cite le schéma :\n\n> La fibre d’abord.\n> Le cuivre ensuite.")]
    [InlineData("Ces formats sont des exemples :\n\n2026-11-03 14:02:25\n03.11.2026 14:02\nNov 3, 2026 at 14:02\n\nRien de plus.")]
    [InlineData("Le 3 novembre me convient.\nCamille a écrit une note là-dessus.")]
    [InlineData("Le 3 novembre à 14:02 la salle sera ouverte :\n- entrée par la cour\n- café")]
    [InlineData("Voici ce que Camille m’a écrit :\n\nelle viendra.")]
    [InlineData("On écrit à 14:02 à la mairie :\nquelqu’un répondra.")]
    [InlineData("On Monday 3 November we wrote to the council.\n\nThey answered.")]
    [InlineData("On your side you can run:\n\n    telnet 127.0.0.1 2525\n\nand see.")]
    [InlineData("Envoyé de mon bureau, le dossier est parti hier.\n\nVous le recevrez demain.")]
    [InlineData("Envoyé par mail hier à tous les membres.\n\nBonne journée.")]
    [InlineData("Envoyé depuis mon bureau\n\nLe dossier est parti.")]
    [InlineData("Envoyé de mon iPhone hier soir, le message ne t’est pas parvenu.\n\nJe le renvoie.")]
    [InlineData("The alert was sent from my iPhone app to all.\n\nSent from my desk, it is easier.")]
    [InlineData("Cordialement invitée, je viendrai.\n\nMerci.")]
    [InlineData("Merci et à jeudi.\n\nCordialement,\nCamille Durand\nMairie d’Exempleville")]
    [InlineData("De : Exempleville\nÀ : Villexemple\nObjet : le trajet du 3 novembre")]
    [InlineData("Date : 3 novembre 2026\nDe : 14:00\nÀ : 16:00\nObjet : comité")]
    [InlineData("De : la mairie, à 14:02, plus de nouvelles.\n\nEt chez vous ?")]
    [InlineData("Objet : la réunion\n\nJe propose jeudi.")]
    [InlineData("Voici la liste :\n-- premier point\n-- deuxième point\n-- troisième point\n\nMerci !")]
    [InlineData("Voici la liste :\n- premier point\n- deuxième point\n\n* un\n* deux")]
    [InlineData("## Bilan\n----\n\n1. La fibre avance.\n2. Le coût reste stable.\n\n----\n\nCes traits sont dans mon texte, ce ne sont pas des signatures.\n\n====\n\nCeux-ci de même, je les ai tapés.")]
    [InlineData("Première partie, assez longue pour être une phrase.\n\n***\n\nSeconde partie, assez longue elle aussi pour être une phrase.")]
    [InlineData("Le message d’origine disait oui.\n\nLe mail original aussi.")]
    [InlineData("Répondez au-dessus de cette ligne rouge du plan, disait la notice.\n\nJe ne l’ai pas trouvée.")]
    [InlineData("Le débit est > 30 Mbit/s partout\net < 100 Mbit/s ailleurs.")]
    [InlineData("Le débit est\n> 30 Mbit/s partout\net c’est bien.")]
    [InlineData("Le débit mesuré est\n> 30 Mbit/s")]
    [InlineData("> « Faisons simple »\n\nJe suis de cet avis.")]
    [InlineData("> Viendrez-vous ?\n\nOui.\n\n> À quelle heure ?\n\nÀ 14 h.")]
    [InlineData("Je reprends vos mots :\n\n> Faisons simple.\n\nJe suis de cet avis.")]
    [InlineData("> Une citation seule.")]
    [InlineData("    du code\n        en retrait\n\nfin")]
    [InlineData("Rendez-vous le 03/11/2026 à 14:02 chez Camille Durand <camille@exemple.test> :\nelle a la clef.")]
    [InlineData("Écrivez à camille@exemple.test :\nelle répond vite.")]
    [InlineData("Ordre du jour :\n14:02 accueil\n14:30 tour de table\n15:00 questions :\n- budget")]
    [InlineData("Ce message et le précédent disent la même chose.\n\nLequel garder ?")]
    [InlineData("")]
    [InlineData("Oui")]
    public void Trim_TextThatOnlyLooksLikeAMark_IsUntouched(string text)
    {
        Assert.Equal(new TrimmedReply(text, ""), ReplyTrimmer.Trim(text));
    }
}
