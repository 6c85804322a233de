using TerritoireCollab.Mime.Trimming;
using TerritoireCollab.Mime.Trimming.Html;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Trimming;

public sealed class HtmlTrimmingTests
{
    private const string Answer = "<p>Merci, c’est noté.</p><p>À jeudi.</p>";
    private const string Original = "<p>Bonjour,</p><p>La réunion aura lieu à Exempleville.</p>";
    private const string Headers = "<b>De :</b> Camille Durand &lt;<a href=\"mailto:camille@exemple.test\">camille@exemple.test</a>&gt;<br><b>Envoyé :</b> mardi 3 novembre 2026 14:02<br><b>À :</b> Paul Martin<br><b>Objet :</b> Réunion";

    // The introductions are in no language that the rules for text know: the marks alone must do.
    public static TheoryData<string> Layouts =>
    [
        $"<div dir=\"ltr\">{Answer}</div><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">Zkz zz 3 zzz Camille zzz</div><blockquote class=\"gmail_quote\" style=\"margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex\">{Original}</blockquote></div>",
        $"<div dir=\"ltr\">{Answer}<div class=\"gmail_extra\"><br><div class=\"gmail_quote\">Le mar. 3 nov. 2026 à 14:02, Camille <span dir=\"ltr\">&lt;<a href=\"mailto:camille@exemple.test\">camille@exemple.test</a>&gt;</span> a écrit :<br><blockquote class=\"gmail_quote\">{Original}</blockquote></div></div></div>",
        $"<div>{Answer}</div><div class=\"gmail_signature\" data-smartmail=\"gmail_signature\">Paul Martin<br>Directeur</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">Zkz</div><blockquote>{Original}</blockquote></div>",
        $"<div>{Answer}</div><div id=\"appendonsend\"></div><hr style=\"display:inline-block;width:98%\" tabindex=\"-1\"><div id=\"divRplyFwdMsg\" dir=\"ltr\"><font>{Headers}</font></div>{Original}",
        $"<div>{Answer}</div><div id=\"x_Signature\">Paul Martin</div><div id=\"x_divRplyFwdMsg\"><b>Zzz:</b> Camille</div>{Original}",
        $"<div class=\"WordSection1\">{Answer}<p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p><div><div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\"><p class=\"MsoNormal\"><b>Zzz :</b> Camille</p></div></div>{Original}</div>",
        $"<div>{Answer}</div><div style=\"padding-top: 5px; border-top-color: rgb(229, 229, 229); border-top-width: 1px; border-top-style: solid;\"><b>Zzz :</b> Camille</div>{Original}",
        $"<div>{Answer}</div><div class=\"moz-cite-prefix\">Zkz 03/11 Camille zzz<br></div><blockquote type=\"cite\" cite=\"mid:a@exemple.test\">{Original}</blockquote>",
        $"<div>{Answer}</div><pre class=\"moz-signature\" cols=\"72\">-- \nPaul Martin\n04 00 00 00 00</pre><div class=\"moz-cite-prefix\">Zkz</div><blockquote type=\"cite\">{Original}</blockquote>",
        $"<div>{Answer}</div><div class=\"moz-forward-container\"><br>Zkz zzz<table class=\"moz-email-headers-table\"><tr><th>Zzz:</th><td>Réunion</td></tr></table>{Original}</div>",
        $"<div>{Answer}</div><div id=\"AppleMailSignature\">Paul</div><div><br>Le 3 nov. 2026 à 14:02, Camille &lt;<a href=\"mailto:camille@exemple.test\">camille@exemple.test</a>&gt; a écrit :<br><br></div><blockquote type=\"cite\">{Original}</blockquote>",
        $"<div name=\"messageBodySection\">{Answer}</div><div name=\"messageReplySection\">Zkz zzz Camille<br><blockquote>{Original}</blockquote></div>",
        $"<div>{Answer}</div><div class=\"protonmail_signature_block\"><div class=\"protonmail_signature_block-user\">Paul</div></div><div class=\"protonmail_quote\">Zkz zzz<br><blockquote class=\"protonmail_quote\" type=\"cite\">{Original}</blockquote></div>",
        $"<div>{Answer}</div><div id=\"ydp12ab34cdyahoo_quoted_56\" class=\"ydp12ab34cdyahoo_quoted\"><div>Zkz zzz Camille</div>{Original}</div>",
        $"<div>{Answer}</div><div data-marker=\"__SIG_PRE__\">Paul Martin</div><hr id=\"zwchr\" data-marker=\"__DIVIDER__\"><div data-marker=\"__HEADERS__\"><b>Zzz: </b>Camille</div><div data-marker=\"__QUOTED_TEXT__\">{Original}</div>",
        $"<div>{Answer}</div><div class=\"cm_quote\">Zkz zzz<blockquote>{Original}</blockquote></div>",
        $"<div>{Answer}</div><div class=\"front-signature\">Paul</div><blockquote class=\"front-blockquote\">{Original}</blockquote>",
        $"<div>{Answer}</div><span id=\"OLK_SRC_BODY_SECTION\"><div>{Headers}</div>{Original}</span>",
        $"<div>{Answer}</div><p id=\"reply-intro\">Zkz 2026-11-03 14:02, Camille zzz</p><blockquote type=\"cite\" style=\"padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0\">{Original}</blockquote>",
        $"<div>{Answer}</div><hr id=\"stopSpelling\">Zzz: Tue, 3 Nov 2026<br>{Original}",
        $"<div>{Answer}</div><div>{Headers}</div>{Original}",
        $"<div>{Answer}</div><div>-----Message d&#8217;origine-----<br>{Headers}</div>{Original}",
        $"{Answer}<p>03.11.2026, 14:02, \"Camille\" &lt;<a href=\"mailto:camille@exemple.test\">camille@exemple.test</a>&gt;:</p><blockquote>{Original}</blockquote>",
        $"<html><head><style>p{{color:red}}</style><title>Titre</title></head><body>{Answer}<div>Envoyé depuis mon mobile Orange</div><blockquote>{Original}</blockquote></body></html>",
        $"<div>{Answer}</div><div id=\"ms-outlook-mobile-signature\">Obtenir <a href=\"https://exemple.test/\">Outlook pour iOS</a></div><div id=\"mail-editor-reference-message-container\"><div>Zkz</div>{Original}</div>",
    ];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void TrimHtml_LayoutOfAMailProgram_LeavesTheAnswer(string html)
    {
        var reply = ReplyTrimmer.TrimHtml(html);

        Assert.Equal(Replies.Answer, reply.Text);
        Assert.Contains("La réunion aura lieu à Exempleville.", reply.Elided, StringComparison.Ordinal);
        Assert.DoesNotContain(reply.Elided, letter => letter is HtmlMark.Intro or HtmlMark.Signature);
    }

    [Fact]
    public void M14_AnswersBetweenQuotesInHtml_KeepsTheQuotesThatCarryOne()
    {
        var reply = ReplyTrimmer.TrimHtml("<div class=\"moz-cite-prefix\">Zkz</div><blockquote type=\"cite\"><p>Viendrez-vous ?</p></blockquote><p>Oui.</p><blockquote type=\"cite\"><p>À 14 h ?</p></blockquote><p>Plutôt à 15 h.</p><blockquote type=\"cite\">Merci</blockquote>");

        Assert.Equal("> Viendrez-vous ?\n\nOui.\n\n> À 14 h ?\n\nPlutôt à 15 h.", reply.Text);
    }

    [Fact]
    public void TrimHtml_AnswerBelowTheQuote_KeepsIt()
    {
        Assert.Equal(Replies.Answer, ReplyTrimmer.TrimHtml($"<div class=\"moz-cite-prefix\">Zkz</div><blockquote type=\"cite\">{Original}</blockquote>{Answer}").Text);
    }

    [Fact]
    public void TrimHtml_AnswerInsideTheQuotation_IsKeptAside()
    {
        var reply = ReplyTrimmer.TrimHtml($"<p>Voir plus bas.</p><div class=\"gmail_attr\">Zkz</div><blockquote>{Original}<p>Ma réponse dedans.</p></blockquote>");

        Assert.Equal("Voir plus bas.", reply.Text);
        Assert.Contains("Ma réponse dedans.", reply.Elided, StringComparison.Ordinal);
    }

    [Fact]
    public void TrimHtml_ListsLinksAndIndents_BecomeReadableText()
    {
        var reply = ReplyTrimmer.TrimHtml("<p>Voici&nbsp;:</p><ul><li>un</li><li>deux</li></ul><ol start=\"3\"><li>trois</li><li>quatre</li></ol><p>Voir <a href=\"https://exemple.test/a\">la page</a>, <a href=\"https://exemple.test\">exemple.test</a>\n et <a href=\"javascript:alert(1)\">ceci</a>.</p><blockquote style=\"margin:0 0 0 40px;border:none;padding:0px\">en retrait</blockquote><script>alert(1)</script>");

        Assert.Equal("Voici\u00A0:\n\n- un\n- deux\n\n3. trois\n4. quatre\n\nVoir la page (https://exemple.test/a), exemple.test et ceci.\n\nen retrait", reply.Text);
        Assert.Equal("", reply.Elided);
    }

    [Fact]
    public void TrimHtml_PicturePastedIntoTheAnswer_DoesNotHideTheNextSentence()
    {
        var picture = "<img src=\"data:image/png;base64," + new string('A', 3 * HtmlReading.LongestRead) + "\">";

        Assert.Equal("Voir :\n\nC’est à gauche.", ReplyTrimmer.TrimHtml($"<p>Voir :{picture}</p><p>C’est à gauche.</p>").Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<")]
    [InlineData("</div></blockquote></p>")]
    [InlineData("<blockquote>")]
    [InlineData("<a href=x><blockquote></a>")]
    [InlineData("<li><ol><li></ul></ol>")]
    [InlineData("\uE000<p>\uE001")]
    public void TrimHtml_BrokenMarkup_GivesNothing(string html)
    {
        Assert.Equal("", ReplyTrimmer.TrimHtml(html).Text.Trim('<'));
    }
}
