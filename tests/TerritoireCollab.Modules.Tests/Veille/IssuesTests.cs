using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Preparing, publishing, correcting and reading the revue, by its pages and without script.</summary>
public sealed class IssuesTests(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private const string Form = ".revue-preparation";

    private Member _anne = null!;
    private Member _luc = null!;
    private Group _group = null!;
    private Visitor _byAnne = null!;
    private Visitor _byLuc = null!;

    private string Prepare => $"/groupes/{_group.Slug}/veille/revue";

    private string Archives => $"/groupes/{_group.Slug}/veille/revues";

    public async ValueTask InitializeAsync()
    {
        (_anne, _luc) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        _group = await stage.Scene.VeilleAsync(_anne, members: _luc);
        (_byAnne, _byLuc) = (await stage.AsAsync(_anne), await stage.AsAsync(_luc));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Prepare_TwoArticlesAndAWord_ShownAsReadersWillGetThem()
    {
        await stage.Scene.SetVeilleAsync(_group, p => (p.Rubrics, p.Audience) = ("Eau\nMobilité", Audience.Group));
        await stage.Scene.PlaceAsync(_group, _anne, new("Un bus de plus") { Rubric = "Mobilité", Line = "À lire avant la réunion", Source = "La Gazette" });
        await stage.Scene.PlaceAsync(_group, _anne, new("La rivière remonte") { Rubric = "Eau", Finder = _luc, Author = "Zoé Plume" });

        var saved = await _byAnne.SendAsync(await _byAnne.OpenAsync(Prepare), Form, ("Input.Title", "Eaux vives"), ("Input.Introduction", "Une semaine **chargée**."), ("Input.Gesture", "enregistrer"));

        Assert.Equal(HttpStatusCode.OK, saved.Status);
        Assert.Contains("La revue est enregistrée.", saved.Text, StringComparison.Ordinal);
        Assert.Contains("Semaine 48, du 23 au 29 novembre 2026", saved.Text, StringComparison.Ordinal);
        Assert.Contains("2 articles · Sera lue par les 2 membres du groupe.", saved.Text, StringComparison.Ordinal);
        var sheet = saved.Document.QuerySelector(".revue-feuille")!;
        Assert.Equal(["Eau", "Mobilité"], sheet.QuerySelectorAll(".revue-rubrique > h2").Select(h => h.TextContent));
        Assert.Equal(["La rivière remonte", "Un bus de plus"], sheet.QuerySelectorAll(".revue-article h3").Select(h => h.TextContent));
        Assert.Contains("chargée", sheet.QuerySelector(".revue-mot strong")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("gazette.exemple.invalid, Zoé Plume · 20\u00a0novembre", sheet.TextContent, StringComparison.Ordinal);
        Assert.Contains("Trouvé par Luc Essai", sheet.TextContent, StringComparison.Ordinal);
        Assert.Contains("À lire avant la réunion", sheet.TextContent, StringComparison.Ordinal);
        Assert.All(sheet.QuerySelectorAll(".revue-article h3 a"), a => Assert.Equal("noopener noreferrer", a.GetAttribute("rel")));
    }

    [Fact]
    public async Task Prepare_ByAMemberOrAnotherGroupsAnimator_SameAnswerAsAbsent()
    {
        await stage.Scene.PlaceAsync(_group, _anne, new("Un article"));
        var stranger = await stage.Scene.MemberAsync("Zoé Essai");
        await stage.Scene.VeilleAsync(stranger, "Une autre veille");

        var byMember = await _byLuc.OpenAsync(Prepare);
        var byStranger = await (await stage.AsAsync(stranger)).OpenAsync(Prepare);
        var posted = await _byLuc.PostAsync(Prepare, ("_handler", "preparer"), ("Input.Number", "1"), ("Input.Introduction", "Pas à moi"));

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], [byMember.Status, byStranger.Status, posted.Status]);
        Assert.Equal(HttpStatusCode.OK, (await _byAnne.OpenAsync(Prepare)).Status);
        Assert.Null((await IssueAsync()).Introduction);
    }

    [Fact]
    public async Task Publish_Confirmed_PageListStreamAndMailWithTheSameArticles()
    {
        await stage.Scene.JoinAsync(_group, _luc, level: MailLevel.Everything);
        var card = await stage.Scene.PlaceAsync(_group, _anne, new("La rivière remonte") { Rubric = "Eau", Line = "Bonne nouvelle *vraiment*", Finder = _luc, Chosen = "Deux mètres de plus qu’en octobre." });
        var asked = await _byAnne.SendAsync(await _byAnne.OpenAsync(Prepare), Form, ("Input.Title", "Eaux vives"), ("Input.Introduction", "Une semaine **chargée**."), ("Input.Gesture", "confirmer"));
        Assert.Contains("Publier la revue n° 1 maintenant", asked.Text, StringComparison.Ordinal);
        Assert.Contains("1 article. Sera lue par les", asked.Text, StringComparison.Ordinal);

        var page = await _byAnne.SendAsync(asked, "form:has([name='Confirmed'])");

        Assert.Contains("La revue est publiée.", page.Text, StringComparison.Ordinal);
        Assert.Matches($"^{Archives}/[0-9a-z]{{8}}\\?", page.Address);
        foreach (var words in (string[])["Revue n° 1", "Eaux vives", "Une semaine chargée.", "La rivière remonte", "Bonne nouvelle *vraiment*", "Deux mètres de plus qu’en octobre.", "Trouvé par Luc Essai"]) Assert.Contains(words, page.Text, StringComparison.Ordinal);
        // Whoever has read it on the site already gets no mail of it.
        var letter = Assert.Single(await stage.LettersAsync(_luc.Email));
        Assert.Contains("Eaux vives", (await _byLuc.OpenAsync(Archives)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _byLuc.OpenAsync(Archives + "/1")).Status);
        foreach (var words in (string[])["Eaux vives", "La rivière remonte", "Bonne nouvelle *vraiment*", "Deux mètres de plus qu’en octobre.", "https://gazette.exemple.invalid/"]) Assert.Equal(2, Times(letter.Text, words) is >= 2 ? 2 : 0);
        await using var db = stage.Instance.Open(Viewer.System);
        var entry = await db.Set<PoolEntry>().SingleAsync(e => e.Id == card);
        Assert.Equal((PoolState.Published, true), (entry.State, entry.IssueId is not null));
    }

    [Fact]
    public async Task Preview_OfTheLetter_TheSameArticlesInBothFormsForAnimatorsAlone()
    {
        await stage.Scene.PlaceAsync(_group, _anne, new("La rivière remonte") { Rubric = "Eau", Line = "Bonne <nouvelle>", Chosen = "Deux mètres de plus." });
        await _byAnne.SendAsync(await _byAnne.OpenAsync(Prepare), Form, ("Input.Title", "Eaux vives"), ("Input.Introduction", "Une semaine **chargée**."));
        using var browser = await stage.Instance.SignedInAsync(_anne.Id);

        using var letter = await browser.GetAsync(Prepare + "/courriel");
        var text = await browser.GetStringAsync(Prepare + "/courriel.txt");
        var html = WebUtility.HtmlDecode(await letter.Content.ReadAsStringAsync());

        foreach (var words in (string[])["Eaux vives", "Eau", "La rivière remonte", "Bonne <nouvelle>", "Deux mètres de plus.", "Une semaine", "rien n’a été envoyé", "https://gazette.exemple.invalid/"])
        {
            Assert.Contains(words, html, StringComparison.Ordinal);
            Assert.Contains(words, text, StringComparison.Ordinal);
        }

        Assert.Contains("sandbox", letter.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.NotNull((await _byAnne.OpenAsync(Prepare)).Document.QuerySelector("a[href$='/veille/revue/courriel']"));
        foreach (var form in (string[])["/courriel", "/courriel.txt"]) Assert.Equal(HttpStatusCode.NotFound, (await _byLuc.OpenAsync(Prepare + form)).Status);
        Assert.Empty(await stage.LettersAsync(_anne.Email));
    }

    [Fact]
    public async Task Publish_NothingInIt_RefusedWithASentence()
    {
        var page = await _byAnne.SendAsync(await _byAnne.OpenAsync(Prepare), Form, ("Input.Title", "Vide"), ("Input.Gesture", "confirmer"));
        var ready = await _byAnne.SendAsync(await _byAnne.OpenAsync(Prepare), Form, ("Input.Gesture", "prete"));

        Assert.Contains("Il n’y a encore rien à publier", page.Text, StringComparison.Ordinal);
        Assert.True(ready.Refuses("Input.Introduction"));
        Assert.Equal(0, await PublishedAsync());
    }

    [Fact]
    public async Task Publish_TwentyAtOnce_OneIssueForAll()
    {
        await stage.Scene.PlaceAsync(_group, _anne, new("Un article"));
        var marc = await stage.Scene.MemberAsync("Marc Essai");
        await stage.Scene.JoinAsync(_group, marc, GroupRole.Animator);
        var browsers = new List<(Visitor Visitor, VisitedPage Page)>();
        for (var i = 0; i < 20; i++)
        {
            var visitor = await stage.AsAsync(i % 2 == 0 ? _anne : marc);
            browsers.Add((visitor, await visitor.OpenAsync(Prepare + "?publier=oui")));
        }

        var pages = await Task.WhenAll(browsers.Select(b => b.Visitor.SendAsync(b.Page, "form:has([name='Confirmed'])")));

        Assert.Single(pages.Select(p => p.Address).Distinct());
        Assert.All(pages, p => Assert.Equal(HttpStatusCode.OK, p.Status));
        Assert.Equal(1, await PublishedAsync());
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Set<IssueArticle>().CountAsync(a => a.GroupId == _group.Id));
        Assert.Equal(1, await db.Activities.CountAsync(a => a.GroupId == _group.Id && a.Kind == "item.created"));
    }

    [Fact]
    public async Task Publish_FromAPageOfBefore_NeverTheNextIssue()
    {
        await stage.Scene.PlaceAsync(_group, _anne, new("Un article"));
        var stale = await _byAnne.OpenAsync(Prepare + "?publier=oui");
        await _byAnne.SendAsync(stale, "form:has([name='Confirmed'])");
        await stage.Scene.PlaceAsync(_group, _anne, new("Pour la suivante"));

        var again = await _byAnne.SendAsync(stale, "form:has([name='Confirmed'])");

        Assert.Contains("Revue n° 1", again.Text, StringComparison.Ordinal);
        Assert.Equal(1, await PublishedAsync());
        Assert.Equal(2, (await IssueAsync()).Number);
    }

    [Fact]
    public async Task Save_OtherAnimatorSavedMeanwhile_BothTextsShownThenKept()
    {
        await stage.Scene.PlaceAsync(_group, _anne, new("Un article"));
        var first = await _byAnne.SendAsync(await _byAnne.OpenAsync(Prepare), Form, ("Input.Introduction", "Le mot d’Anne"), ("Input.Gesture", "enregistrer"));
        var stale = await _byAnne.OpenAsync(Prepare);
        await _byAnne.SendAsync(first, Form, ("Input.Introduction", "Le second mot"), ("Input.Gesture", "enregistrer"));

        var refused = await _byAnne.SendAsync(stale, Form, ("Input.Introduction", "Le mot en retard"), ("Input.Gesture", "enregistrer"));
        Assert.True(refused.Refuses("Input.Introduction"));
        Assert.Equal("Le mot en retard", refused.ValueOf("Input.Introduction"));
        Assert.Contains("Le second mot", refused.Text, StringComparison.Ordinal);
        await _byAnne.SendAsync(refused, Form, ("Input.Gesture", "enregistrer"));

        Assert.Equal("Le mot en retard", (await IssueAsync()).Introduction);
    }

    [Fact]
    public async Task Prepare_Draft_KeptForWhoTypesUntilSaved()
    {
        await _byAnne.PostAsync("/brouillons", ("cle", IssueForm.DraftKey(_group.Id, 1)), ("texte", "À moitié"));

        var page = await _byAnne.OpenAsync(Prepare);
        Assert.Equal("À moitié", page.ValueOf("Input.Introduction"));
        var saved = await _byAnne.SendAsync(page, Form, ("Input.Introduction", "Fini"), ("Input.Gesture", "enregistrer"));

        Assert.Equal("Fini", saved.ValueOf("Input.Introduction"));
    }

    [Fact]
    public async Task Ready_HourPassedOrUnreadable_RefusedAndNothingLost()
    {
        await stage.Scene.PlaceAsync(_group, _anne, new("Un article"));
        foreach (var (date, hour) in new[] { ("2020-01-06", "08:00"), ("demain", "08:00"), ("2031-01-06", "08:00") })
        {
            var page = await _byAnne.SendAsync(await _byAnne.OpenAsync(Prepare), Form, ("Input.Introduction", "Un mot"), ("Input.Date", date), ("Input.Hour", hour), ("Input.Gesture", "prete"));
            Assert.True(page.Refuses("Input.Date"), date);
            Assert.Equal("Un mot", page.ValueOf("Input.Introduction"));
        }

        Assert.Equal(IssueState.Draft, (await IssueAsync()).State);
    }

    [Fact]
    public async Task Correct_TitleLineAndWord_TraceKeptAndAddressesTheSame()
    {
        await stage.Scene.PlaceAsync(_group, _anne, new("La riviere remonte") { Line = "Bonne nouvele" });
        var id = await stage.Scene.PublishAsync(_group, _anne, "Eaux vives", "Un mot avec une fote.");
        await using (var before = stage.Instance.Open(Viewer.System)) Assert.Equal(0, await before.Revisions.CountAsync(r => r.Item.GroupId == _group.Id));
        stage.Later();

        var corrected = await _byAnne.SendAsync(await _byAnne.OpenAsync($"{Archives}/{id}/corriger"), "form.formulaire",
            ("Input.Introduction", "Un mot sans faute."), ("Input.Articles[0].Title", "La rivière remonte"), ("Input.Articles[0].Line", "Bonne nouvelle"));

        Assert.Equal($"{Archives}/{id}?fait=corrigee", corrected.Address);
        Assert.Contains("corrigée le 23 novembre", corrected.Text, StringComparison.Ordinal);
        foreach (var words in (string[])["Un mot sans faute.", "La rivière remonte", "Bonne nouvelle"]) Assert.Contains(words, corrected.Text, StringComparison.Ordinal);
        await using var db = stage.Instance.Open(Viewer.System);
        var revision = await db.Revisions.SingleAsync(r => r.Item.GroupId == _group.Id);
        foreach (var words in (string[])["une fote", "La riviere remonte", "Bonne nouvele"]) Assert.Contains(words, revision.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _byLuc.OpenAsync($"{Archives}/{id}/corriger")).Status);
    }

    [Fact]
    public async Task Correct_FieldEmptied_RefusedAtTheFieldAndNothingLost()
    {
        await stage.Scene.PlaceAsync(_group, _anne, new("La rivière remonte"));
        var id = await stage.Scene.PublishAsync(_group, _anne);

        var refused = await _byAnne.SendAsync(await _byAnne.OpenAsync($"{Archives}/{id}/corriger"), "form.formulaire", ("Input.Introduction", "Un mot"), ("Input.Articles[0].Title", ""), ("Input.Articles[0].Line", "Une ligne"));

        Assert.True(refused.Refuses("Input.Articles[0].Title"));
        Assert.Equal(("Un mot", "Une ligne"), (refused.ValueOf("Input.Introduction"), refused.ValueOf("Input.Articles[0].Line")));
        Assert.Contains("La rivière remonte", (await _byLuc.OpenAsync($"{Archives}/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_ThenUndo_GoneAndBack()
    {
        await stage.Scene.PlaceAsync(_group, _anne, new("Un article"));
        var id = await stage.Scene.PublishAsync(_group, _anne, "Éphémère");

        var removed = await _byAnne.SendAsync(await _byAnne.OpenAsync($"{Archives}/{id}"), "button[value='retirer']");
        Assert.Contains("La revue est à la corbeille.", removed.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _byLuc.OpenAsync($"{Archives}/{id}")).Status);
        var back = await _byAnne.SendAsync(removed, "button[value='retablir']");

        Assert.Contains("Éphémère", back.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _byLuc.OpenAsync($"{Archives}/{id}")).Status);
    }

    [Fact]
    public async Task Comment_OnTheIssue_PublishedReactedAndTakenBack()
    {
        await stage.Scene.PlaceAsync(_group, _anne, new("Un article"));
        var id = await stage.Scene.PublishAsync(_group, _anne, "À commenter");

        var empty = await _byLuc.SendAsync(await _byLuc.OpenAsync($"{Archives}/{id}"), "#repondre", ("Body", " "));
        var written = await _byLuc.SendAsync(empty, "#repondre", ("Body", "Très **utile**"));
        Assert.True(empty.Refuses("Body"));
        Assert.Contains("Votre commentaire est publié.", written.Text, StringComparison.Ordinal);
        Assert.Equal("utile", written.Document.QuerySelector("#r1 .prose strong")!.TextContent);
        var thanked = await _byAnne.SendAsync(await _byAnne.OpenAsync($"{Archives}/{id}"), "#r1 button[value='merci:1']");
        Assert.Contains("Merci 1", thanked.Text, StringComparison.Ordinal);
        var removed = await _byLuc.SendAsync(await _byLuc.OpenAsync($"{Archives}/{id}"), "button[value='retirer-reponse:1']");
        Assert.DoesNotContain("Très utile", removed.Text, StringComparison.Ordinal);
        var back = await _byLuc.SendAsync(removed, "button[value='retablir-reponse:1']");

        Assert.Contains("Très utile", back.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Article_ItsDiscussion_OfTheFindForMembersElseOfTheIssue()
    {
        await stage.Scene.SetVeilleAsync(_group, p => p.Audience = Audience.Platform);
        await stage.Scene.PlaceAsync(_group, _anne, new("Une trouvaille") { Finder = _luc });
        var id = await stage.Scene.PublishAsync(_group, _anne);
        var outsider = await stage.AsAsync(await stage.Scene.MemberAsync("Zoé Essai"));

        string Discussion(VisitedPage page) => page.Document.QuerySelector(".revue-commenter")!.GetAttribute("href")!;

        Assert.StartsWith($"groupes/{_group.Slug}/veille/trouvailles/", Discussion(await _byLuc.OpenAsync($"{Archives}/{id}")), StringComparison.Ordinal);
        Assert.Equal($"groupes/{_group.Slug}/veille/revues/{id}#commentaires", Discussion(await outsider.OpenAsync($"{Archives}/{id}")));
    }

    [Fact]
    public async Task Page_HostileArticle_InertOnPageAndInMail()
    {
        await stage.Scene.JoinAsync(_group, _luc, level: MailLevel.Everything);
        await stage.Scene.PlaceAsync(_group, _anne, new("<script>alert(1)</script> [x](javascript:alert(2)) @" + _luc.Handle)
        {
            Address = "https://hostile.exemple.invalid/?a=1&copy;=<b>\"'", Line = "\"><img src=x onerror=alert(3)> # titre\n- liste", Excerpt = "![i](https://pisteur.invalid/p.png) `x` <https://a.invalid> www.b.invalid", Rubric = "# \u202Ebutsir",
        });
        var id = await stage.Scene.PublishAsync(_group, _anne, "Titre");

        var mail = Assert.Single(await stage.LettersAsync(_luc.Email));
        var page = await _byLuc.OpenAsync($"{Archives}/{id}");

        Assert.Contains("<script>alert(1)</script> [x](javascript:alert(2)) @" + _luc.Handle, page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main script:not([src]), main img[src='x'], a[href^='javascript']"));
        Assert.DoesNotContain("pisteur.invalid/p.png\"", mail.Text, StringComparison.Ordinal);
        Assert.Contains("hostile.exemple.invalid/?a=1&copy;=%3Cb%3E%22", mail.Text, StringComparison.Ordinal);
        Assert.Contains("[x](javascript:alert(2))", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_OfALongIssue_HoldsEveryArticleUnderTheCut()
    {
        await stage.Scene.JoinAsync(_group, _luc, level: MailLevel.Everything);
        var long600 = string.Join(' ', Enumerable.Repeat("Une phrase (assez longue), avec des signes : « été », [x] & co.", 12))[..590];
        for (var i = 1; i <= 40; i++) await stage.Scene.PlaceAsync(_group, _anne, new($"Article numéro {i:00}") { Rubric = $"Rubrique {i / 10}", Line = "Une ligne de l’animatrice.", Chosen = long600 });
        await stage.Scene.PublishAsync(_group, _anne, "Longue", "Un mot.");

        await stage.Instance.SettleAsync();
        var mail = Assert.Single(stage.Instance.Mails(), m => m.Contains($"<{_luc.Email}>", StringComparison.OrdinalIgnoreCase));

        Assert.InRange(mail.Length, 20_000, 102 * 1024);
        var text = Letter.Of(mail).Text;
        Assert.All(Enumerable.Range(1, 40), i => Assert.True(Times(text, $"Article numéro {i:00}") >= 2, $"{i}"));
    }

    private static int Times(string text, string words) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Split(words).Length - 1;

    private async Task<Issue> IssueAsync()
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<Issue>().AsNoTracking().Where(i => i.GroupId == _group.Id).OrderByDescending(i => i.Number).FirstAsync();
    }

    private async Task<int> PublishedAsync()
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Items.CountAsync(i => i.GroupId == _group.Id && i.Kind == VeilleModule.IssueKind);
    }
}
