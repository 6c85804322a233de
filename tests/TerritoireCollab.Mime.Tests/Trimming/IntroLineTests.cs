using System.Text;
using TerritoireCollab.Mime.Trimming;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Trimming;

public sealed class IntroLineTests
{
    // Each tells by itself that an older mail follows, quoted or not.
    public static TheoryData<string> French =>
    [
        "Le mar. 3 nov. 2026 à 14:02, Camille Durand <camille@exemple.test> a écrit :",
        "Le mar. 3 nov. 2026 à 14:02, Camille Durand <camille@exemple.test> a\nécrit :",
        "Le mar. 3 nov. 2026 à 14:02, Camille Durand-Lefèvre (Espace d’exemple) <\nreponse+0123456789abcdef@exemple.test> a écrit :",
        "Le mar. 3 nov. 2026 à 14:02,\nCamille Durand\n<camille@exemple.test> a écrit :",
        "Le mar. 3 nov. 2026, 14:02, Camille Durand <camille@exemple.test> a écrit :",
        "Le 3 novembre 2026 14:02:11 GMT+01:00, Camille Durand <camille@exemple.test> a écrit :",
        "Le mardi 3 novembre 2026 à 14:02:11 UTC+1, Camille Durand <camille@exemple.test> a écrit :",
        "Le 03/11/2026 à 14:02, Camille Durand a écrit :",
        "Le 03/11/2026 14:02, Camille Durand a écrit :",
        "Le 03-11-2026 14:02, camille@exemple.test a écrit :",
        "Le 2026-11-03 14:02, Camille Durand a écrit :",
        "Le 3 nov. 2026 à 14 h 02, Camille Durand a écrit :",
        "Le 3 nov. 2026 à 14h02, \"Camille Durand\" <camille@exemple.test> a écrit :",
        "Le mardi 3 novembre 2026, Camille Durand <camille@exemple.test> a écrit :",
        "Le mardi 3 novembre 2026 Camille Durand a écrit :",
        "Le Tue, 3 Nov 2026 14:02:11 +0100,\nCamille Durand <camille@exemple.test> a écrit :",
        "Le mardi 3 novembre 2026 à 14:02 +0100, Camille Durand a écrit :",
        "3 novembre 2026 14:02 \"Camille Durand\" <camille@exemple.test> a écrit:",
        "En date de : mar. 3 nov. 2026 à 14:02, Camille Durand <camille@exemple.test> a écrit :",
        "Dans un e-mail daté du 03/11/2026 14:02:11 Paris, camille@exemple.test a écrit :",
        "Camille Durand <camille@exemple.test> a écrit :",
        "Camille Durand a écrit le 03/11/2026 14:02 :",
        "Camille Durand <camille@exemple.test> a écrit le mar. 3 nov. 2026 à 14:02 :",
        "Citation de Camille Durand <camille@exemple.test> :",
        "Selon Camille Durand <camille@exemple.test>:",
        "*Le mar. 3 nov. 2026 à 14:02, Camille Durand <camille@exemple.test> a écrit :*",
        "---- Le mar., 03 nov. 2026 14:02:11 +0100 Camille Durand <camille@exemple.test> a écrit ----",
    ];

    public static TheoryData<string> OtherLanguages =>
    [
        "On Tue, Nov 3, 2026 at 2:02 PM Camille Durand <camille@exemple.test> wrote:",
        "On Tue, Nov 3, 2026 at 2:02 PM, Camille Durand <\ncamille@exemple.test> wrote:",
        "On Nov 3, 2026, at 2:02 PM, Camille Durand\n<camille@exemple.test>\nwrote:",
        "On 03/11/2026 14:02, Camille Durand wrote:",
        "On Tue, 2026-11-03 at 14:02 +0100, Camille Durand wrote:",
        "On Tuesday, November 3, 2026, Camille Durand via Exemple wrote:",
        "At 11/3/2026 02:02 PM, you wrote:",
        "In a message dated 11/3/2026 2:02:11 P.M. Romance Standard Time, camille@exemple.test writes:",
        "Camille Durand via Exemple wrote:",
        "---- On Tue, 03 Nov 2026 14:02:11 +0100 Camille Durand <camille@exemple.test> wrote ----",
        "---- Camille Durand wrote ----",
        "Quoting Camille Durand <camille@exemple.test>:",
        "2026-11-03 14:02 GMT+01:00 Camille Durand <camille@exemple.test>:",
        "2026-11-03 14:02 GMT+01:00 Camille Durand",
        "2026/11/3 Camille Durand <camille@exemple.test>",
        "03.11.2026, 14:02, \"Camille Durand\" <camille@exemple.test>:",
        "Am 03.11.26 um 14:02 schrieb Camille Durand:",
        "Am Di., 3. Nov. 2026 um 14:02 Uhr schrieb Camille Durand <\ncamille@exemple.test>:",
        "Camille Durand <camille@exemple.test> schrieb am Di., 3. Nov. 2026 um 14:02:",
        "Camille Durand-Lefèvre vom Beispielverein\n<camille@exemple.test> schrieb am Di., 3. Nov. 2026 um 14:02:",
        "Zitat von Camille Durand <camille@exemple.test>:",
        "El mar, 3 nov 2026 a las 14:02, Camille Durand (<camille@exemple.test>) escribió:",
        "El martes, 3 de noviembre de 2026, Camille Durand escribió:",
        "Il giorno mar 3 nov 2026 alle ore 14:02 Camille Durand <\ncamille@exemple.test> ha scritto:",
        "Il 03/11/2026 14:02, Camille Durand ha scritto:",
        "Op di 3 nov 2026 om 14:02 schreef Camille Durand <camille@exemple.test>:",
        "Op 3 nov. 2026 om 14:02 heeft Camille Durand <camille@exemple.test> het volgende geschreven:",
        "Em ter., 3 de nov. de 2026 às 14:02, Camille Durand <camille@exemple.test> escreveu:",
        "Camille Durand <camille@exemple.test> escreveu no dia terça, 3/11/2026 à(s) 14:02:",
        "Den tis 3 nov. 2026 kl 14:02 skrev Camille Durand <camille@exemple.test>:",
        "tir. 3. nov. 2026 kl. 14:02 skrev Camille Durand <camille@exemple.test\n>:",
        "På 3 november 2026 på 14:02:11, Camille Durand (camille@exemple.test) skrev:",
        "ti 3. marrask. 2026 klo 14.02 Camille Durand (camille@exemple.test) kirjoitti:",
        "wt., 3 lis 2026 o 14:02 Camille Durand <camille@exemple.test> napisał(a):",
        "Dnia 3 lis 2026 o godz. 14:02 Camille Durand <camille@exemple.test> napisał(a):",
        "W dniu 3.11.2026 o 14:02, Camille Durand pisze:",
        "út 3. 11. 2026 v 14:02 odesílatel Camille Durand <camille@exemple.test> napsal:",
        "Dne 3.11.2026 v 14:02 Camille Durand napsal(a):",
        "вт, 3 нояб. 2026 г. в 14:02, Camille Durand <camille@exemple.test>:",
        "вторник, 3 ноября 2026 г. пользователь Camille Durand написал:",
        "Tue, 3 Nov 2026 14:02:11 +0300 от Camille Durand <camille@exemple.test>:",
        "Camille Durand <camille@exemple.test> ezt írta (időpont: 2026. nov. 3., K, 14:02):",
        "Camille Durand <camille@exemple.test>, 3 Kas 2026 Sal, 14:02 tarihinde şunu yazdı:",
        "Στις Τρί, 3 Νοε 2026 στις 2:02 μ.μ., ο χρήστης Camille Durand <camille@exemple.test> έγραψε:",
        "Vào 14:02, Th 3, 3 thg 11, 2026 Camille Durand <camille@exemple.test> đã viết:",
        "‫בתאריך יום ג׳, 3 בנוב׳ 2026 ב-14:02 מאת ‪Camille Durand‬‏ <‪camille@exemple.test‬‏>:‬",
        "3 zzz 2026 14:02 Camille Durand <camille@exemple.test> zkrzz:",
        "在 2026年11月3日，下午2:02，Camille Durand <camille@exemple.test> 写道：",
        "Camille Durand <camille@exemple.test> 于2026年11月3日周二 14:02写道：",
        "Camille Durand <camille@exemple.test> 於 2026年11月3日 週二 下午2:02寫道：",
        "2026年11月3日(火) 14:02 Camille Durand <camille@exemple.test>:",
        "2026/11/03 14:02、Camille Durand <camille@exemple.test>のメール：",
        "2026년 11월 3일 (화) 오후 2:02, Camille Durand <camille@exemple.test>님이 작성:",
    ];

    // A name alone, or a date without hour under a word, is an introduction where a quotation follows.
    public static TheoryData<string> AboveAQuotation =>
    [
        "Camille Durand a écrit :",
        "Camille a écrit :",
        "Le 3 novembre, Camille Durand a écrit :",
        "Le 3 novembre 2026, la mairie d’Exempleville a écrit :",
        "Le mardi 3 novembre 2026 à 14:02:11, vous écriviez :",
        "Camille Durand wrote:",
        "Camille Durand schrieb:",
    ];

    [Theory]
    [MemberData(nameof(French))]
    [MemberData(nameof(OtherLanguages))]
    public void M13_IntroductionOfAMailProgram_CutsItAndWhatFollows(string intro)
    {
        Replies.AssertAnswer($"{Replies.Answer}\n\n{intro}\n\n{Replies.Quoted(Replies.Original)}\n");
        Replies.AssertAnswer($"{Replies.Answer}\n\n{intro}\n\n{Replies.Original}\n");
        Replies.AssertAnswer($"{Replies.Answer}\n{intro}\n{Replies.Quoted(Replies.Original)}\n");
    }

    [Theory]
    [MemberData(nameof(French))]
    [MemberData(nameof(OtherLanguages))]
    [MemberData(nameof(AboveAQuotation))]
    public void Trim_IntroductionInsideTheQuotation_CutsIt(string intro)
    {
        Replies.AssertAnswer($"{Replies.Answer}\n\n{Replies.Quoted(intro + "\n\n" + Replies.Original)}\n");
    }

    [Theory]
    [InlineData("Merci Le mar. 3 nov. 2026 à 14:02, Camille <camille@exemple.test> a écrit :")]
    [InlineData("Merci--- Le mar. 3 nov. 2026 à 14:02, Camille <camille@exemple.test> a écrit :")]
    [InlineData("Merci On Wed, Apr 4, 2012 at 3:59 PM, camille@exemple.test wrote:")]
    public void Trim_IntroductionGluedToTheAnswer_IsCutFromIt(string line)
    {
        Replies.AssertAnswer($"{line}\n{Replies.Quoted(Replies.Original)}\n", "Merci");
    }

    [Theory]
    [MemberData(nameof(AboveAQuotation))]
    public void Trim_NameAlone_IsAnIntroductionAboveAQuotationOnly(string intro)
    {
        var typed = $"{Replies.Answer}\n\n{intro}\n\nOui, tout simplement.";

        Replies.AssertAnswer($"{Replies.Answer}\n\n{intro}\n\n{Replies.Quoted(Replies.Original)}\n");
        Assert.Equal(typed, ReplyTrimmer.Trim(typed).Text);
    }

    [Theory]
    [MemberData(nameof(French))]
    public void Trim_AccentsAndSpacesInOtherForms_AreTheSameWords(string intro)
    {
        string[] forms =
        [
            intro.Normalize(NormalizationForm.FormD),
            intro.Replace(" :", "\u00A0:", StringComparison.Ordinal),
            intro.Replace(" :", "\u202F:", StringComparison.Ordinal),
            intro.Replace("à 14", "à\u00A014", StringComparison.Ordinal),
            intro.Replace("a écrit", "a ecrit", StringComparison.Ordinal),
        ];

        Assert.All(forms, form => Replies.AssertAnswer($"{Replies.Answer}\n\n{form}\n\n{Replies.Quoted(Replies.Original)}\n"));
    }
}
