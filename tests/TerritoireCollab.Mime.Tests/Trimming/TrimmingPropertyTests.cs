using System.Diagnostics;
using TerritoireCollab.Mime.Trimming;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Trimming;

public sealed class TrimmingPropertyTests
{
    private static readonly string[] Pieces =
    [
        "", "", "", " ", "Bonjour,", "Merci.", "> oui", ">> non", ">", "-- ", "--", "---", "____________", "Envoyé de mon iPhone", "Camille Durand", "04 00 00 00 00",
        "Le mar. 3 nov. 2026 à 14:02, Camille <c@exemple.test> a écrit :", "Le mar. 3 nov. 2026 à 14:02, Camille <", "c@exemple.test> a écrit :", "> Le 03/11/2026 à 14:02, Camille a écrit :",
        "De : Camille <c@exemple.test>", "Envoyé : mardi 3 novembre 2026 14:02", "À : Paul", "Objet : Réunion", "> De : Camille", "-----Message d’origine-----", "Begin forwarded message:",
        ReplyTrimmer.Marker, "> Répondez au-dessus", "de cette ligne", "Ce message et toutes les pièces jointes sont confidentiels.", "une phrase assez longue pour être une phrase que quelqu’un a tapée, et non une ligne d’un programme",
        "Camille a écrit :", "On Nov 3, 2026, at 2:02 PM, Paul", "wrote:", ">:", "<c@exemple.test>", "\u00A0", "é\u0301", "\uD83D", "\uE000x", "1. un", "- deux", "CD> trois", "<https://exemple.test/a>",
    ];

    private static readonly string[] Ends = ["\n", "\n", "\n", "\r\n", "\r"];

    public static TheoryData<string, string> Monsters => new()
    {
        { "signs of quotation", new string('>', 4_000_000) },
        { "spaces", new string(' ', 4_000_000) },
        { "no line end", string.Concat(Enumerable.Repeat("Le 3 nov. 2026 à 14:02, a écrit : ", 100_000)) },
        { "blank lines", new string('\n', 2_000_000) },
        { "quoted spaces", string.Concat(Enumerable.Repeat("> ", 1_500_000)) },
        { "introductions", string.Concat(Enumerable.Repeat("Le mar. 3 nov. 2026 à 14:02, Camille <c@exemple.test> a écrit :\n", 100_000)) },
        { "beginnings of introductions", string.Concat(Enumerable.Repeat("3 nov. 2026 14:02 Camille Durand <c@exemple.test\n", 100_000)) },
        { "names", string.Concat(Enumerable.Repeat("Camille Durand <c@exemple.test>\n", 100_000)) },
        { "headers", string.Concat(Enumerable.Repeat("De : Camille Durand\n", 100_000)) },
        { "announcements", "x\n" + string.Concat(Enumerable.Repeat("> -----Message d'origine-----\n", 100_000)) },
        { "rules", string.Concat(Enumerable.Repeat("---\n", 300_000)) },
        { "low rules", string.Concat(Enumerable.Repeat("______\nx\n\n", 200_000)) },
        { "signatures", string.Concat(Enumerable.Repeat("--\n\n", 300_000)) },
        { "notices", string.Concat(Enumerable.Repeat("Ce message et toutes les pièces jointes sont confidentiels et destinés\n", 100_000)) },
        { "quotes and answers", string.Concat(Enumerable.Repeat("> question\nréponse\n", 100_000)) },
        { "quoted introductions and answers", string.Concat(Enumerable.Repeat("> Le 03/11/2026 à 14:02, Camille a écrit :\nréponse\n", 100_000)) },
        { "half a marker", string.Concat(Enumerable.Repeat("Répondez au-dessus\n", 100_000)) },
        { "combining accents", new string('\u0301', 1_000_000) },
    };

    public static TheoryData<string, string> MonstersOfHtml => new()
    {
        { "nested blocks", string.Concat(Enumerable.Repeat("<div>", 90_000)) + "x" },
        { "nested quotations", string.Concat(Enumerable.Repeat("<blockquote>x", 30_000)) },
        { "ends of nothing", string.Concat(Enumerable.Repeat("<b>", 50_000)) + string.Concat(Enumerable.Repeat("</i>", 50_000)) },
        { "open tag", "<a " + string.Concat(Enumerable.Repeat("a=b ", 100_000)) },
        { "lists", string.Concat(Enumerable.Repeat("<ol><li>x", 30_000)) },
        { "breaks", string.Concat(Enumerable.Repeat("<br>", 100_000)) + "x" },
        { "signs", new string('<', 400_000) },
        { "links", string.Concat(Enumerable.Repeat("<a href=\"https://exemple.test/\">x</a>", 10_000)) },
    };

    [Fact]
    public void Trim_AnyText_LosesNoLineAndIsDoneAtOnce()
    {
        var random = new Random(20261103);
        for (var round = 0; round < 20_000; round++)
        {
            var mail = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => Pieces[random.Next(Pieces.Length)] + Ends[random.Next(Ends.Length)]));

            var reply = ReplyTrimmer.Trim(mail);

            Assert.Equal(FilledLines(mail), FilledLines(reply.Text + "\n" + reply.Elided));
            Assert.Equal(new TrimmedReply(reply.Text, ""), ReplyTrimmer.Trim(reply.Text));
        }
    }

    [Fact]
    public void TrimHtml_AnyMarkup_DoesNotThrow()
    {
        string[] tags = ["<p>", "</p>", "<div class=gmail_quote>", "<div class=gmail_attr>", "</div>", "<blockquote type=cite>", "</blockquote>", "<div id=divRplyFwdMsg>", "<hr>", "<br>", "<ul><li>", "</ul>", "<pre>", "</pre>", "<a href=\"https://exemple.test/\">", "</a>", "<td>", "<div class=gmail_signature>", "<!--", "-->", "&lt;", "&#xE000;", "<style>", "</style>"];
        var random = new Random(20261104);
        for (var round = 0; round < 5_000; round++)
        {
            var html = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(2) == 0 ? tags[random.Next(tags.Length)] : Pieces[random.Next(Pieces.Length)]));

            var reply = ReplyTrimmer.TrimHtml(html);

            Assert.DoesNotContain(reply.Text + reply.Elided, letter => letter is HtmlMark.Intro or HtmlMark.Signature);
        }
    }

    [Fact]
    public void Trim_TextWithoutMark_IsUntouched()
    {
        string[] words = ["la", "mairie", "réunion", "14:02", "le", "3", "novembre", "écrit,", "oui", "Camille", "«", "»", "budget", "2026", "x@exemple.test"];
        var random = new Random(20261105);
        for (var round = 0; round < 5_000; round++)
        {
            var text = string.Join("\n\n", Enumerable.Range(0, random.Next(1, 6)).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 20)).Select(_ => words[random.Next(words.Length)])) + "."));

            Assert.Equal(new TrimmedReply(text, ""), ReplyTrimmer.Trim(text));
        }
    }

    [Theory]
    [MemberData(nameof(Monsters))]
    public void Trim_Monster_TakesNoTime(string name, string text) => AssertQuick(name, () => ReplyTrimmer.Trim(text));

    [Theory]
    [MemberData(nameof(MonstersOfHtml))]
    public void TrimHtml_Monster_TakesNoTime(string name, string html) => AssertQuick(name, () => ReplyTrimmer.TrimHtml(html));

    // The best of five: what is measured is the rules, not the machine nor its compiler.
    private static void AssertQuick(string name, Func<TrimmedReply> trim)
    {
        var best = Enumerable.Range(0, 5).Min(_ => Measure(trim));

        Assert.True(best < TimeSpan.FromMilliseconds(50), $"{name}: {best.TotalMilliseconds:F1} ms");
    }

    private static TimeSpan Measure(Func<TrimmedReply> trim)
    {
        var start = Stopwatch.GetTimestamp();
        Assert.NotNull(trim());
        return Stopwatch.GetElapsedTime(start);
    }

    private static List<string> FilledLines(string text) =>
        [.. text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None).Select(line => line.Trim()).Where(line => line.Length > 0).Order(StringComparer.Ordinal)];
}
