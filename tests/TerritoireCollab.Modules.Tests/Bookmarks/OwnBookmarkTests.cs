using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Bookmarks.Own;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Bookmarks;

/// <summary>Links that a member keeps for himself, by their pages, without script: kept, found again, taken along, shared, taken off.</summary>
public sealed class OwnBookmarkTests(BookmarkStage stage) : IClassFixture<BookmarkStage>, IAsyncLifetime
{
    private const string Mine = "/moi/favoris";

    private Member _anne = null!;
    private Group _group = null!;
    private Visitor _byAnne = null!;
    private Visitor _byLuc = null!;

    public async ValueTask InitializeAsync()
    {
        var (anne, luc) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        (_anne, _group) = (anne, await stage.Scene.GroupAsync("Groupe", anne, members: luc));
        (_byAnne, _byLuc) = (await stage.AsAsync(anne), await stage.AsAsync(luc));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Keep_APage_InOnesOwnListUnderItsTagAndInNobodyElses()
    {
        var list = await KeepAsync(_byAnne, "https://ville.invalid/fiches", "Les fiches de la ville", "Pour le guichet.", "accueil, modèles");

        Assert.Contains("Vous seul le voyez.", list.Text, StringComparison.Ordinal);
        Assert.Contains("Les fiches de la ville", (await _byAnne.OpenAsync(Mine + "?etiquette=modeles")).Text, StringComparison.Ordinal);
        Assert.Contains("Aucun favori ici", (await _byAnne.OpenAsync(Mine + "?etiquette=fibre")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Les fiches de la ville", (await _byLuc.OpenAsync(Mine)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _byLuc.OpenAsync($"{Mine}/{await IdAsync("Les fiches de la ville")}/modifier")).Status);
    }

    [Theory]
    [InlineData("FICHES", true)]
    [InlineData("modeles", true)]
    [InlineData("guichet ville", true)]
    [InlineData("ville.invalid", true)]
    [InlineData("guichet fibre", false)]
    [InlineData("100%", false)]
    public async Task Search_WordsInAnyForm_FoundWhereverTheyStand(string words, bool found)
    {
        await KeepAsync(_byAnne, "https://ville.invalid/fiches", "Les fiches de la ville", "Pour le guichet.", "modèles");

        Assert.Equal(found, (await _byAnne.OpenAsync($"{Mine}?q={Uri.EscapeDataString(words)}")).Text.Contains("Pour le guichet.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keep_SamePageAgain_NothingMadeAndSaid()
    {
        await KeepAsync(_byAnne, "https://ville.invalid/plan?utm_source=lettre", "Le plan");
        var again = await KeepAsync(_byAnne, "HTTPS://VILLE.invalid/plan", "Un plan");

        Assert.Contains("Vous gardez déjà cette page.", again.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Un plan", again.Text, StringComparison.Ordinal);
        Assert.Contains("Vous seul le voyez.", (await KeepAsync(_byLuc, "https://ville.invalid/plan", "Le plan de Luc")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_TwentyAtOnceOfOnePage_OneLink()
    {
        var keep = stage.Instance.Services.GetRequiredService<KeepOwnBookmark>();
        var kept = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => keep.ExecuteAsync(Viewer.Member(_anne.Id), new("https://ville.invalid/foule", $"Titre {n}", "", "foule"), default)));

        Assert.Single(kept, k => !k.WasThere);
        Assert.Single(kept.Select(k => k.ShortId).Distinct());
    }

    [Fact]
    public async Task Keep_NoAddressOfAPage_SentenceAtTheFieldAndNothingLost()
    {
        var refused = await KeepAsync(_byAnne, "javascript:alert(1)", "Un titre", "Une note", "un mot");

        Assert.True(refused.Refuses("Input.Address"));
        Assert.Equal(("Un titre", "Une note", "un mot"), (refused.ValueOf("Input.Title"), refused.ValueOf("Input.Note"), refused.ValueOf("Input.Tags")));
    }

    [Fact]
    public async Task Edit_TitleNoteAndTags_Rewritten()
    {
        await KeepAsync(_byAnne, "https://ville.invalid/a", "Avant", "Vieux", "un, deux");
        await KeepAsync(_byAnne, "https://ville.invalid/b", "Une autre");
        var form = await _byAnne.OpenAsync($"{Mine}/{await IdAsync("Avant")}/modifier");
        var saved = await _byAnne.SendAsync(form, "form.formulaire", ("Input.Title", "Après"), ("Input.Note", "Neuf"), ("Input.Tags", "deux, trois"));

        Assert.Contains("Le lien est modifié.", saved.Text, StringComparison.Ordinal);
        Assert.Contains("Neuf", saved.Text, StringComparison.Ordinal);
        Assert.Contains("deux, trois", saved.Text, StringComparison.Ordinal);
        Assert.Contains("Aucun favori ici", (await _byAnne.OpenAsync(Mine + "?etiquette=un")).Text, StringComparison.Ordinal);
        Assert.True((await _byAnne.SendAsync(form, "form.formulaire", ("Input.Address", "https://ville.invalid/b"))).Refuses("Input.Address"));
    }

    [Fact]
    public async Task Remove_ALink_GoneThenPutBackByOneGestureAndErasedByANight()
    {
        var kept = await KeepAsync(_byAnne, "https://ville.invalid/jeter", "À jeter", tags: "un");
        var removed = await _byAnne.SendAsync(kept, "button[value^='retirer:']");
        Assert.DoesNotContain("À jeter", removed.Text, StringComparison.Ordinal);
        Assert.Contains("À jeter", (await _byAnne.SendAsync(removed, "button[value^='remettre:']")).Text, StringComparison.Ordinal);

        await _byAnne.SendAsync(await _byAnne.OpenAsync(Mine), "button[value^='retirer:']");
        Assert.Contains("Vous seul le voyez.", (await KeepAsync(_byAnne, "https://ville.invalid/jeter", "Gardé de nouveau")).Text, StringComparison.Ordinal);

        await _byAnne.SendAsync(await _byAnne.OpenAsync(Mine), "button[value^='retirer:']");
        await using (var db = stage.Instance.Open(Viewer.System)) await db.Set<OwnBookmark>().Where(b => b.MemberId == _anne.Id).ExecuteUpdateAsync(set => set.SetProperty(b => b.RemovedAt, b => DateTime.UnixEpoch));
        await stage.Instance.Services.GetServices<Platform.Jobs.IRecurringJob>().Single(j => j.Key == "favoris.miens").RunAsync(default);
        await using var after = stage.Instance.Open(Viewer.System);
        Assert.False(await after.Set<OwnBookmark>().AnyAsync(b => b.MemberId == _anne.Id));
    }

    [Fact]
    public async Task Gesture_OnSomebodyElsesLink_NotFound()
    {
        await KeepAsync(_byAnne, "https://ville.invalid/mien", "Le mien");
        var page = await KeepAsync(_byLuc, "https://ville.invalid/sien", "Le sien");
        var gesture = await _byLuc.SendAsync(page, "#gestes-favoris", ("geste", $"retirer:{await IdAsync("Le mien")}"));

        Assert.Equal(HttpStatusCode.NotFound, gesture.Status);
        Assert.Contains("Le mien", (await _byAnne.OpenAsync(Mine)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Share_InAGroup_FormFilledInAndTheLinkStaysOnesOwn()
    {
        var kept = await KeepAsync(_byAnne, "https://ville.invalid/partage", "À partager", "Parce que.", "partage");
        var form = await _byAnne.OpenAsync("/" + kept.Document.QuerySelector("main a[href^='favoris/ajouter?depuis=']")!.GetAttribute("href"));

        Assert.StartsWith($"/groupes/{_group.Slug}/favoris/nouveau", form.Address, StringComparison.Ordinal);
        Assert.Equal(("https://ville.invalid/partage", "À partager", "Parce que.", "partage"), (form.ValueOf("Input.Address"), form.ValueOf("Input.Title"), form.ValueOf("Input.Body"), form.ValueOf("Input.Tags")));
        await _byAnne.SendAsync(form, "button:not([name])[type='submit']:has(use[href$='bookmark'])");
        Assert.Contains("À partager", (await _byLuc.OpenAsync($"/groupes/{_group.Slug}/favoris")).Text, StringComparison.Ordinal);
        Assert.Contains("À partager", (await _byAnne.OpenAsync(Mine)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _byLuc.OpenAsync($"/groupes/{_group.Slug}/favoris/nouveau?depuis={await IdAsync("À partager")}")).Status);
    }

    [Fact]
    public async Task Export_EachFormat_ReadBackAsItWas()
    {
        await KeepAsync(_byAnne, "https://ville.invalid/a?b=1&c=2", "Une « page » & <une autre>", "Pour l’accueil.", "accueil");
        foreach (var format in new[] { "html", "csv", "opml" })
        {
            var other = await stage.AsAsync(await stage.Scene.MemberAsync($"Zoé {format}"));
            var bytes = Encoding.UTF8.GetBytes((await _byAnne.OpenAsync($"{Mine}/favoris.{format}")).Body);
            var imported = await other.SendAsync(await other.OpenAsync(Mine + "/importer"), "form.formulaire", [("Fichier", $"favoris.{format}", bytes)]);

            Assert.Contains("Un lien est ajouté", imported.Text, StringComparison.Ordinal);
            var list = await other.OpenAsync(Mine);
            Assert.Contains("Une « page » & <une autre>", list.Text, StringComparison.Ordinal);
            Assert.Contains("accueil (1)", list.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Api_KeepThenList_OnesOwnAlone()
    {
        using var anne = await stage.Instance.ProgramAsync(_anne.Id);
        using var kept = await anne.PostAsJsonAsync("me/bookmarks", new { title = "Par programme", address = "https://ville.invalid/api", note = "Une note", tags = new[] { "api" } });
        using var again = await anne.PostAsJsonAsync("me/bookmarks", new { title = "Par programme", address = "https://ville.invalid/api" });
        var mine = await anne.GetFromJsonAsync<JsonElement>("me/bookmarks?q=programme");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity), (kept.StatusCode, again.StatusCode));
        var row = Assert.Single(mine.GetProperty("items").EnumerateArray());
        Assert.Equal(("Par programme", "Une note", "api"), (row.GetProperty("title").GetString(), row.GetProperty("note").GetString(), row.GetProperty("tags")[0].GetString()));
        Assert.Empty((await (await stage.Instance.ProgramAsync((await stage.Scene.MemberAsync("Zoé Essai")).Id)).GetFromJsonAsync<JsonElement>("me/bookmarks")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Bookmarklet_AnyMember_ForMeFirstThenTheGroups()
    {
        var choice = await _byLuc.OpenAsync("/favoris/ajouter?url=https%3A%2F%2Fville.invalid%2Fx&title=Une%20page");
        var links = choice.Document.QuerySelectorAll("main .liste h2 a").Select(a => "/" + a.GetAttribute("href")).ToList();

        Assert.Equal(2, links.Count);
        Assert.StartsWith($"/groupes/{_group.Slug}/favoris/nouveau?", links[1], StringComparison.Ordinal);
        foreach (var link in links)
        {
            var form = await _byLuc.OpenAsync(link);
            Assert.Equal(("https://ville.invalid/x", "Une page"), (form.ValueOf("Input.Address"), form.ValueOf("Input.Title")));
        }
    }

    [Fact]
    public async Task Page_Stranger_LedToSignIn()
    {
        var stranger = new Visitor(stage.Instance.Browser());
        foreach (var page in new[] { Mine, Mine + "/nouveau", Mine + "/importer" }) Assert.StartsWith("/connexion", (await stranger.OpenAsync(page)).Address, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync(Mine + "/favoris.csv")).Status);
    }

    private static async Task<VisitedPage> KeepAsync(Visitor visitor, string address, string title, string note = "", string tags = "") =>
        await visitor.SendAsync(await visitor.OpenAsync(Mine + "/nouveau"), "form.formulaire", ("Input.Address", address), ("Input.Title", title), ("Input.Note", note), ("Input.Tags", tags));

    private async Task<string> IdAsync(string title)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<OwnBookmark>().Where(b => b.Title == title && b.MemberId == _anne.Id).Select(b => b.ShortId).FirstAsync();
    }
}
