using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Bookmarks.Links;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Bookmarks;

/// <summary>An instance that may ask sites of its own machine.</summary>
public sealed class BookmarkStage : Stage
{
    /// <inheritdoc />
    protected override (string Key, string Value)[] Settings => [("Territoire:Fetch:AllowPrivateNetworks", "true")];
}

/// <summary>Bookmarks by their pages, without script: added, known again, taken along, brought from a file, looked after.</summary>
public sealed class BookmarkTests(BookmarkStage stage) : IClassFixture<BookmarkStage>, IAsyncLifetime
{
    private Group _group = null!;
    private Member _anne = null!;
    private Visitor _byAnne = null!;
    private Visitor _byLuc = null!;

    private string List => $"/groupes/{_group.Slug}/favoris";

    public async ValueTask InitializeAsync()
    {
        var (anne, luc) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        (_anne, _group) = (anne, await stage.Scene.GroupAsync("Groupe", anne, members: luc));
        (_byAnne, _byLuc) = (await stage.AsAsync(anne), await stage.AsAsync(luc));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Add_APage_ReadOnItsPageInTheListAndUnderItsTag()
    {
        var page = await AddAsync(_byAnne, "https://ville.invalid/fiches", "Les fiches de la ville", "Pour le **guichet**.", "accueil, modèles");

        Assert.Contains("Le lien est dans les favoris du groupe.", page.Text, StringComparison.Ordinal);
        Assert.Equal("https://ville.invalid/fiches", page.Document.QuerySelector("main a.bouton[rel='noopener noreferrer']")!.GetAttribute("href"));
        Assert.Contains("<strong>guichet</strong>", page.Body, StringComparison.Ordinal);
        var tagged = await _byLuc.OpenAsync(List + "?etiquette=modeles");
        Assert.Contains("Les fiches de la ville", tagged.Text, StringComparison.Ordinal);
        Assert.Contains("ville.invalid", tagged.Text, StringComparison.Ordinal);
        Assert.Contains("Aucun favori ici", (await _byLuc.OpenAsync(List + "?etiquette=fibre")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_PageThatIsThere_NothingMadeAndTheTextWaitsAsAComment()
    {
        var first = await AddAsync(_byAnne, "https://ville.invalid/plan?utm_source=lettre", "Le plan", "Il est clair.");
        var again = await AddAsync(_byLuc, "HTTPS://VILLE.invalid/plan", "Un plan", "Il m’a servi hier.");

        Assert.Equal(first.Address.Split('?')[0], again.Address.Split('?')[0]);
        Assert.Contains("Ce lien a déjà été proposé par Anne Essai.", again.Text, StringComparison.Ordinal);
        Assert.Equal("Il m’a servi hier.", again.ValueOf("Body"));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Set<Bookmark>().CountAsync(b => b.Item.GroupId == _group.Id));
    }

    [Fact]
    public async Task Add_TwentyAtOnceOfOnePage_OneBookmark()
    {
        var add = stage.Instance.Services.GetRequiredService<AddBookmark>();
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => add.ExecuteAsync(Viewer.Member(_anne.Id), _group.Slug, new(new() { Title = $"Titre {n}", Body = "Parce que." }, "https://ville.invalid/foule"), default)));

        Assert.Single(added, a => a.AlreadyBy is null);
        Assert.Single(added.Select(a => a.ShortId).Distinct());
    }

    [Fact]
    public async Task Add_NoAddressOfAPage_SentenceAtTheFieldAndNothingLost()
    {
        var refused = await AddAsync(_byAnne, "javascript:alert(1)", "Un titre", "Parce que.", "un mot");

        Assert.True(refused.Refuses("Input.Address"));
        Assert.Contains("n’est pas celle d’une page du web", refused.Text, StringComparison.Ordinal);
        Assert.Equal(("Un titre", "Parce que.", "un mot"), (refused.ValueOf("Input.Title"), refused.ValueOf("Input.Body"), refused.ValueOf("Input.Tags")));
    }

    [Fact]
    public async Task Title_Asked_FilledIn()
    {
        await using var site = await WebPage.StartAsync("<title>La mairie ☃</title><meta name=description content='Tous les mardis.'>");
        var asked = await _byAnne.SendAsync(await _byAnne.OpenAsync(List + "/nouveau"), "button[name='Input.Asks']", ("Input.Address", site.Address.AbsoluteUri), ("Input.Body", "Pour voir."));

        Assert.Equal(("La mairie ☃", "Pour voir."), (asked.ValueOf("Input.Title"), asked.ValueOf("Input.Body")));
        Assert.Contains("Tous les mardis.", asked.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Title_LeftEmpty_TakenFromThePageOrAskedForAtItsField()
    {
        await using var site = await WebPage.StartAsync("<title>La mairie ☃</title>");
        var added = await AddAsync(_byAnne, site.Address.AbsoluteUri, "", "Pour voir.");
        var refused = await AddAsync(_byAnne, "https://ville.invalid/muette", "", "Pour voir.", "un mot");

        Assert.Contains("Le lien est dans les favoris du groupe.", added.Text, StringComparison.Ordinal);
        Assert.Equal("La mairie ☃", added.Document.QuerySelector("h1")!.TextContent);
        Assert.True(refused.Refuses("Input.Title"));
        Assert.Contains("écrivez-le vous-même", refused.Text, StringComparison.Ordinal);
        Assert.Equal(("https://ville.invalid/muette", "Pour voir.", "un mot"), (refused.ValueOf("Input.Address"), refused.ValueOf("Input.Body"), refused.ValueOf("Input.Tags")));
    }

    [Fact]
    public async Task Title_AskedOfAPageThatIsThere_WhoAddedItIsSaidAndLinked()
    {
        await using var site = await WebPage.StartAsync("<title>La mairie</title>");
        var first = await AddAsync(_byAnne, site.Address.AbsoluteUri, "Notre mairie", "Pour voir.");
        var form = await _byLuc.OpenAsync(List + "/nouveau");

        var asked = await _byLuc.SendAsync(form, "button[name='Input.Asks']", ("Input.Address", site.Address.AbsoluteUri));
        using var answer = await AskAsync(_byLuc, form, site.Address.AbsoluteUri, _group.Slug);
        var said = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

        Assert.Contains("Anne Essai a déjà proposé cette page : « Notre mairie ».", asked.Text, StringComparison.Ordinal);
        Assert.NotNull(asked.Document.QuerySelector($"[data-titre-dit] a[href='{first.Address.Split('?')[0][1..]}']"));
        Assert.Equal(("La mairie", first.Address.Split('?')[0]), (said.GetProperty("title").GetString(), said.GetProperty("alreadyAddress").GetString()));
        Assert.Equal(_group.Slug, form.Document.QuerySelector("input[name='Input.Address']")!.GetAttribute("data-titre"));
    }

    [Fact]
    public async Task Title_AskedByAScriptWithoutTheFormOrForAGroupOfOthers_Refused()
    {
        await using var site = await WebPage.StartAsync("<title>La mairie</title>");
        var form = await _byLuc.OpenAsync(List + "/nouveau");
        var elsewhere = await stage.Scene.GroupAsync("Chez Anne", _anne, GroupVisibility.Hidden);

        using var without = await _byLuc.Browser.PostAsync("/favoris/titre", new FormUrlEncodedContent([new("adresse", site.Address.AbsoluteUri)]));
        using var hidden = await AskAsync(_byLuc, form, site.Address.AbsoluteUri, elsewhere.Slug);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (without.StatusCode, hidden.StatusCode));
        Assert.Equal(0, site.Asked);
    }

    [Fact]
    public async Task Share_PageFromAPhone_KeptForOneselfOrTakenToAGroupOrAVeille()
    {
        var member = await stage.Scene.MemberAsync("Zoé Essai");
        var (group, reading) = (await stage.Scene.GroupAsync("Groupe de Zoé", _anne, members: member), await stage.Scene.GroupAsync("En lecture", _anne));
        await stage.Scene.JoinAsync(reading, member, GroupRole.Reader);
        var visitor = await stage.AsAsync(member);
        var address = $"/favoris/partager?title=Vu&texte={Uri.EscapeDataString("À lire https://ville.invalid/tel vite")}";

        var before = await visitor.OpenAsync(address);
        var veille = await stage.Scene.VeilleAsync(_anne, "Veille de Zoé", members: member);
        var after = await visitor.OpenAsync(address);
        async Task<VisitedPage> ChooseAsync(string words) => await visitor.OpenAsync("/" + after.Document.QuerySelectorAll("main .liste a").Single(a => a.TextContent.Contains(words, StringComparison.Ordinal)).GetAttribute("href"));
        var (own, bookmark, find) = (await ChooseAsync("Garder pour moi"), await ChooseAsync("Ajouter aux favoris de «\u00A0Groupe de Zoé"), await ChooseAsync("Proposer à la veille de «\u00A0Veille de Zoé"));

        Assert.Equal(["Garder pour moi", "Ajouter aux favoris de « Groupe de Zoé »"], before.Document.QuerySelectorAll("main .liste a").Select(a => a.TextContent.Replace('\u00A0', ' ')));
        Assert.Equal(("https://ville.invalid/tel", "Vu"), (own.ValueOf("Input.Address"), own.ValueOf("Input.Title")));
        Assert.Equal(("https://ville.invalid/tel", "Vu"), (bookmark.ValueOf("Input.Address"), bookmark.ValueOf("Input.Title")));
        Assert.Equal((group.Slug, veille.Slug), (bookmark.Address.Split('/')[2], find.Address.Split('/')[2]));
        Assert.Equal(("https://ville.invalid/tel", "Vu"), (find.ValueOf("Input.Address"), find.ValueOf("Input.Title")));
        Assert.StartsWith("/connexion", (await stage.Instance.Stranger().OpenAsync(address)).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_ToTheVeille_OnlyWhereOneMayAndWithTheWhy()
    {
        var page = await AddAsync(_byAnne, "https://ville.invalid/plan", "Le plan", "Il est **clair**.");
        Assert.Null(page.Document.QuerySelector("a[href^='veille/proposer']"));

        await stage.Scene.VeilleAsync(_anne, "Veille d’Anne");
        var link = (await _byAnne.OpenAsync(page.Address)).Document.QuerySelector("a[href^='veille/proposer']")!;
        var form = await _byAnne.OpenAsync("/" + link.GetAttribute("href"));

        Assert.Equal(("https://ville.invalid/plan", "Le plan", "Il est **clair**."), (form.ValueOf("Input.Address"), form.ValueOf("Input.Title"), form.ValueOf("Input.Body")));
        Assert.Null((await _byLuc.OpenAsync(page.Address)).Document.QuerySelector("a[href^='veille/proposer']"));
    }

    [Fact]
    public async Task Export_EachFormat_ReadBackAsItWas()
    {
        await AddAsync(_byAnne, "https://ville.invalid/a?b=1&c=2", "Une « page » & <une autre>", "Pour l’accueil.", "accueil");

        foreach (var format in new[] { "html", "csv", "opml" })
        {
            var other = await stage.Scene.GroupAsync($"Groupe {format}", _anne);
            var bytes = Encoding.UTF8.GetBytes((await _byAnne.OpenAsync($"{List}/favoris.{format}")).Body);
            var imported = await ImportAsync(_byAnne, other, $"favoris.{format}", bytes);

            Assert.Contains("Un lien est ajouté", imported.Text, StringComparison.Ordinal);
            var list = await _byAnne.OpenAsync($"/groupes/{other.Slug}/favoris");
            Assert.Contains("Une « page » & <une autre>", list.Text, StringComparison.Ordinal);
            Assert.NotNull(list.Document.QuerySelector("main a[href='https://ville.invalid/a?b=1&c=2']"));
            Assert.Contains("accueil (1)", list.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Import_FileOfABrowser_AddedOnceWithFoldersAndNobodyToldOfEach()
    {
        const string File = """
            <!DOCTYPE NETSCAPE-Bookmark-file-1>
            <TITLE>Bookmarks</TITLE><H1>Menu</H1>
            <DL><p><DT><H3 ADD_DATE="1700000000">Marchés publics</H3><DL><p>
            <DT><A HREF="https://ville.invalid/guide" ADD_DATE="1700000000" TAGS="modèles">Le guide de l&#39;acheteur</A>
            <DD>À lire avant tout.
            <DT><A HREF="place:sort=8">Récents</A>
            </DL><p><DT><A HREF="https://ville.invalid/seul">Seul</A></DL>
            """;
        var first = await ImportAsync(_byAnne, _group, "favoris.html", Encoding.UTF8.GetBytes(File));
        var again = await ImportAsync(_byAnne, _group, "favoris.html", Encoding.UTF8.GetBytes(File));
        await stage.Instance.SettleAsync();

        Assert.Contains("2 liens sont ajoutés", first.Text, StringComparison.Ordinal);
        Assert.Contains("2 liens étaient déjà là", again.Text, StringComparison.Ordinal);
        var tagged = await _byAnne.OpenAsync(List + "?etiquette=marches-publics");
        Assert.Contains("Le guide de l'acheteur", tagged.Text, StringComparison.Ordinal);
        Assert.Contains("À lire avant tout.", tagged.Text, StringComparison.Ordinal);
        Assert.Contains("Aucune nouveauté", (await _byLuc.OpenAsync(List)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rien.txt", "Aucun lien ici.", "Aucun lien n’a été trouvé")]
    [InlineData("table.csv", "adresse;titre\nftp://ville.invalid;Ancien\nhttps://ville.invalid/bon;Bon", "Un lien est ajouté")]
    public async Task Import_OtherFiles_SaidPlainly(string name, string text, string said)
    {
        var page = await ImportAsync(_byAnne, _group, name, Encoding.UTF8.GetBytes(text));

        Assert.Contains(said, page.Text, StringComparison.Ordinal);
        if (name == "table.csv") Assert.Contains("Ancien", page.Document.QuerySelector("main .encart, main [role=status]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nights_PageThatDoesNotAnswer_MarkedAfterThreeAndMendedByItsAnswer()
    {
        await using var site = await WebSite.StartAsync();
        var living = site.Put("/vivante", "<title>Vivante</title>"u8.ToArray(), "text/html");
        await AddAsync(_byAnne, living.AbsoluteUri, "Vivante", "Oui.");
        await AddAsync(_byAnne, new Uri(site.Address, "/morte").AbsoluteUri, "Morte", "Non.");
        var check = stage.Instance.Services.GetRequiredService<CheckLinks>();

        for (var night = 0; night < 2; night++) await check.RunAsync(default);
        Assert.DoesNotContain("lien mort", (await _byAnne.OpenAsync(List)).Text, StringComparison.Ordinal);
        await check.RunAsync(default);

        var dead = await _byAnne.OpenAsync(List + "?filtre=morts");
        Assert.Contains("Un lien mort", dead.Text, StringComparison.Ordinal);
        Assert.Equal(["Morte"], dead.Document.QuerySelectorAll("main .liste h2").Select(h => h.TextContent));
        Assert.Equal(1, site.Asked("/vivante"));
        site.Put("/morte", "<title>De retour</title>"u8.ToArray(), "text/html");
        await check.RunAsync(default);
        Assert.Contains("Aucun favori ici", (await _byAnne.OpenAsync(List + "?filtre=morts")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_AnotherAddress_LinkMendedAndItsFailuresForgotten()
    {
        var page = await AddAsync(_byAnne, "https://ville.invalid/ancienne", "La page", "Utile.");
        await using (var db = stage.Instance.Open(Viewer.System)) await db.Set<Bookmark>().Where(b => b.Item.GroupId == _group.Id).ExecuteUpdateAsync(set => set.SetProperty(b => b.Failures, 4).SetProperty(b => b.FailingSince, DateTime.UtcNow));
        var form = await _byAnne.OpenAsync(page.Address.Split('?')[0] + "/modifier");

        var edited = await _byAnne.SendAsync(form, "form.formulaire", ("Input.Address", "https://ville.invalid/nouvelle"));

        Assert.NotNull(edited.Document.QuerySelector("main a[href='https://ville.invalid/nouvelle']"));
        Assert.DoesNotContain("ne répond plus", edited.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await _byLuc.OpenAsync(page.Address.Split('?')[0] + "/modifier")).Status);
    }

    [Fact]
    public async Task Edit_AddressThatTheGroupHas_SaidAtTheFieldWhoAddedIt()
    {
        await AddAsync(_byAnne, "https://ville.invalid/prise", "Prise", "Utile.");
        var page = await AddAsync(_byLuc, "https://ville.invalid/ancienne", "La page", "Utile.");

        var refused = await _byLuc.SendAsync(await _byLuc.OpenAsync(page.Address.Split('?')[0] + "/modifier"), "form.formulaire", ("Input.Address", "https://VILLE.invalid/prise?utm_source=lettre"));
        var same = await _byLuc.SendAsync(await _byLuc.OpenAsync(page.Address.Split('?')[0] + "/modifier"), "form.formulaire", ("Input.Address", "https://ville.invalid/ancienne?utm_source=lettre"));

        Assert.True(refused.Refuses("Input.Address"));
        Assert.Contains("Anne Essai a déjà proposé cette page : « Prise ».", refused.Text, StringComparison.Ordinal);
        Assert.Contains("La page", same.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> AskAsync(Visitor visitor, VisitedPage form, string address, string group) => visitor.Browser.PostAsync(
        "/favoris/titre", new FormUrlEncodedContent([new("__RequestVerificationToken", form.ValueOf("__RequestVerificationToken")!), new("adresse", address), new("groupe", group)]));

    private async Task<VisitedPage> AddAsync(Visitor visitor, string address, string title, string why, string tags = "") =>
        await visitor.SendAsync(await visitor.OpenAsync(List + "/nouveau"), "form.formulaire", ("Input.Address", address), ("Input.Title", title), ("Input.Body", why), ("Input.Tags", tags));

    private static async Task<VisitedPage> ImportAsync(Visitor visitor, Group group, string name, byte[] bytes) =>
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/favoris/importer"), "form.formulaire", [("Fichier", name, bytes)]);
}
