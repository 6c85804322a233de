using System.Net;
using System.Text;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Articles;

/// <summary>Published articles: read, shared, corrected by their authors, found by tags, told by mail and feed.</summary>
public sealed class ArticleTests(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private Member _anne = null!;
    private Member _luc = null!;
    private Member _zoe = null!;
    private Group _group = null!;

    private string List => $"/groupes/{_group.Slug}/articles";

    public async ValueTask InitializeAsync()
    {
        (_anne, _luc, _zoe) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        _group = await stage.Scene.GroupAsync("Groupe d’essai", await stage.Scene.MemberAsync("Maud Essai"), members: [_anne, _luc, _zoe]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Edit_ByACoAuthor_SavedAndByAnotherMemberRefused()
    {
        var article = await stage.Scene.ArticleAsync(_group, _anne, "Le pont", "Avant.", coAuthors: _luc.Name);
        var (byLuc, byZoe) = (await stage.AsAsync(_luc), await stage.AsAsync(_zoe));

        var page = await byLuc.OpenAsync($"/c/{article}");
        var form = await byLuc.OpenAsync("/" + page.Document.QuerySelector("a[href$='/modifier']")!.GetAttribute("href"));
        var saved = await byLuc.SendAsync(form, "form.formulaire", ("Input.Body", "Après."), ("Input.Summary", "En deux mots."));

        Assert.Contains("Après.", saved.Document.QuerySelector(".article .prose")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("En deux mots.", (await byZoe.OpenAsync(List)).Text, StringComparison.Ordinal);
        Assert.Contains("Avant", (await byZoe.OpenAsync(saved.Address.Split('?')[0] + "/historique")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await byZoe.OpenAsync($"{List}/{article}/modifier")).Status);
        Assert.Null((await byZoe.OpenAsync($"/c/{article}")).Document.QuerySelector("a[href$='/modifier']"));
        // To edit is all that a co-author may more than others.
        Assert.Equal(HttpStatusCode.Forbidden, (await byLuc.PostAsync($"/contenus/{article}/gestes", ("geste", "retirer"))).Status);
    }

    [Fact]
    public async Task Edit_ByACoAuthorWhoLeftTheGroup_Refused()
    {
        var article = await stage.Scene.ArticleAsync(_group, _anne, "Ouvert", "Texte.", Audience.Public, coAuthors: _luc.Name);
        await stage.Scene.JoinAsync(_group, _luc, state: MembershipState.Left);

        Assert.Equal(HttpStatusCode.Forbidden, (await (await stage.AsAsync(_luc)).OpenAsync($"{List}/{article}/modifier")).Status);
    }

    [Fact]
    public async Task Edit_SavedMeanwhile_BothTextsShown()
    {
        var article = await stage.Scene.ArticleAsync(_group, _anne, "La halle", "Au début.", coAuthors: _luc.Name);
        var (byAnne, byLuc) = (await stage.AsAsync(_anne), await stage.AsAsync(_luc));
        var (mine, theirs) = (await byAnne.OpenAsync($"{List}/{article}/modifier"), await byLuc.OpenAsync($"{List}/{article}/modifier"));
        await byLuc.SendAsync(theirs, "form.formulaire", ("Input.Body", "De Luc."));

        var refused = await byAnne.SendAsync(mine, "form.formulaire", ("Input.Body", "D’Anne."));

        Assert.Equal("D’Anne.", refused.ValueOf("Input.Body"));
        Assert.NotNull(refused.Document.QuerySelector(".differences"));
    }

    [Fact]
    public async Task Cover_WithPlaceAndDevice_ShownWithoutThemToReadersAlone()
    {
        var article = await stage.Scene.ArticleAsync(_group, _anne, "La photo", "Texte.", cover: null);
        var byAnne = await stage.AsAsync(_anne);
        var saved = await byAnne.SendAsync(await byAnne.OpenAsync($"{List}/{article}/modifier"), "form.formulaire", [("Input.Cover", "photo.jpg", Pictures.Jpeg())], ("Input.CoverText", "Le pont"));
        var address = "/" + saved.Document.QuerySelector(".article-couverture")!.GetAttribute("src");

        using var browser = await stage.Instance.SignedInAsync(_luc.Id);
        using var answer = await browser.GetAsync(address);
        var bytes = Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync());
        using var nobody = stage.Instance.Browser();
        using var hidden = await nobody.GetAsync(address);

        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.DoesNotContain("GPS", bytes, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Contains("couverture?v=", (await byAnne.OpenAsync(List)).Document.QuerySelector(".articles img")!.GetAttribute("src"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_PinnedFirstThenNewest_FilteredByTag()
    {
        foreach (var (title, tags) in new[] { ("Premier", "eau"), ("Deuxième", "bois"), ("Troisième", "eau") })
        {
            var id = await stage.Scene.ArticleAsync(_group, _anne, title, "Texte.", tags: tags);
            stage.Later();
            if (title == "Premier") await (await stage.AsAsync(await OwnerAsync())).PostAsync($"/contenus/{id}/gestes", ("geste", "epingler"));
        }

        var byLuc = await stage.AsAsync(_luc);
        Assert.Equal(["Premier", "Troisième", "Deuxième"], Titles(await byLuc.OpenAsync(List)));
        Assert.Equal(["Premier", "Troisième"], Titles(await byLuc.OpenAsync(List + "?etiquette=eau")));
        Assert.Contains("Premier", (await byLuc.OpenAsync($"/groupes/{_group.Slug}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Empty_TeachesWhatToTell() =>
        Assert.Contains("ce que vous avez fait, ce que vous referiez.", (await (await stage.AsAsync(_luc)).OpenAsync(List)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Article_Long_HasItsContentsAndLeadsToItsParts()
    {
        var words = string.Join(' ', Enumerable.Repeat("mot", 200));
        var article = await stage.Scene.ArticleAsync(_group, _anne, "Long", $"# Avant\n\n{words}\n\n# Pendant & après\n\n{words}\n\n## Un détail\n\n{words}");

        var page = await (await stage.AsAsync(_luc)).OpenAsync($"/c/{article}");

        Assert.Equal(["Avant", "Pendant & après", "Un détail"], page.Document.QuerySelectorAll(".sommaire a").Select(a => a.TextContent));
        foreach (var link in page.Document.QuerySelectorAll(".sommaire a")) Assert.NotNull(page.Document.GetElementById(link.GetAttribute("href")!.Split('#')[1]));
        Assert.Contains("3 min de lecture", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Share_ByMail_WithTheAddressThatNeverChanges()
    {
        var article = await stage.Scene.ArticleAsync(_group, _anne, "À partager & à lire");

        var page = await (await stage.AsAsync(_luc)).OpenAsync($"/c/{article}");

        var mail = Uri.UnescapeDataString(page.Document.QuerySelector("a[href^='mailto:']")!.GetAttribute("href")!);
        Assert.StartsWith("mailto:?subject=À partager & à lire&body=", mail, StringComparison.Ordinal);
        Assert.Contains($"/c/{article}", mail, StringComparison.Ordinal);
        Assert.Contains($"/c/{article}", page.Document.QuerySelector(".article-pied")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Published_ByTwo_MailAndFeedNameBothAndShowTheLeadAndTheCover()
    {
        await stage.Scene.JoinAsync(_group, _zoe, level: MailLevel.Everything);
        await stage.Scene.ArticleAsync(_group, _anne, "Deux plumes", "Un long récit.", Audience.Public, summary: "En deux mots.", coAuthors: _luc.Name, cover: Pictures.Png());

        var mail = Assert.Single(await stage.LettersAsync(_zoe.Email));
        Assert.Contains("Anne Essai, avec Luc Essai, a publié l’article", mail.Text, StringComparison.Ordinal);
        Assert.Contains("En deux mots.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Un long récit.", mail.Text, StringComparison.Ordinal);

        using var nobody = stage.Instance.Browser();
        var feed = await nobody.GetStringAsync($"{List}/flux.atom");
        foreach (var expected in new[] { "<name>Anne Essai</name>", "<name>Luc Essai</name>", "En deux mots.", "/couverture?v=", "image/png" }) Assert.Contains(expected, feed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_Published_FilesAddedAndTakenAway()
    {
        var article = await stage.Scene.ArticleAsync(_group, _anne, "Avec pièces");
        var byAnne = await stage.AsAsync(_anne);
        var edit = (await byAnne.OpenAsync($"/c/{article}")).Address.Split('?')[0] + "/modifier";

        var added = await byAnne.SendAsync(await byAnne.OpenAsync(edit), "form.formulaire .actions button", [("Files", "plan.txt", "Un plan"u8.ToArray()), ("Files", "coupe.txt", "Une coupe"u8.ToArray())]);
        var form = await byAnne.OpenAsync(edit);
        var taken = await byAnne.SendAsync(form, "form.formulaire .actions button", ("Input.RemovedFiles", form.Document.QuerySelectorAll("input[name='Input.RemovedFiles']").First(i => i.ParentElement!.TextContent.Contains("plan.txt", StringComparison.Ordinal)).GetAttribute("value")));

        Assert.Equal(["plan.txt", "coupe.txt"], Files(added));
        Assert.Equal(["coupe.txt"], Files(taken));
        await using var db = stage.Instance.Open(Platform.Access.Viewer.System);
        Assert.Equal(1, db.Items.Where(i => i.ShortId == article).Select(i => i.AttachmentCount).Single());
    }

    [Fact]
    public async Task Edit_Published_CommentsClosedAndOpenedByItsAuthorUnlessAnAnimatorClosedThem()
    {
        var article = await stage.Scene.ArticleAsync(_group, _anne, "Discuté");
        var (byAnne, byLuc, animator) = (await stage.AsAsync(_anne), await stage.AsAsync(_luc), await stage.AsAsync(await OwnerAsync()));
        var page = await byAnne.OpenAsync($"/c/{article}");
        var edit = page.Address.Split('?')[0] + "/modifier";

        await byAnne.SendAsync(await byAnne.OpenAsync(edit), "form.formulaire .actions button", ("Input.IsCommentable", null));
        Assert.Null((await byLuc.OpenAsync($"/c/{article}")).Document.QuerySelector("[name=Body]"));
        await byAnne.SendAsync(await byAnne.OpenAsync(edit), "form.formulaire .actions button", ("Input.IsCommentable", "true"));
        Assert.NotNull((await byLuc.OpenAsync($"/c/{article}")).Document.QuerySelector("[name=Body]"));

        using var closed = await animator.Browser.GestureAsync(page.Address, $"/contenus/{article}/gestes", ("geste", "fermer"));
        var refused = await byAnne.OpenAsync(edit);
        await byAnne.SendAsync(refused, "form.formulaire .actions button", ("Input.IsCommentable", "true"));

        Assert.Contains("a fermé les commentaires", refused.Text, StringComparison.Ordinal);
        Assert.Null(refused.Document.QuerySelector("[name='Input.IsCommentable']"));
        Assert.Null((await byLuc.OpenAsync($"/c/{article}")).Document.QuerySelector("[name=Body]"));
    }

    [Fact]
    public async Task Print_OfAnArticle_AButtonThatTheScriptShows()
    {
        var page = await (await stage.AsAsync(_luc)).OpenAsync($"/c/{await stage.Scene.ArticleAsync(_group, _anne, "À imprimer")}");

        var button = page.Document.QuerySelector("button[data-imprime]")!;
        Assert.Equal(("Imprimer", true, true), (button.TextContent.Trim(), button.HasAttribute("hidden"), button.HasAttribute("data-avec-script")));
    }

    [Fact]
    public async Task Reference_ToAnArticle_LeadsToIt()
    {
        var article = await stage.Scene.ArticleAsync(_group, _anne, "Cité");
        var topic = await stage.Scene.TopicAsync(_group, _luc, "Une lettre", $"Lisez #{article}.");
        var byZoe = await stage.AsAsync(_zoe);

        var link = (await byZoe.OpenAsync($"/c/{topic}")).Document.QuerySelector($"a[href='/c/{article}']")!;

        Assert.Equal("Cité", (await byZoe.OpenAsync(link.GetAttribute("href")!)).Document.QuerySelector("h1")!.TextContent);
    }

    private async Task<Member> OwnerAsync()
    {
        await using var db = stage.Instance.Open(Platform.Access.Viewer.System);
        return db.Memberships.Where(m => m.GroupId == _group.Id && m.Role == GroupRole.Owner).Select(m => m.Member!).First();
    }

    private static string[] Files(VisitedPage page) => [.. page.Document.QuerySelectorAll(".article .pieces a").Select(a => a.TextContent.Trim())];

    private static string[] Titles(VisitedPage page) => [.. page.Document.QuerySelectorAll(".articles h2 a").Select(a => a.TextContent)];
}
