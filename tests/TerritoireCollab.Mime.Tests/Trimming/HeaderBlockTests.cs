using TerritoireCollab.Mime.Trimming;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Trimming;

public sealed class HeaderBlockTests
{
    public static TheoryData<string> Blocks =>
    [
        // Outlook in French: for Windows, for Mac, on the web, in bold, without spaces.
        "De : Camille Durand <camille@exemple.test>\nEnvoyé : mardi 3 novembre 2026 14:02\nÀ : Paul Martin <paul@exemple.test>\nObjet : Réunion",
        "De : Camille Durand\nEnvoyé : mardi 3 novembre 2026 14:02\nÀ : Paul Martin\nCc : Zoé Petit\nObjet : Réunion\nImportance : Haute",
        "De: Camille Durand <camille@exemple.test>\nDate: mardi, 3 novembre 2026 à 14:02\nÀ: Paul Martin <paul@exemple.test>\nObjet: Réunion",
        "*De :* Camille Durand <camille@exemple.test>\n*Envoyé :* mardi 3 novembre 2026 14:02\n*À :* Paul Martin\n*Objet :* Réunion",
        "**De :** Camille Durand\n**Envoyé :** mardi 3 novembre 2026 14:02\n**À :** Paul Martin\n**Objet :** Réunion",
        "De\u00A0: Camille Durand [mailto:camille@exemple.test]\nEnvoyé\u202F: mardi 3 novembre 2026 14:02\nA\u00A0: Paul Martin\nObjet\u00A0: Réunion",
        "________________________________\nDe : Camille Durand <camille@exemple.test>\nEnvoyé : mardi 3 novembre 2026 14:02\nÀ : Paul Martin <paul@exemple.test>\nObjet : Réunion",
        "Objet : Réunion\nDe : Camille Durand <camille@exemple.test>\nÀ : paul@exemple.test\nDate : 3 novembre 2026 à 14:02",
        "     De : Camille Durand <camille@exemple.test>\n À : Paul Martin <paul@exemple.test> \n Envoyé le : Mardi 3 novembre 2026 14h02\n Objet : Réunion",
        "De : \"Camille Durand\"\nA : paul@exemple.test\nEnvoyé: mardi 3 novembre 2026 14:02\nObjet : Réunion",
        "De : Camille Durand <camille@exemple.test>\n\nEnvoyé : mardi 3 novembre 2026 14:02\n\nÀ : Paul Martin\n\nObjet : Réunion",
        "De : Camille Durand <camille@exemple.test>\nÀ : Paul Martin <paul@exemple.test>; Zoé Petit\n <zoe@exemple.test>; Ali Benali <ali@exemple.test>\nEnvoyé : mardi 3 novembre 2026 14:02\nObjet : Réunion",
        "Message du 03/11/26 14:02\nDe : \"Camille Durand\" <camille@exemple.test>\nA : paul@exemple.test\nCopie à :\nObjet : Réunion",
        "====\n\nMessage du : 03/11/2026 14:02\nDe : \"Camille Durand\" <camille@exemple.test>\nA : paul@exemple.test\nSujet : Réunion",

        "De : Camille Durand <camille@exemple.test> Envoyé : mardi 3 novembre 2026 14:02 À : Paul Martin Objet : Réunion",
        "envoyé : 3 novembre 2026 à 14:02\nde : Camille Durand <camille@exemple.test>\nà : paul@exemple.test\nobjet : Réunion",
        "----------------------------------------\nDe : Camille Durand\nEnvoyé : mardi 3 novembre 2026 14:02\nA : paul@exemple.test\nSujet : Réunion",

        // Other languages, one of them unknown.
        "________________________________\nZkz: Camille Durand <camille@exemple.test>\nPrt: 3. zzz 2026 14:02\nMmm: Paul Martin\nTtt: Zzz",
        "From: Camille Durand <camille@exemple.test>\nSent: Tuesday, November 3, 2026 2:02 PM\nTo: Paul Martin\nSubject: Meeting",
        "________________________________________\nFrom: Camille Durand [camille@exemple.test]\nSent: Tuesday, 3 November 2026 2:02 p.m.\nTo: Paul Martin\nSubject: Meeting",
        "From: Camille Durand <camille@exemple.test>\nReply-To: Camille <reponse@exemple.test>\nDate: Tuesday, 3 November 2026 at 14:02\nTo: Paul <paul@exemple.test>\nSubject: Meeting",
        "Von: Camille Durand <camille@exemple.test>\nGesendet: Dienstag, 3. November 2026 14:02\nAn: Paul Martin\nBetreff: AW: Treffen",
        "De: Camille Durand\nEnviado: martes, 3 de noviembre de 2026 14:02\nPara: paul@exemple.test\nAsunto: Reunión",
        "Da: Camille Durand\nInviato: martedì 3 novembre 2026 14:02\nA: paul@exemple.test\nOggetto: Riunione",
        "Van: Camille Durand [mailto:camille@exemple.test]\nVerzonden: dinsdag 3 november 2026 14:02\nAan: paul@exemple.test\nOnderwerp: Vergadering",
        "De: Camille Durand\nEnviada em: terça-feira, 3 de novembro de 2026 14:02\nPara: Paul Martin\nAssunto: Reunião",
        "Från: Camille Durand [mailto:camille@exemple.test]\nSkickat: den 3 november 2026 14:02\nTill: paul@exemple.test\nÄmne: Möte",
        "Fra: Camille Durand <camille@exemple.test>\nSendt: 3. november 2026 14:02\nTil: Paul Martin\nEmne: Møte",
        "Lähettäjä: Camille Durand\nLähetetty: tiistai 3. marraskuuta 2026 14.02\nVastaanottaja: Paul Martin\nAihe: Kokous",
        "Od: Camille Durand <camille@exemple.test>\nWysłano: wtorek, 3 listopada 2026 14:02\nDo: Paul Martin\nTemat: Spotkanie",
        "Od: Camille Durand\nOdesláno: úterý 3. listopadu 2026 14:02\nKomu: Paul Martin\nPředmět: Schůzka",
        "От: Camille Durand <camille@exemple.test>\nОтправлено: 3 ноября 2026 г. 14:02\nКому: Paul Martin\nТема: Встреча",
        "发件人: Camille Durand <camille@exemple.test>\n发送时间: 2026年11月3日 14:02\n收件人: Paul Martin\n主题: 会议",
        "差出人: Camille Durand <camille@exemple.test>\n送信日時: 2026年11月3日 14:02\n宛先: Paul Martin\n件名: 会議",
        "보낸 사람: Camille Durand <camille@exemple.test>\n보낸 날짜: 2026년 11월 3일 14:02\n받는 사람: Paul Martin\n제목: 회의",
    ];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Trim_BlockOfHeaders_CutsItAndWhatFollows(string block)
    {
        Replies.AssertAnswer($"{Replies.Answer}\n\n{block}\n\n{Replies.Original}\n");
        Replies.AssertAnswer($"{Replies.Answer}\n{block}\n\n{Replies.Original}\n");
        Replies.AssertAnswer($"{Replies.Answer}\n\n{Replies.Quoted(block.TrimStart('_', '=', '-', '\n') + "\n\n" + Replies.Original)}\n");
    }

    [Theory]
    [InlineData("-----Message d'origine-----")]
    [InlineData("-----Message d’origine-----")]
    [InlineData("-------- Message d'origine --------")]
    [InlineData("----- Mail original -----")]
    [InlineData("----- Message original -----")]
    [InlineData("-------- Message transféré --------")]
    [InlineData("---------- Message transféré ---------")]
    [InlineData("________ Message d’origine ________")]
    [InlineData("*-------- Courriel original --------*")]
    [InlineData("Début du message réexpédié :")]
    [InlineData("Début du message transféré\u00A0:")]
    [InlineData("-----Original Message-----")]
    [InlineData("---Original Message---")]
    [InlineData("-----original message-----")]
    [InlineData("-------- Original message --------")]
    [InlineData("-------- Reply Message --------")]
    [InlineData("---------- Forwarded message ---------")]
    [InlineData("Begin forwarded message:")]
    [InlineData("------------------ Original ------------------")]
    [InlineData("-----Ursprüngliche Nachricht-----")]
    [InlineData("---------- Weitergeleitete Nachricht ----------")]
    [InlineData("Anfang der weitergeleiteten Nachricht:")]
    [InlineData("-----Mensaje original-----")]
    [InlineData("-------- Messaggio originale --------")]
    [InlineData("-----Oorspronkelijk bericht-----")]
    [InlineData("----- Mensagem original -----")]
    [InlineData("-----Ursprungligt meddelande-----")]
    [InlineData("-----Oprindelig meddelelse-----")]
    [InlineData("-----Opprinnelig melding-----")]
    [InlineData("-----Alkuperäinen viesti-----")]
    [InlineData("-----Wiadomość oryginalna-----")]
    [InlineData("---------- Původní zpráva ----------")]
    [InlineData("-------- Пересылаемое сообщение --------")]
    [InlineData("-------- Исходное сообщение --------")]
    [InlineData("------------------ 原始邮件 ------------------")]
    [InlineData("-----元のメッセージ-----")]
    [InlineData("-----원본 메시지-----")]
    public void Trim_Announcement_CutsItAndWhatFollows(string line)
    {
        Replies.AssertAnswer($"{Replies.Answer}\n\n{line}\n\n{Replies.Original}\n");
        Replies.AssertAnswer($"{Replies.Answer}\n\n{line}\nDe : Camille Durand\nObjet : Réunion\n\n{Replies.Original}\n");
        Replies.AssertAnswer($"{Replies.Answer}\n\n{Replies.Quoted(line + "\n\n" + Replies.Original)}\n");
    }

    [Fact]
    public void Trim_RuleAboveQuotedHeaders_IsCutWithThem()
    {
        Replies.AssertAnswer($"{Replies.Answer}\n\n----------------------------------------\n> Date: Tue, 3 Nov 2026 14:02:11 +0100\n> From: camille@exemple.test\n> To: paul@exemple.test\n> Subject: Réunion\n>\n{Replies.Quoted(Replies.Original)}\n");
    }

    [Fact]
    public void Trim_AnnouncementAndHeadersOnOneLine_CutsThem()
    {
        Replies.AssertAnswer($"{Replies.Answer}\n\n-------- Message d'origine --------De : Camille Durand Date : 03/11/2026 14:02 (GMT+01:00)\n{Replies.Original}\n");
    }

    [Fact]
    public void Trim_ForwardedMailAlone_KeepsWhatItSays()
    {
        var reply = ReplyTrimmer.Trim($"---------- Message transféré ---------\nDe : Camille Durand <camille@exemple.test>\nDate : mar. 3 nov. 2026 à 14:02\nSubject : Un sujet\nsur deux lignes\nTo : <veille@exemple.test>\n\n\n{Replies.Original}\n");

        Assert.Equal(Replies.Original, reply.Text);
        Assert.StartsWith("---------- Message transféré", reply.Elided, StringComparison.Ordinal);
    }
}
