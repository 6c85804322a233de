using System.Text;
using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>Selectors proposed for a page of news, in the manner of the sites that have no feed.</summary>
public sealed class SelectorGuessTests
{
    private const string Menu = "<header><nav><ul class='menu'><li class='entree'><a href='/a'>La commune et ses hameaux</a><li class='entree'><a href='/b'>Les services municipaux</a><li class='entree'><a href='/c'>Les associations du village</a><li class='entree'><a href='/d'>Venir chez nous</a></ul></nav></header>";

    public static TheoryData<string, string, PageSelectors> Pages => new()
    {
        {
            "articles with classes of their own",
            News(i => $"<article class='post post-{i} categorie'><header><h2 class='titre'><a href='/actu/{i}'>Une nouvelle du village, la {i}e</a></h2></header><time datetime='2026-11-0{i}'>{i} novembre</time><p>Quelques mots.</p></article>"),
            new("article.post") { Title = "h2", Date = "time", Summary = "p:not([class*=date])" }
        },
        {
            "a list without classes",
            News(i => $"<li><a href='/actu/{i}'>Une nouvelle du village, la {i}e</a> <span class='date'>0{i}/11/2026</span></li>", "<ul class='actualites'>", "</ul>"),
            new("ul.actualites > li") { Date = "[class*=date]" }
        },
        {
            "cards that are links",
            News(i => $"<a class='carte' href='/actu/{i}'><img src='x.png' alt=''><h3>Une nouvelle du village, la {i}e</h3><p class='chapo'>Quelques mots.</p></a>", "<div class='grille'>", "</div>"),
            new("a.carte") { Title = "h3", Summary = "[class*=chapo]" }
        },
        {
            "cards in columns, in rows",
            News(i => (i % 2 == 1 ? "<div class='ligne'>" : "") + $"<div class='colonne'><div class='bloc-actu'><h3><a href='/actu/{i}'>Une nouvelle du village, la {i}e</a></h3><p class='date-actu'>{i} novembre 2026</p><p>Quelques mots.</p></div></div>" + (i % 2 == 0 ? "</div>" : "")),
            new("div.bloc-actu") { Title = "h3", Date = "[class*=date]", Summary = "p:not([class*=date])" }
        },
        {
            "articles without any class",
            News(i => $"<article><h3><a href='/actu/{i}'>Une nouvelle du village, la {i}e</a></h3></article>"),
            new("article") { Title = "h3" }
        },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_OfNews_ItsSelectorsProposed(string kind, string page, PageSelectors wanted)
    {
        var guess = Guess(page);

        Assert.Equal((kind, wanted), (kind, guess));
        Assert.Equal(Enumerable.Range(1, 4).Select(i => $"Une nouvelle du village, la {i}e"), SelectorSource.Read(Encoding.UTF8.GetBytes(page), null, new("https://mairie.test/"), guess!).Entries.Select(e => e.Title));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<p>Rien")]
    [InlineData(Menu)]
    [InlineData("<main><article class='a'><a href='/1'>Une seule nouvelle ici</a></article></main>")]
    [InlineData("\0\u0001<<<a href=>")]
    public void Page_WhereNothingRepeatsItself_NothingProposed(string page) => Assert.Null(Guess(page));

    [Fact]
    public void Page_NestedWithoutEnd_NothingProposed() => Assert.Null(Guess(string.Concat(Enumerable.Repeat("<div class=x><a href=/y>Une nouvelle du village", 100_000))));

    private static PageSelectors? Guess(string page) => SelectorGuess.Of(Encoding.UTF8.GetBytes(page), "text/html; charset=utf-8", new("https://mairie.test/"));

    private static string News(Func<int, string> one, string before = "", string after = "") =>
        $"<!DOCTYPE html><html lang=fr><title>Mairie</title><body>{Menu}<main><h1>Actualités</h1>{before}{string.Concat(Enumerable.Range(1, 4).Select(one))}{after}</main><footer class='pied'><a href='/mentions-legales'>Mentions légales du site</a></footer></body></html>";
}
