using TerritoireCollab.Mime.Trimming;
using TerritoireCollab.Mime.Trimming.Html;
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

    private static List<string> FilledLines(string text) =>
        [.. text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None).Select(line => line.Trim()).Where(line => line.Length > 0).Order(StringComparer.Ordinal)];
}
