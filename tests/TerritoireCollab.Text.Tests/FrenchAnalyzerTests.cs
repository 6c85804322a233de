using TerritoireCollab.Platform.Search.French;
using Xunit;

namespace TerritoireCollab.Text.Tests;

public sealed class FrenchAnalyzerTests
{
    [Theory]
    [InlineData("commune", "communes")]
    [InlineData("réseau", "réseaux")]
    [InlineData("journal", "journaux")]
    [InlineData("élu", "élue", "élus", "élues")]
    [InlineData("municipal", "municipale", "municipaux", "municipales", "municipalité")]
    [InlineData("œuvre", "oeuvre", "Œuvres")]
    [InlineData("préparation", "Préparations", "PREPARATION")]
    [InlineData("café", "CAFE", "cafe\u0301s")]
    [InlineData("public", "publique", "publics", "publiques")]
    [InlineData("animateur", "animatrice", "animateurs", "animatrices")]
    [InlineData("chercheur", "chercheuse", "chercheuses")]
    [InlineData("associatif", "associative", "associatives", "associatifs")]
    [InlineData("citoyen", "citoyenne", "citoyennes", "citoyens")]
    [InlineData("culturel", "culturelle", "culturelles")]
    [InlineData("nouveau", "nouveaux", "nouvelle", "nouvelles", "nouvel")]
    [InlineData("premier", "première", "premières")]
    [InlineData("heureux", "heureuse", "heureuses")]
    [InlineData("travail", "travaux")]
    [InlineData("tuyau", "tuyaux")]
    [InlineData("jeu", "jeux")]
    [InlineData("eau", "eaux")]
    [InlineData("accessible", "accessibles", "accessibilité")]
    [InlineData("préparé", "préparée", "préparés", "préparées")]
    [InlineData("collectivité", "collectivités")]
    [InlineData("élection", "élections")]
    public void Stem_FormsOfAWord_AreOne(string word, params string[] forms) =>
        Assert.All(forms, form => Assert.Equal(FrenchAnalyzer.Stem(word), FrenchAnalyzer.Stem(form)));

    [Theory]
    [InlineData("collectivité", "collectif")]
    [InlineData("commune", "communauté")]
    [InlineData("commune", "communal")]
    [InlineData("formation", "forme")]
    [InlineData("conseil", "conseiller")]
    [InlineData("école", "écologie")]
    [InlineData("eau", "eu")]
    public void Stem_DifferentWords_StayApart(string one, string other) => Assert.NotEqual(FrenchAnalyzer.Stem(one), FrenchAnalyzer.Stem(other));

    [Theory]
    [InlineData("Réunion de l’élue", "reunion elu")]
    [InlineData("Réunion de l'élue", "reunion elu")]
    [InlineData("aujourd’hui jusqu’à l’été qu'une L'ŒUVRE", "aujourdhui ete oeuvr")]
    [InlineData("les prud’hommes de Saint-Marcel-lès-Valence", "prudhomm saint marcel valenc")]
    [InlineData("COVID-19, M57 : 2 500 €", "covid 19 m57 2 500")]
    [InlineData("e\u0301lue ﬁbre co\u00ADopération", "elu fibr cooperation")]
    [InlineData("le la les de du", "")]
    [InlineData("…!? '’ « »", "")]
    public void Tokens_Text_AreNormalised(string text, string expected) => Assert.Equal(expected, string.Join(' ', FrenchAnalyzer.Tokens(text)));

    [Fact]
    public void Query_UnaccentedWords_FindTheAccentedTitle()
    {
        var indexed = FrenchAnalyzer.Tokens("Réunion de l’élue");

        Assert.All(FrenchAnalyzer.Query("reunion elue"), term => Assert.Contains(term.Stems[0], indexed));
    }

    [Fact]
    public void Query_LastWord_IsAPrefixUntilItIsFinished()
    {
        var typing = FrenchAnalyzer.Query("les réunions élu");
        var finished = FrenchAnalyzer.Query("les réunions élues ");

        Assert.Equal(["reunion", "elu"], typing.Select(term => term.Stems[0]));
        Assert.Equal([null, "elu"], typing.Select(term => term.Prefix));
        Assert.All(finished, term => Assert.False(term.IsPrefix));
        Assert.False(FrenchAnalyzer.Query("fibre a")[0].IsPrefix);
    }

    [Theory]
    [InlineData("« conseil de la commune » fibre ")]
    [InlineData("\"Conseils des communes\" fibre ")]
    [InlineData("“conseil commune” fibre ")]
    public void Query_Quotes_MakeAPhrase(string text)
    {
        var terms = FrenchAnalyzer.Query(text);

        Assert.Equal(2, terms.Length);
        Assert.True(terms[0].IsPhrase);
        Assert.Equal(["conseil", "commun"], terms[0].Stems);
        Assert.Equal(["fibr"], terms[1].Stems);
    }

    [Fact]
    public void Query_OpenQuoteOrNothing_IsHarmless()
    {
        Assert.Equal(["reunion", "crest"], FrenchAnalyzer.Query("réunion \"à Crest").Select(term => term.Stems[0]));
        Assert.Empty(FrenchAnalyzer.Query("« » \"\" de la"));
        Assert.Empty(FrenchAnalyzer.Query(""));
        Assert.Equal(16, FrenchAnalyzer.Query(string.Join(' ', Enumerable.Range(100, 50))).Length);
    }

    [Fact]
    public void Highlighter_Match_IsMarkedInItsOwnWriting()
    {
        var parts = Highlighter.Extract("Préparation de la réunion des élues.", FrenchAnalyzer.Query("reunion élu"), 200);

        Assert.Equal(
            [new("Préparation de la ", false), new("réunion", true), new(" des ", false), new("élues", true), new(".", false)],
            parts);
    }

    [Fact]
    public void Highlighter_LongText_GivesTheBestPassage()
    {
        var text = "La fibre arrive. " + string.Concat(Enumerable.Repeat("Texte sans rapport avec le sujet. ", 40))
            + "Le réseau de fibre\ndes communes du Diois avance. " + string.Concat(Enumerable.Repeat("Suite sans rapport. ", 40));

        var parts = Highlighter.Extract(text, FrenchAnalyzer.Query("fibre commune "), 80);
        var passage = string.Concat(parts.Select(part => part.Text));

        Assert.Equal(["fibre", "communes"], parts.Where(part => part.IsMarked).Select(part => part.Text));
        Assert.Contains("réseau de fibre des communes du Diois", passage, StringComparison.Ordinal);
        Assert.StartsWith("…", passage, StringComparison.Ordinal);
        Assert.EndsWith("…", passage, StringComparison.Ordinal);
        Assert.InRange(passage.Length, 40, 82);
    }

    [Fact]
    public void Highlighter_Phrase_MarksOnlyTheWholePhrase()
    {
        var parts = Highlighter.Extract("Le conseil a parlé ; le conseil de la commune aussi.", FrenchAnalyzer.Query("« conseil commune »"), 200);

        Assert.Equal(["conseil", "commune"], parts.Where(part => part.IsMarked).Select(part => part.Text));
        Assert.StartsWith("Le conseil a parlé ; le ", parts[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Highlighter_Prefix_MarksTheWholeWord() =>
        Assert.Equal("communauté", Highlighter.Extract("la communauté", FrenchAnalyzer.Query("communau"), 50).Single(part => part.IsMarked).Text);

    [Theory]
    [InlineData("œil", "Les yeux", "yeux")]
    [InlineData("bel", "De beaux jardins", "beaux")]
    [InlineData("travail", "Les travaux", "travaux")]
    [InlineData("Écoles", "L’école", "école")]
    public void Highlighter_IrregularForm_Marked(string query, string text, string marked) =>
        Assert.Equal(marked, Highlighter.Extract(text, FrenchAnalyzer.Query(query + " "), 50).Single(part => part.IsMarked).Text);

    [Fact]
    public void Highlighter_NoMatch_GivesTheBeginning()
    {
        Assert.Equal([new("Un texte…", false)], Highlighter.Extract("Un texte sans rapport", FrenchAnalyzer.Query("fibre"), 10));
        Assert.Empty(Highlighter.Extract("  \n ", FrenchAnalyzer.Query("fibre"), 10));
    }
}
