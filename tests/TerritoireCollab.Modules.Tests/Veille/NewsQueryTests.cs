using TerritoireCollab.Veille.Sorting;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>The grammar of the rules.</summary>
public sealed class NewsQueryTests
{
    private static readonly NewsText News = NewsText.Of(
        "Appel à projets : la fibre arrive à Die", "Les communes du Diois peuvent demander une subvention.", "Émilie Sauvigné", "Gazette de l’exemple", "www.gazette.invalid");

    [Theory]
    [InlineData("fibre", true)]
    [InlineData("FIBRE", true)]
    [InlineData("fibr", true)]
    [InlineData("ibre", false)]
    [InlineData("subvention fibre", true)]
    [InlineData("subvention emploi", false)]
    [InlineData("\"appel à projets\"", true)]
    [InlineData("« appel a projets »", true)]
    [InlineData("\"projets appel\"", false)]
    [InlineData("-emploi", true)]
    [InlineData("fibre -die", false)]
    [InlineData("emploi OU fibre", true)]
    [InlineData("emploi OU concours", false)]
    [InlineData("emploi OU fibre die", true)]
    [InlineData("(emploi OU fibre) -diois", false)]
    [InlineData("titre:fibre", true)]
    [InlineData("titre:subvention", false)]
    [InlineData("texte:subvention", true)]
    [InlineData("auteur:sauvigne", true)]
    [InlineData("source:gazette", true)]
    [InlineData("site:gazette", true)]
    [InlineData("source:prefecture", false)]
    [InlineData("titre:\"la fibre\"", true)]
    [InlineData("-titre:subvention", true)]
    [InlineData("inconnu:fibre", false)]
    [InlineData("ou fibre", false)]
    public void Query_AgainstANews_FoundAsItSays(string query, bool found) => Assert.Equal(found, NewsQuery.Parse(query).Matches(News));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("OU")]
    [InlineData("()")]
    [InlineData("-")]
    [InlineData("\"\"")]
    [InlineData("!!! ??")]
    public void Query_ThatLooksForNothing_FindsNothing(string query)
    {
        var parsed = NewsQuery.Parse(query);

        Assert.True(parsed.IsEmpty);
        Assert.False(parsed.Matches(News));
    }

    [Fact]
    public void Query_OfAnySigns_IsRead()
    {
        var draw = new Random(26);
        const string Signs = "()\"«»:- OUab!é ";
        for (var i = 0; i < 5_000; i++)
        {
            var query = string.Concat(Enumerable.Range(0, draw.Next(300)).Select(_ => Signs[draw.Next(Signs.Length)]));
            NewsQuery.Parse(query).Matches(News);
        }

        Assert.True(NewsQuery.Parse(new string('(', 300) + "fibre").Matches(News));
    }
}
