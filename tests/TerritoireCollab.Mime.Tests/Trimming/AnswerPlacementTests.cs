using TerritoireCollab.Mime.Trimming;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Trimming;

public sealed class AnswerPlacementTests
{
    private const string Intro = "Le 03/11/2026 à 14:02, Camille Durand a écrit :";

    [Fact]
    public void M14_AnswersBetweenTheQuotes_KeepsTheQuotesThatCarryOne()
    {
        var reply = ReplyTrimmer.Trim($"{Intro}\n> Viendrez-vous à Exempleville ?\n\nOui.\n\n> À 14 h ?\n\nPlutôt à 15 h.\n\n> Merci,\n> Camille\n");

        Assert.Equal("> Viendrez-vous à Exempleville ?\n\nOui.\n\n> À 14 h ?\n\nPlutôt à 15 h.", reply.Text);
        Assert.Equal($"{Intro}\n> Merci,\n> Camille", reply.Elided);
    }

    [Fact]
    public void M14_AnswersAboveAndBetween_KeepsAll()
    {
        var reply = ReplyTrimmer.Trim($"Réponses dans le texte.\n\n{Intro}\n> Viendrez-vous ?\nOui.\n> À 14 h ?\nPlutôt à 15 h.\n\n-- \nPaul\n");

        Assert.Equal("Réponses dans le texte.\n\n> Viendrez-vous ?\nOui.\n> À 14 h ?\nPlutôt à 15 h.", reply.Text);
    }

    [Fact]
    public void Trim_AnswerBelowTheQuote_KeepsTheAnswerAlone()
    {
        Replies.AssertAnswer($"{Intro}\n{Replies.Quoted(Replies.Original)}\n\n{Replies.Answer}\n");
    }

    [Fact]
    public void Trim_AnswerBelowTheQuoteAndSignature_KeepsTheAnswerAlone()
    {
        Replies.AssertAnswer($"{Intro}\n{Replies.Quoted(Replies.Original)}\n\n{Replies.Answer}\n\n-- \nPaul Martin\n04 00 00 00 00\n");
    }

    [Fact]
    public void Trim_ClosingBelowTheQuote_IsKept()
    {
        Replies.AssertAnswer($"Merci.\n\n{Intro}\n\n{Replies.Quoted(Replies.Original)}\n\nBien à vous, Paul\n", "Merci.\n\nBien à vous, Paul");
    }

    [Fact]
    public void Trim_LongAnswerAroundAShortQuote_KeepsTheQuote()
    {
        var reply = ReplyTrimmer.Trim($"Bonjour Camille,\n\n{Intro}\n\n> Faut-il signer ?\n\nJe ne crois pas :\nle budget n’est pas voté,\net rien ne presse.\n");

        Assert.Equal("Bonjour Camille,\n\n\n> Faut-il signer ?\n\nJe ne crois pas :\nle budget n’est pas voté,\net rien ne presse.", reply.Text);
    }

    [Fact]
    public void Trim_QuotedLineBrokenByTheProgram_IsNoAnswer()
    {
        Replies.AssertAnswer($"{Replies.Answer}\n\n{Intro}\n\n> Le comité se réunit à Exempleville et non à Villexemple, comme il était\nprévu d’abord.\n> À jeudi\n");
    }

    [Fact]
    public void Trim_InitialsBeforeTheQuote_AreAQuote()
    {
        Replies.AssertAnswer($"{Replies.Answer}\n\nCD> La réunion aura lieu à Exempleville.\nCD> À jeudi.\n");
    }

    [Theory]
    [InlineData(ReplyTrimmer.Marker)]
    [InlineData(ReplyTrimmer.EnglishMarker)]
    [InlineData("## Répondez au-dessus de cette ligne ##")]
    [InlineData("Répondez au-\ndessus de cette ligne")]
    [InlineData("> — Répondez au-dessus de cette ligne —")]
    [InlineData("> — Répondez au-dessus\n> de cette ligne —")]
    [InlineData("-- Repondez au-dessus de cette ligne --")]
    [InlineData("##- Please type your reply above this line -##")]
    public void Trim_OwnMarker_CutsAllBelow(string marker)
    {
        var below = marker[0] == '>' ? Replies.Quoted(Replies.Original) : Replies.Original;
        Replies.AssertAnswer($"{Replies.Answer}\n\n{marker}\n{below}\n");
        Replies.AssertAnswer($"{Replies.Answer}\n\nUne ligne que personne ne connaît,\n\n{Intro}\n\n{marker}\n{below}\n", Replies.Answer + "\n\nUne ligne que personne ne connaît,");
    }

    [Fact]
    public void Trim_QuotationAlone_LeavesNothing()
    {
        Assert.Equal("", ReplyTrimmer.Trim($"{Intro}\n{Replies.Quoted(Replies.Original)}\n").Text);
    }

    [Fact]
    public void Trim_SeveralOlderMails_KeepsTheNewestText()
    {
        Replies.AssertAnswer($"{Replies.Answer}\n\n{Intro}\n\nOui.\n\nOn Mon, Nov 2, 2026 at 9:00 AM Paul <paul@exemple.test> wrote:\n\nQuestion\n");
    }
}
