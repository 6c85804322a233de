using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Articles;

/// <summary>Articles that follow one another in a series, by their pages, without script.</summary>
public sealed class SeriesTests(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private Member _anne = null!;
    private Member _luc = null!;
    private Group _group = null!;
    private Visitor _byAnne = null!;
    private Visitor _byLuc = null!;

    private string List => $"/groupes/{_group.Slug}/articles";

    public async ValueTask InitializeAsync()
    {
        (_anne, _luc) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        _group = await stage.Scene.GroupAsync("Groupe d’essai", _anne, members: _luc);
        (_byAnne, _byLuc) = (await stage.AsAsync(_anne), await stage.AsAsync(_luc));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Part_OfSeveral_SaysItsPlaceAndLeadsToTheOthers()
    {
        foreach (var title in new[] { "Premier", "Deuxième", "Troisième" }) await WriteAsync(title, "  Le  pont ");
        var first = await _byLuc.OpenAsync(await AddressAsync("Premier"));
        var second = await _byLuc.OpenAsync(await AddressAsync("Deuxième"));

        Assert.Contains("Partie 2 sur 3 du dossier Le pont", Nav(second), StringComparison.Ordinal);
        Assert.Equal(["Premier", "Deuxième", "Troisième"], second.Document.QuerySelectorAll(".serie li").Select(l => l.TextContent));
        Assert.Equal("Deuxième", second.Document.QuerySelector(".serie [aria-current='page']")!.TextContent);
        Assert.Contains("Premier", second.Document.QuerySelector("[rel='prev']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Troisième", second.Document.QuerySelector("[rel='next']")!.TextContent, StringComparison.Ordinal);
        Assert.Null(first.Document.QuerySelector("[rel='prev']"));
        var page = await _byLuc.OpenAsync("/" + second.Document.QuerySelector(".serie h2 a")!.GetAttribute("href"));
        Assert.Equal(["Premier", "Deuxième", "Troisième"], page.Document.QuerySelectorAll("ol.articles h2 a").Select(a => a.TextContent));
        Assert.EndsWith("/articles/dossiers/le-pont", (await _byLuc.OpenAsync(List)).Document.QuerySelector("#dossiers-titre ~ ul a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("Le pont", (await _byAnne.OpenAsync(List + "/nouveau")).Document.QuerySelectorAll("datalist#dossiers option").Select(o => o.GetAttribute("value")));
    }

    [Fact]
    public async Task Part_Alone_ShowsNoWayAndLeavingTheSeriesTakesItAway()
    {
        await WriteAsync("Seul", "Le quai");
        Assert.Null((await _byLuc.OpenAsync(await AddressAsync("Seul"))).Document.QuerySelector(".serie"));
        Assert.Null((await _byLuc.OpenAsync(List)).Document.QuerySelector("#dossiers-titre"));

        await WriteAsync("Avec lui", "le quai");
        var together = await _byAnne.OpenAsync(await AddressAsync("Avec lui"));
        Assert.Contains("Partie 2 sur 2 du dossier Le quai", Nav(together), StringComparison.Ordinal);

        var form = await _byAnne.OpenAsync(together.Address.Split('?')[0] + "/modifier");
        Assert.Equal("Le quai", form.ValueOf("Input.Series"));
        var left = await _byAnne.SendAsync(form, "form.formulaire", ("Input.Series", ""));
        Assert.Null(left.Document.QuerySelector(".serie"));
        Assert.Null((await _byLuc.OpenAsync(await AddressAsync("Seul"))).Document.QuerySelector(".serie"));
    }

    [Fact]
    public async Task Part_ThatTheReaderMayNotRead_CountedNowhere()
    {
        await WriteAsync("Dedans", "Le fleuve", Audience.Group);
        await WriteAsync("Dehors", "Le fleuve", Audience.Public);
        await WriteAsync("Dehors aussi", "Le fleuve", Audience.Public);
        await WriteAsync("Caché", "Le secret", Audience.Group);
        var stranger = stage.Instance.Stranger();

        var page = await stranger.OpenAsync(await AddressAsync("Dehors"));
        var series = await stranger.OpenAsync(List + "/dossiers/le-fleuve");
        var feed = await stranger.OpenAsync(List + "/dossiers/le-fleuve/flux.rss");

        Assert.Contains("Partie 1 sur 2 du dossier Le fleuve", Nav(page), StringComparison.Ordinal);
        foreach (var shown in new[] { page.Body, series.Body, feed.Body }) Assert.DoesNotContain("Dedans", shown, StringComparison.Ordinal);
        Assert.Contains("Dehors aussi", feed.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Le secret", (await stranger.OpenAsync(List)).Text, StringComparison.Ordinal);
        foreach (var address in new[] { "le-secret", "le-secret/flux.atom", "rien", "rien/flux.atom" }) Assert.Equal((address, HttpStatusCode.NotFound), (address, (await stranger.OpenAsync($"{List}/dossiers/{address}")).Status));
        Assert.Equal(HttpStatusCode.OK, (await _byLuc.OpenAsync(List + "/dossiers/le-secret")).Status);
    }

    [Fact]
    public async Task Part_RemovedThenBackThenMoved_GoesAndComesWithItsSeries()
    {
        await WriteAsync("Un", "La halle");
        await WriteAsync("Deux", "La halle");
        var id = (await AddressAsync("Deux")).Split('/')[^1];
        await _byAnne.PostAsync($"/contenus/{id}/gestes", ("geste", "retirer"));
        Assert.Null((await _byLuc.OpenAsync(await AddressAsync("Un"))).Document.QuerySelector(".serie"));
        await _byAnne.PostAsync($"/contenus/{id}/gestes", ("geste", "retablir"));
        Assert.NotNull((await _byLuc.OpenAsync(await AddressAsync("Un"))).Document.QuerySelector(".serie"));

        var other = await stage.Scene.GroupAsync("Ailleurs", _anne);
        await stage.Scene.ArticleAsync(other, _anne, "Là-bas");
        using var program = await stage.Instance.ProgramAsync(_anne.Id);
        using var there = await program.PostAsJsonAsync($"groups/{other.Slug}/articles", new { title = "Déjà là", body = "Texte.", series = "LA HALLE" });
        await _byAnne.SendAsync(await _byAnne.OpenAsync($"/contenus/{id}/deplacer"), "main form", ("To", other.Slug));
        using var moved = await program.GetAsync($"articles/{id}");

        Assert.Equal("LA HALLE", JsonDocument.Parse(await moved.Content.ReadAsStringAsync()).RootElement.GetProperty("series").GetString());
        Assert.Null((await _byLuc.OpenAsync(await AddressAsync("Un"))).Document.QuerySelector(".serie"));
    }

    [Fact]
    public async Task Name_WithoutALetterOrTooLong_SentenceAtTheFieldAndNothingLost()
    {
        foreach (var name in new[] { "…", new string('x', 81) })
        {
            var refused = await _byAnne.WriteAsync(_group, "publier", ("Input.Title", "Un titre"), ("Input.Body", "Un texte."), ("Input.Series", name));
            Assert.True(refused.Refuses("Input.Series"));
            Assert.Equal(("Un titre", "Un texte.", name), (refused.ValueOf("Input.Title"), refused.ValueOf("Input.Body"), refused.ValueOf("Input.Series")));
        }
    }

    private async Task WriteAsync(string title, string series, Audience audience = Audience.Group)
    {
        stage.Later();
        var page = await _byAnne.WriteAsync(_group, "publier", ("Input.Title", title), ("Input.Body", "Un texte."), ("Input.Series", series), ("Input.Audience", audience.ToString()));
        Assert.Contains("/articles/", page.Address, StringComparison.Ordinal);
    }

    // By the short identifier alone.
    private async Task<string> AddressAsync(string title)
    {
        var link = (await _byAnne.OpenAsync(List)).Document.QuerySelectorAll(".articles h2 a").Single(a => a.TextContent == title).GetAttribute("href")!;
        return "/" + link[..(link.LastIndexOf('/') + 9)];
    }

    private static string Nav(VisitedPage page) => string.Join(' ', page.Document.QuerySelector(".serie h2")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
