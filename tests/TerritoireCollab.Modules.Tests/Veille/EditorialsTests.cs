using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille;
using TerritoireCollab.Veille.Editorials;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Drafting, publishing, correcting and reading the édito of a month, by its pages and without script.</summary>
public sealed class EditorialsTests(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private const string Form = "form.formulaire";

    private Member _anne = null!;
    private Member _luc = null!;
    private Group _group = null!;
    private Visitor _byAnne = null!;
    private Visitor _byLuc = null!;

    private string Veille => $"/groupes/{_group.Slug}/veille";

    private string November => $"{Veille}/edito?mois=2026-11";

    public async ValueTask InitializeAsync()
    {
        (_anne, _luc) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        _group = await stage.Scene.VeilleAsync(_anne, members: _luc);
        (_byAnne, _byLuc) = (await stage.AsAsync(_anne), await stage.AsAsync(_luc));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Write_MonthWithIssues_BeginsWithWhatWasPublished()
    {
        await stage.Scene.SetVeilleAsync(_group, p => (p.Rubrics, p.Audience) = ("Eau\nMobilité", Audience.Group));
        for (var n = 1; n <= 5; n++) await stage.Scene.PlaceAsync(_group, _anne, new($"Un bus de plus, ligne {n}") { Rubric = "Mobilité", Source = "La Gazette" });
        await stage.Scene.PlaceAsync(_group, _anne, new("La rivière remonte") { Address = "https://eau.invalid/a?b=1&c=2", Rubric = "Eau", Line = "À lire avant la réunion", Source = "L’Écho", Finder = _luc });
        await stage.Scene.PlaceAsync(_group, _anne, new("Sans rubrique") { Source = "La Gazette" });
        await stage.Scene.PublishAsync(_group, _anne, "Eaux vives", "Un mot.");
        await DiscussAsync("La rivière remonte", "Chez nous aussi.", "Et chez nous.");

        var page = await _byAnne.OpenAsync(November);
        var draft = page.ValueOf("Input.Body")!;

        Assert.Contains("Novembre 2026", page.Text, StringComparison.Ordinal);
        Assert.Contains("1 revue · 7 articles", page.Text, StringComparison.Ordinal);
        Assert.Equal("L’édito de novembre 2026", page.ValueOf("Input.Title"));
        Assert.StartsWith("En novembre 2026\u00a0: 1 revue, 7 articles, 2 sources, 1 trouvaille de membre, 2 commentaires.\n", draft, StringComparison.Ordinal);
        Assert.Equal(["## Ce qui a fait parler", "## Eau", "## Mobilité", "## Et aussi", "## Les revues du mois"], draft.Split('\n').Where(l => l.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Contains("- [La rivière remonte](<https://eau.invalid/a?b=1&amp;c=2>), L’Écho\u00a0: 2 commentaires\n", draft, StringComparison.Ordinal);
        Assert.Contains("- [La rivière remonte](<https://eau.invalid/a?b=1&amp;c=2>), L’Écho\u00a0: À lire avant la réunion\n", draft, StringComparison.Ordinal);
        Assert.Matches(@"- \[Un bus de plus, ligne \d\]\(https://gazette\.exemple\.invalid/article-\d+\), La Gazette\n", draft);
        Assert.Equal(4, draft.Split("Un bus de plus").Length - 1);
        Assert.Contains("- et un autre article\n", draft, StringComparison.Ordinal);
        Assert.Contains("- [Revue n°\u00a01 – Eaux vives](/groupes/", draft, StringComparison.Ordinal);
        Assert.Contains("Sera lu par les 2 membres du groupe", page.Text, StringComparison.Ordinal);
        Assert.Single(page.Document.QuerySelectorAll("[name='Input.Audience']"));
    }

    [Fact]
    public async Task Write_MonthWithoutIssue_SaidAndWrittenByHand()
    {
        var page = await _byAnne.OpenAsync($"{Veille}/edito");
        Assert.Contains("Aucune revue n’est parue en octobre 2026", page.Text, StringComparison.Ordinal);
        Assert.Equal(("", "L’édito d’octobre 2026"), (page.ValueOf("Input.Body"), page.ValueOf("Input.Title")));
        Assert.Equal(13, page.Document.QuerySelectorAll("select[name='mois'] option").Length);
        Assert.Equal("2026-10", page.ValueOf("mois"));

        var empty = await SendAsync(page, ("Input.Title", " "), ("Input.Body", ""));
        Assert.True(empty.Refuses("Input.Title") && empty.Refuses("Input.Body"));
        var published = await SendAsync(empty, ("Input.Title", "À la main"), ("Input.Body", "Un mois sans revue."));

        Assert.Contains("L’édito est publié.", published.Text, StringComparison.Ordinal);
        Assert.Contains("Édito, octobre 2026", published.Text, StringComparison.Ordinal);
        Assert.Contains("Un mois sans revue.", published.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-12")]
    [InlineData("2026-13")]
    [InlineData("1815-06")]
    [InlineData("novembre")]
    public async Task Write_MonthThatCannotBe_TheLastCompleteOne(string month) => Assert.Equal("2026-10", (await _byAnne.OpenAsync($"{Veille}/edito?mois={month}")).ValueOf("mois"));

    [Fact]
    public async Task Draft_IssueForFewerThanTheEdito_SaysNothingOfIt()
    {
        await stage.Scene.SetVeilleAsync(_group, p => p.Audience = Audience.Public);
        await stage.Scene.PlaceAsync(_group, _anne, new("Entre nous"));
        await stage.Scene.PublishAsync(_group, _anne, "Réservée", "Un mot.", Audience.Group);
        await stage.Scene.PlaceAsync(_group, _anne, new("Pour tous"));
        await stage.Scene.PublishAsync(_group, _anne, "Ouverte", "Un mot.");

        var page = await _byAnne.OpenAsync(November);
        var draft = page.ValueOf("Input.Body")!;

        Assert.Contains("Une revue de ce mois a moins de lecteurs que l’édito", page.Text, StringComparison.Ordinal);
        Assert.Contains("Pour tous", draft, StringComparison.Ordinal);
        Assert.DoesNotContain("Entre nous", draft, StringComparison.Ordinal);
        Assert.DoesNotContain("Réservée", draft, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_OfHostileTitles_PublishedInert()
    {
        var hostile = "<script>alert(1)</script> [x](javascript:alert(2)) *gras* `code` @" + _luc.Handle + " www.pisteur.invalid https://pisteur.invalid ![i](https://a.invalid/p.png)";
        await stage.Scene.PlaceAsync(_group, _anne, new(hostile) { Address = "https://hostile.invalid/?a=<b>\"'&copy;", Line = "# " + hostile, Rubric = "# Rubrique *", Source = "S [y](https://b.invalid)" });
        await stage.Scene.PublishAsync(_group, _anne, "Titre *", "Mot.");

        var page = await SendAsync(await _byAnne.OpenAsync(November));
        var article = page.Document.QuerySelector(".edito")!;

        Assert.Equal(2, Times(article.TextContent, hostile));
        Assert.Contains("# Rubrique *", article.QuerySelectorAll("h2").Select(h => h.TextContent));
        Assert.Contains("S [y](https://b.invalid)", article.TextContent, StringComparison.Ordinal);
        Assert.Equal(["https://hostile.invalid/?a=%3Cb%3E%22%27&copy;", $"groupes/{_group.Slug}/veille/revues/"], article.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!.TrimStart('/')).Select(a => a.StartsWith("groupes", StringComparison.Ordinal) ? a[..(a.LastIndexOf('/') + 1)] : a));
        Assert.Empty(article.QuerySelectorAll("script, img, em, code"));
    }

    [Fact]
    public async Task TakeDraft_AfterTyping_PutUnderTheTextAndKept()
    {
        await stage.Scene.PlaceAsync(_group, _anne, new("La rivière remonte"));
        await stage.Scene.PublishAsync(_group, _anne, "Eaux vives", "Un mot.");
        var page = await _byAnne.OpenAsync(November);
        var draft = page.ValueOf("Input.Body")!;

        var taken = await SendAsync(page, ("Input.Title", "Mon titre"), ("Input.Body", "Ma phrase à moi."), ("Input.Tags", "eau"), ("Input.Gesture", "reprendre"));
        var again = await SendAsync(taken, ("Input.Gesture", "reprendre"));

        Assert.Contains("rien n’est perdu", taken.Text, StringComparison.Ordinal);
        Assert.Equal(("Mon titre", "eau"), (taken.ValueOf("Input.Title"), taken.ValueOf("Input.Tags")));
        Assert.Equal($"Ma phrase à moi.\n\n---\n\n{draft.Trim()}", taken.ValueOf("Input.Body")!.Trim());
        Assert.Equal(taken.ValueOf("Input.Body"), again.ValueOf("Input.Body"));
        Assert.Equal(taken.ValueOf("Input.Body")!.Trim(), (await _byAnne.OpenAsync(November)).ValueOf("Input.Body")!.Trim());
    }

    [Fact]
    public async Task TakeDraft_OnTheDraftAsItWas_TheNewOneInItsPlace()
    {
        await stage.Scene.PlaceAsync(_group, _anne, new("La rivière remonte"));
        await stage.Scene.PublishAsync(_group, _anne, "Eaux vives", "Un mot.");
        var page = await _byAnne.OpenAsync(November);
        await stage.Scene.PlaceAsync(_group, _anne, new("Un bus de plus"));
        await stage.Scene.PublishAsync(_group, _anne, "La suite", "Un mot.");

        var taken = await SendAsync(page, ("Input.Gesture", "reprendre"));

        Assert.Contains("Le brouillon du mois est repris.", taken.Text, StringComparison.Ordinal);
        Assert.StartsWith("En novembre 2026\u00a0: 2 revues, 2 articles", taken.ValueOf("Input.Body"), StringComparison.Ordinal);
        Assert.Equal(1, Times(taken.ValueOf("Input.Body")!, "La rivière remonte"));
    }

    [Fact]
    public async Task Autosave_WhatWasTyped_ThereUntilPublished()
    {
        await _byAnne.PostAsync("/brouillons", ("cle", EditorialForm.DraftKey(_group.Id, 202610)), ("texte", "À moitié"));
        var page = await _byAnne.OpenAsync($"{Veille}/edito");
        Assert.Equal(EditorialForm.DraftKey(_group.Id, 202610), page.Document.QuerySelector("[data-brouillon]")!.GetAttribute("data-brouillon"));
        Assert.Equal("À moitié", page.ValueOf("Input.Body"));
        Assert.Equal("", (await _byAnne.OpenAsync(November)).ValueOf("Input.Body"));

        await SendAsync(page, ("Input.Body", "Fini."));

        Assert.Equal("", (await _byAnne.OpenAsync($"{Veille}/edito")).ValueOf("Input.Body"));
    }

    [Fact]
    public async Task Publish_ByAnAnimator_PageListStreamSearchAndMail()
    {
        await stage.Scene.JoinAsync(_group, _luc, level: MailLevel.Everything);

        var page = await SendAsync(await _byAnne.OpenAsync(November), ("Input.Title", "La passerelle himalayenne"), ("Input.Body", "Un mois **vertigineux**."), ("Input.Tags", "Ponts"));
        var id = IdOf(page);

        Assert.Equal($"{Veille}/editos/{id}-la-passerelle-himalayenne?fait=publie", page.Address);
        foreach (var words in (string[])["Édito, novembre 2026", "La passerelle himalayenne", "Un mois vertigineux.", "Ponts", "Anne Essai", "publié le 23 novembre"]) Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.Equal(["Novembre 2026"], (await _byLuc.OpenAsync($"{Veille}/editos")).Document.QuerySelectorAll(".principal h2").Select(h => h.TextContent));
        var letter = Assert.Single(await stage.LettersAsync(_luc.Email));
        foreach (var words in (string[])["La passerelle himalayenne", "vertigineux"]) Assert.Contains(words, letter.Text, StringComparison.Ordinal);
        Assert.Contains(id, (await _byLuc.OpenAsync("/recherche?q=himalayennes")).Body, StringComparison.Ordinal);
        Assert.Contains("a publié l’édito", (await _byLuc.OpenAsync("/moi/nouveautes")).Text, StringComparison.Ordinal);
        Assert.Contains("href=\"groupes/" + $"{_group.Slug}/veille/editos\"", (await _byLuc.OpenAsync(Veille)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_TheSameFormTwiceOrAtOnce_OneEdito()
    {
        var page = await _byAnne.OpenAsync(November);
        (string, string?)[] fields = [("Input.Title", "Une seule fois"), ("Input.Body", "Texte.")];

        var sent = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SendAsync(page, fields)));
        var late = await SendAsync(page, fields);

        Assert.All([.. sent, late], p => Assert.Equal((HttpStatusCode.OK, sent[0].Address), (p.Status, p.Address)));
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Publish_SecondOfTheMonth_KindlyToldAndBothThere()
    {
        await stage.Scene.ServeTerritoryAsync(_group);
        var first = await SlugAsync(await stage.Scene.EditorialAsync(_group, _anne, "Le mois des ponts"));

        var page = await _byAnne.OpenAsync(November);
        Assert.Contains("Novembre 2026 a déjà un édito", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector(".encart a[href*='/veille/editos/'][href$='-le-mois-des-ponts']"));
        Assert.Equal("", page.ValueOf("Input.Title"));
        var second = await SlugAsync(IdOf(await SendAsync(page, ("Input.Title", "Le mois des ponts"), ("Input.Body", "Le même titre, un autre texte."))));

        Assert.Equal("2026-11-le-mois-des-ponts", first);
        Assert.Matches("^2026-11-le-mois-des-ponts-[0-9a-z]{8}$", second);
        var visitor = stage.Instance.Stranger();
        Assert.Contains("Un mois calme.", (await visitor.OpenAsync($"/veille/editos/{first}")).Text, StringComparison.Ordinal);
        Assert.Contains("un autre texte", (await visitor.OpenAsync($"/veille/editos/{second}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_TwoGroupsTheSameTitle_NoneLearnsOfTheOther()
    {
        var zoe = await stage.Scene.MemberAsync("Zoé Essai");
        var hidden = await stage.Scene.VeilleAsync(zoe, "Veille masquée", GroupVisibility.Hidden);
        await stage.Scene.EditorialAsync(hidden, zoe, "Un titre commun");
        await stage.Scene.ServeTerritoryAsync(_group);

        var id = await stage.Scene.EditorialAsync(_group, _anne, "Un titre commun");

        Assert.Equal("2026-11-un-titre-commun", await SlugAsync(id));
    }

    [Fact]
    public async Task Write_WhoDoesNotAnimate_RefusedAndNothingWritten()
    {
        var outsider = await stage.AsAsync(await stage.Scene.MemberAsync("Zoé Essai"));
        var posted = await _byLuc.PostAsync(November, ("_handler", "ecrire"), ("Input.Title", "Pas à moi"), ("Input.Body", "Texte"), ("Input.Audience", "Group"));
        var visitor = await stage.Instance.Stranger().OpenAsync(November);

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], [(await _byLuc.OpenAsync(November)).Status, (await outsider.OpenAsync(November)).Status, posted.Status]);
        Assert.StartsWith("/connexion", visitor.Address, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _byAnne.OpenAsync(November)).Status);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Publish_WiderThanTheRevueOrTheGroup_RefusedAtTheAudience()
    {
        await stage.Scene.SetVeilleAsync(_group, p => p.Audience = Audience.Platform);
        using var program = await stage.Instance.ProgramAsync(_anne.Id);

        var refused = await SendAsync(await _byAnne.OpenAsync(November), ("Input.Title", "Trop large"), ("Input.Body", "Texte"), ("Input.Audience", "Public"));
        using var byProgram = await program.PostAsJsonAsync($"groups/{_group.Slug}/editorials", new { title = "Trop large", body = "Texte", audience = "public" });
        using var unknown = await program.PostAsJsonAsync($"groups/{_group.Slug}/editorials", new { title = "Inconnue", body = "Texte", audience = "tous" });

        Assert.Contains("L’édito ne peut pas être lu plus largement que la revue", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Texte", refused.ValueOf("Input.Body"));
        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity], [byProgram.StatusCode, unknown.StatusCode]);
        Assert.Equal(0, await CountAsync());
    }

    [Theory]
    [InlineData(Audience.Platform, HttpStatusCode.OK, HttpStatusCode.NotFound)]
    [InlineData(Audience.Group, HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    public async Task Editorial_ByItsAudience_NotFoundToOthersOnEveryChannel(Audience audience, HttpStatusCode outsider, HttpStatusCode visitor)
    {
        await stage.Scene.ServeTerritoryAsync(_group, audience);
        var id = await stage.Scene.EditorialAsync(_group, _anne, "Titre zqréservé", "Mot zqréservé", tags: "zqréservé");
        var slug = await SlugAsync(id);
        using var byVisitor = stage.Instance.Browser();
        using var byOutsider = await stage.Instance.SignedInAsync((await stage.Scene.MemberAsync("Zoé Essai")).Id);
        using var byMember = await stage.Instance.SignedInAsync(_luc.Id);

        foreach (var address in (string[])[$"/veille/editos/{slug}", $"/veille/editos/{id}", $"{Veille}/editos/{id}", $"{Veille}/editos/{slug}", $"{Veille}/editos/{id}/historique"])
            Assert.Equal((address, visitor, outsider, HttpStatusCode.OK), (address, (await byVisitor.GetAsync(address)).StatusCode, (await byOutsider.GetAsync(address)).StatusCode, (await byMember.GetAsync(address)).StatusCode));
        foreach (var address in (string[])["/veille", "/veille/editos", $"{Veille}/editos", "/veille/editos.atom", $"{Veille}/editos.json", $"{Veille}/flux.rss"])
        {
            Assert.DoesNotContain("zqréservé", await TextAsync(byVisitor, address), StringComparison.Ordinal);
            Assert.Equal((address, outsider == HttpStatusCode.OK), (address, (await TextAsync(byOutsider, address)).Contains("zqréservé", StringComparison.Ordinal)));
            Assert.Contains("zqréservé", await TextAsync(byMember, address), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Editorial_PublicOfTheTerritory_ReadWithoutSigningIn()
    {
        await stage.Scene.ServeTerritoryAsync(_group);
        var id = await stage.Scene.EditorialAsync(_group, _anne, "Le mois du vent", "Un mois **calme**.\n\n## La suite\n\nEncore.");
        await stage.Scene.EditorialAsync(_group, _anne, "Celui d’avant", month: 202610);
        var visitor = stage.Instance.Stranger();

        var front = await visitor.OpenAsync("/veille");
        var list = await visitor.OpenAsync("/veille/editos");
        var page = await visitor.OpenAsync("/veille/editos/2026-11-le-mois-du-vent");

        Assert.NotNull(front.Document.QuerySelector(".edito-annonce a[href='veille/editos/2026-11-le-mois-du-vent']"));
        Assert.Equal(["Novembre 2026", "Octobre 2026"], list.Document.QuerySelectorAll(".principal h2").Select(h => h.TextContent));
        Assert.Equal("Le mois du vent", page.Document.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal("La suite", page.Document.QuerySelector(".edito h2")!.TextContent);
        Assert.Contains("Connectez-vous pour commenter.", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main a[href^='annuaire'], main button[name='geste']"));
        Assert.NotNull(page.Document.QuerySelector("aside a[href='veille/editos/2026-10-celui-d-avant']"));
        Assert.EndsWith("/veille/editos/2026-11-le-mois-du-vent", page.Document.QuerySelector("link[rel='canonical']")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.EndsWith("/veille/editos/2026-11-le-mois-du-vent", (await _byLuc.OpenAsync($"{Veille}/editos/{id}")).Document.QuerySelector("link[rel='canonical']")!.GetAttribute("href"), StringComparison.Ordinal);
        foreach (var type in (string[])["application/rss+xml", "application/rdf+xml", "application/atom+xml", "application/feed+json"])
            Assert.Single(page.Document.QuerySelectorAll($"head link[rel='alternate'][type='{type}'][href^='/veille/editos.']"));
        foreach (var shown in (VisitedPage[])[list, page]) Assert.Equal(["rss", "rdf", "atom", "json"], shown.Document.QuerySelectorAll(".revue-formats a[href^='veille/editos.']").Select(a => a.GetAttribute("href")!.Split('.')[1]));
        Assert.NotNull(front.Document.QuerySelector(".revue-suivre a[href='veille/editos.rss']"));
        Assert.NotNull(front.Document.QuerySelector(".revue-formats a[href='veille/flux.rss']"));
    }

    [Fact]
    public async Task Correct_TitleAndText_TraceKeptAndAddressesTheSame()
    {
        await stage.Scene.ServeTerritoryAsync(_group);
        var id = await stage.Scene.EditorialAsync(_group, _anne, "Le mois de l’ô", "Un mot avec une fote.");
        var slug = await SlugAsync(id);
        stage.Later();

        var corrected = await SendAsync(await _byAnne.OpenAsync($"{Veille}/editos/{id}/modifier"), ("Input.Title", "Le mois de l’eau"), ("Input.Body", "Un mot sans faute."));

        Assert.Contains("La correction est publiée.", corrected.Text, StringComparison.Ordinal);
        Assert.Contains("corrigé le 23 novembre", corrected.Text, StringComparison.Ordinal);
        var page = await stage.Instance.Stranger().OpenAsync($"/veille/editos/{slug}");
        foreach (var words in (string[])["Le mois de l’eau", "Un mot sans faute.", "corrigé le 23 novembre"]) Assert.Contains(words, page.Text, StringComparison.Ordinal);
        var history = await _byLuc.OpenAsync("/" + page.Document.QuerySelector("main a[href$='/historique']")!.GetAttribute("href"));
        Assert.Contains("fote", history.Document.QuerySelector("main del")!.TextContent + history.Text, StringComparison.Ordinal);
        await using var db = stage.Instance.Open(Viewer.System);
        var revision = await db.Revisions.SingleAsync(r => r.Item.GroupId == _group.Id);
        Assert.Equal(("Le mois de l’ô", "Un mot avec une fote.", _anne.Id), (revision.Title, revision.Body, revision.EditorId));
    }

    [Fact]
    public async Task Correct_SomebodyDidMeanwhile_BothTextsShownAndNothingLost()
    {
        var id = await stage.Scene.EditorialAsync(_group, _anne, "Le mois de l’eau");
        var address = $"{Veille}/editos/{id}/modifier";
        var stale = await _byAnne.OpenAsync(address);
        await SendAsync(await _byAnne.OpenAsync(address), ("Input.Body", "Le texte de l’autre."));

        var refused = await SendAsync(stale, ("Input.Body", "Mon texte."));
        Assert.True(refused.Refuses("Input.Body"));
        Assert.Equal("Mon texte.", refused.ValueOf("Input.Body"));
        Assert.Contains("autre", refused.Document.QuerySelector(".encart")!.TextContent, StringComparison.Ordinal);
        var saved = await SendAsync(refused);

        Assert.Contains("Mon texte.", saved.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Correct_ByAMemberOrAStranger_Refused()
    {
        var id = await stage.Scene.EditorialAsync(_group, _anne, "Le mois de l’eau", audience: Audience.Group);
        var outsider = await stage.AsAsync(await stage.Scene.MemberAsync("Zoé Essai"));

        var statuses = new[]
        {
            (await _byLuc.OpenAsync($"{Veille}/editos/{id}/modifier")).Status, (await outsider.OpenAsync($"{Veille}/editos/{id}/modifier")).Status,
            (await _byLuc.PostAsync($"{Veille}/editos/{id}/gestes", ("geste", "retirer"))).Status, (await outsider.PostAsync($"{Veille}/editos/{id}/gestes", ("geste", "retirer"))).Status,
        };

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.NotFound], statuses);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Remove_ThenUndo_GoneAndBack()
    {
        var id = await stage.Scene.EditorialAsync(_group, _anne, "Éphémère");

        var removed = await _byAnne.SendAsync(await _byAnne.OpenAsync($"{Veille}/editos/{id}"), "button[value='retirer']");
        Assert.Contains("L’édito est à la corbeille.", removed.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _byLuc.OpenAsync($"{Veille}/editos/{id}")).Status);
        var back = await _byAnne.SendAsync(removed, "button[value='retablir']");

        Assert.Contains("L’édito est rétabli.", back.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _byLuc.OpenAsync($"{Veille}/editos/{id}")).Status);
    }

    [Fact]
    public async Task Page_CommentReactAndFollow_TakenUp()
    {
        var id = await stage.Scene.EditorialAsync(_group, _anne, "À commenter");
        var address = $"{Veille}/editos/{id}";

        var commented = await _byLuc.SendAsync(await _byLuc.OpenAsync(address), "#repondre", ("Body", "Très **juste**"));
        var thanked = await _byLuc.SendAsync(await _byLuc.OpenAsync(address), "#gestes button[value='merci:0']");
        var muted = await _byLuc.SendAsync(thanked, "button[value='sourdine']");

        Assert.Equal("juste", commented.Document.QuerySelector("#r1 .prose strong")!.TextContent);
        Assert.Equal("Merci 1", thanked.Document.QuerySelector("#gestes [aria-pressed='true']")!.TextContent);
        Assert.Equal("true", muted.Document.QuerySelector("button[value='sourdine']")!.GetAttribute("aria-pressed"));
        Assert.Empty((await _byAnne.OpenAsync(address)).Document.QuerySelectorAll("#gestes button"));
    }

    [Fact]
    public async Task Api_PublishedCorrectedAndListed_AsThePagesSay()
    {
        await stage.Scene.ServeTerritoryAsync(_group);
        using var anne = await stage.Instance.ProgramAsync(_anne.Id);
        using var luc = await stage.Instance.ProgramAsync(_luc.Id);

        using var badMonth = await anne.PostAsJsonAsync($"groups/{_group.Slug}/editorials", new { title = "Titre", body = "Texte", month = "novembre" });
        using var toCome = await anne.PostAsJsonAsync($"groups/{_group.Slug}/editorials", new { title = "Titre", body = "Texte", month = "2026-12" });
        using var forbidden = await luc.PostAsJsonAsync($"groups/{_group.Slug}/editorials", new { title = "Titre", body = "Texte" });
        var made = await (await anne.PostAsJsonAsync($"groups/{_group.Slug}/editorials", new { title = "Le mois de l’eau", body = "Un **mot**.", month = "2026-09", tags = (string[])["eau"] })).Content.ReadFromJsonAsync<JsonElement>();
        var id = made.GetProperty("id").GetString();
        var changed = await (await anne.PatchAsJsonAsync($"editorials/{id}", new { body = "Un autre mot." })).Content.ReadFromJsonAsync<JsonElement>();
        using var stale = await anne.PatchAsJsonAsync($"editorials/{id}", new { body = "Trop tard.", version = 1 });
        var listed = (await luc.GetFromJsonAsync<JsonElement>("veille/editorials")).GetProperty("items");

        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Forbidden, HttpStatusCode.UnprocessableEntity], [badMonth.StatusCode, toCome.StatusCode, forbidden.StatusCode, stale.StatusCode]);
        Assert.Contains("Choisissez un mois", await badMonth.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(("2026-09", "public", "<p>Un <strong>mot</strong>.</p>", "eau"), (made.GetProperty("month").GetString(), made.GetProperty("audience").GetString(), made.GetProperty("bodyHtml").GetString()!.Trim(), made.GetProperty("tags")[0].GetString()));
        Assert.Equal(("Un autre mot.", "Le mois de l’eau", JsonValueKind.String), (changed.GetProperty("body").GetString(), changed.GetProperty("title").GetString(), changed.GetProperty("correctedAt").ValueKind));
        Assert.Equal(id, Assert.Single(listed.EnumerateArray()).GetProperty("id").GetString());
    }

    private Task<VisitedPage> SendAsync(VisitedPage page, params (string Name, string? Value)[] fields) => _byAnne.SendAsync(page, Form, fields);

    private static string IdOf(VisitedPage page) => page.Address.Split("/editos/")[1][..ShortIds.Length];

    private static int Times(string text, string words) => text.Split(words).Length - 1;

    // Comments by members on the find of an article.
    private async Task DiscussAsync(string title, params string[] comments)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var find = await db.Items.Where(i => i.GroupId == _group.Id && i.Kind == VeilleModule.FindKind && i.Title == title).Select(i => i.ShortId).SingleAsync();
        foreach (var comment in comments) await stage.Scene.AnswerAsync(find, _anne, comment);
    }

    private async Task<string> SlugAsync(string shortId)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<Editorial>().Where(e => e.Item.ShortId == shortId).Select(e => e.Slug).SingleAsync();
    }

    private async Task<int> CountAsync()
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<Editorial>().CountAsync(e => e.Item.GroupId == _group.Id);
    }

    private static async Task<string> TextAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(address);
        return System.Text.RegularExpressions.Regex.Replace(await answer.Content.ReadAsStringAsync(), @"\\u([0-9a-fA-F]{4})", m => $"{(char)Convert.ToInt32(m.Groups[1].Value, 16)}");
    }
}
