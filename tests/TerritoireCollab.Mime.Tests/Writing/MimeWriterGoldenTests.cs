using System.Text;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Writing;

public sealed class MimeWriterGoldenTests
{
    [Fact]
    public void ToBytes_TextOnly_GivesExactBytes()
    {
        var mail = SampleMail.Create("Compte rendu", "Bonjour,\nà bientôt\u202F!\n");

        AssertBytes(
            """
            From: Camille Fictive <espace@exemple.test>
            To: membre@exemple.test
            Subject: Compte rendu
            Date: Tue, 3 Nov 2026 09:05:07 +0100
            Message-ID: <fil.1.msg.2@exemple.test>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Bonjour,
            =C3=A0 bient=C3=B4t=E2=80=AF!


            """,
            mail);
    }

    [Fact]
    public void ToBytes_ThreadedMailWithBothBodies_GivesExactBytes()
    {
        var mail = SampleMail.Create("Re: [Numérique] Réunion de l’été", "Oui", "<p>Oui, à 14 h</p>") with
        {
            From = new Mailbox("espace@exemple.test", "Camille Fictive (Collectivités Numériques)"),
            ReplyTo = new Mailbox("reponse+0123456789abcdef0123456789abcdef@exemple.test"),
            InReplyTo = "fil.1.msg.1@exemple.test",
            References = ["<fil.1@exemple.test>", "<fil.1.msg.1@exemple.test>", "<recu.par.mail@ailleurs.test>"],
            Headers =
            [
                MailHeader.ListId("Collectivités Numériques", "groupe-numerique.exemple.test"),
                .. MailHeader.OneClickUnsubscribe(new Uri("https://exemple.test/d/JETON"), new Mailbox("desabonnement+JETON@exemple.test")),
                new("X-Territoire-Raison", "abonnement"),
                new("X-Territoire-Groupe", "Collectivités Numériques"),
            ],
        };

        AssertBytes(
            """
            From: =?utf-8?Q?Camille_Fictive_=28Collectivit=C3=A9s_Num=C3=A9riques=29?=
             <espace@exemple.test>
            To: membre@exemple.test
            Reply-To: reponse+0123456789abcdef0123456789abcdef@exemple.test
            Subject: Re: =?utf-8?B?W051bcOpcmlxdWVdIFLDqXVuaW9uIGRlIGzigJnDqXTDqQ==?=
            Date: Tue, 3 Nov 2026 09:05:07 +0100
            Message-ID: <fil.1.msg.2@exemple.test>
            In-Reply-To: <fil.1.msg.1@exemple.test>
            References: <fil.1@exemple.test> <fil.1.msg.1@exemple.test>
             <recu.par.mail@ailleurs.test>
            List-Id: =?utf-8?Q?Collectivit=C3=A9s_Num=C3=A9riques?=
             <groupe-numerique.exemple.test>
            List-Unsubscribe: <https://exemple.test/d/JETON>,
             <mailto:desabonnement%2BJETON@exemple.test>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            X-Territoire-Raison: abonnement
            X-Territoire-Groupe: =?utf-8?Q?Collectivit=C3=A9s_Num=C3=A9riques?=
            MIME-Version: 1.0
            Content-Type: multipart/alternative;
             boundary="=_a5f0"

            --=_a5f0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Oui
            --=_a5f0
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            <p>Oui, =C3=A0 14 h</p>
            --=_a5f0--

            """,
            mail);
    }

    [Fact]
    public void ToBytes_Attachments_GivesExactBytes()
    {
        var mail = SampleMail.Create("Pièces", "Voir", "<p>Voir</p>") with
        {
            Date = new DateTimeOffset(2026, 7, 14, 23, 59, 59, TimeSpan.FromHours(-3.5)),
            Attachments =
            [
                new("ordre du jour.txt", "text/plain; charset=utf-8", Encoding.UTF8.GetBytes("é")),
                new("Réunion d’été.ics", "text/calendar; method=REQUEST; charset=\"utf-8\"", Enumerable.Range(0, 60).Select(i => (byte)i).ToArray()),
            ],
        };

        AssertBytes(
            """
            From: Camille Fictive <espace@exemple.test>
            To: membre@exemple.test
            Subject: =?utf-8?Q?Pi=C3=A8ces?=
            Date: Tue, 14 Jul 2026 23:59:59 -0330
            Message-ID: <fil.1.msg.2@exemple.test>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="=_m5f0"

            --=_m5f0
            Content-Type: multipart/alternative;
             boundary="=_a5f0"

            --=_a5f0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Voir
            --=_a5f0
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            <p>Voir</p>
            --=_a5f0--
            --=_m5f0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment; filename="ordre du jour.txt"

            w6k=
            --=_m5f0
            Content-Type: text/calendar; method=REQUEST; charset="utf-8"
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment;
             filename*=utf-8''R%C3%A9union%20d%E2%80%99%C3%A9t%C3%A9.ics

            AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4
            OTo7
            --=_m5f0--

            """,
            mail);
    }

    private static void AssertBytes(string expected, OutgoingMail mail)
    {
        // The first 16 bytes of the SHA-256 of "<fil.1.msg.2@exemple.test>", computed outside.
        var wire = expected.ReplaceLineEndings("\r\n").Replace("5f0", BoundaryHash, StringComparison.Ordinal);

        Assert.Equal(wire, Encoding.UTF8.GetString(MimeWriter.ToBytes(mail)));
    }

    private const string BoundaryHash = "aab5b4294e0a58f7874f5c4e780101c6";
}
