using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Which texts tell the same news, by their words.</summary>
public sealed class WordingTests
{
    [Fact]
    public void Dispatch_RewrittenByAnotherSite_Same() => Assert.Equal(Kinship.Same, Between(Dispatches.Fibre, Dispatches.FibreRewritten));

    [Fact]
    public void Dispatch_CutShorterByAnotherSite_Same() => Assert.Equal(Kinship.Same, Between(Dispatches.Fibre, Dispatches.FibreCut));

    [Fact]
    public void Dispatch_AsItStands_Same() => Assert.Equal(Kinship.Same, Between(Dispatches.Fibre, Dispatches.Fibre));

    [Fact]
    public void Dispatch_WithoutAccentsAndWithOtherSigns_Same()
    {
        var plain = Dispatches.Fibre.Text.Replace("é", "e", StringComparison.Ordinal).Replace("è", "e", StringComparison.Ordinal).Replace(',', ';').Replace('’', '\'');

        Assert.Equal(Kinship.Same, Between(Dispatches.Fibre, (Dispatches.Fibre.Title.ToUpperInvariant(), plain)));
    }

    [Fact]
    public void Dispatch_OfAnotherPlaceInTheSameWords_Formula() => Assert.Equal(Kinship.Formula, Between(Dispatches.Fibre, Dispatches.FibreElsewhere));

    [Fact]
    public void Agendas_OfTwoWeeks_Formula() =>
        Assert.Equal(Kinship.Formula, Between(Dispatches.Agenda("2 mars", "samedi 7", "jeudi 5"), Dispatches.Agenda("9 mars", "samedi 14", "jeudi 12")));

    [Fact]
    public void Notice_OfTwoCommunes_Formula() => Assert.Equal(Kinship.Formula, Between(Dispatches.Meters("Saint-Exemple"), Dispatches.Meters("Villefictive")));

    [Fact]
    public void Notice_WhoseCommuneStandsFirstInItsSentence_Formula()
    {
        static (string Title, string Text) Notice(string commune) => ("Relevé des compteurs", Dispatches.Meters("").Text.Replace("La mairie de  informe", $"{commune} informe", StringComparison.Ordinal).Replace("rues de  et", "rues et", StringComparison.Ordinal));

        Assert.Equal(Kinship.Formula, Between(Notice("Villefictive"), Notice("Bourgneuf")));
        Assert.Equal(Kinship.Formula, Between(Notice("Saint-Exemple"), Notice("Sainte-Invention")));
    }

    [Fact]
    public void Texts_OfTheSamePeople_None() => Assert.Equal(Kinship.None, Between(Dispatches.Fibre, Dispatches.SamePeople));

    [Fact]
    public void Text_ThatNamesNothing_None() => Assert.Equal(Kinship.None, Between(Dispatches.Nameless, Dispatches.Nameless));

    [Fact]
    public void Text_TooShort_None()
    {
        Assert.Equal(Kinship.None, Between(Dispatches.Short, Dispatches.Short));
        Assert.Empty(Wording.Of(Dispatches.Short.Title, Dispatches.Short.Text).Marks());
    }

    [Fact]
    public void ShortTexts_OfTwoDays_Formula() => Assert.Equal(Kinship.Formula, Between(Dispatches.Short, (Dispatches.Short.Title, "La mairie de Saint-Exemple est fermée jeudi 5 mars.")));

    [Theory]
    [InlineData("")]
    [InlineData("!!! … —")]
    [InlineData("漢字 🙂")]
    public void Text_OfNoWords_None(string text) => Assert.Equal(Kinship.None, Between((text, text), (text, text)));

    [Fact]
    public void Marks_OfTheSameNews_OneInCommonAtLeast()
    {
        var (one, two, cut) = (Marks(Dispatches.Fibre), Marks(Dispatches.FibreRewritten), Marks(Dispatches.FibreCut));

        Assert.Equal(Wording.MarkCount, one.Count);
        Assert.NotEmpty(one.Intersect(two));
        Assert.NotEmpty(one.Intersect(cut));
    }

    [Fact]
    public void Marks_OfOtherNews_NoneInCommon()
    {
        Assert.Empty(Marks(Dispatches.Fibre).Intersect(Marks(Dispatches.SamePeople)));
        Assert.Empty(Marks(Dispatches.Fibre).Intersect(Marks(Dispatches.Meters("Saint-Exemple"))));
    }

    // They are stored: another version of the programme must find what this one wrote.
    [Fact]
    public void Marks_OfAText_AlwaysTheSame() => Assert.Equal([933427062269698130L], Marks(Dispatches.Meters("Saint-Exemple")).Take(1));

    private static IReadOnlyList<long> Marks((string Title, string Text) news) => Wording.Of(news.Title, news.Text).Marks();

    private static Kinship Between((string Title, string Text) one, (string Title, string Text) two)
    {
        var (a, b) = (Wording.Of(one.Title, one.Text), Wording.Of(two.Title, two.Text));
        Assert.Equal(a.With(b), b.With(a));
        return a.With(b);
    }
}
