using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Articles;

/// <summary>Drafts: for their authors alone, kept whatever goes wrong, written by several, published when they are whole.</summary>
public sealed class DraftTests(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private Member _anne = null!;
    private Member _luc = null!;
    private Member _zoe = null!;
    private Group _group = null!;
    private Visitor _byAnne = null!;
    private Visitor _byLuc = null!;

    private string List => $"/groupes/{_group.Slug}/articles";

    public async ValueTask InitializeAsync()
    {
        (_anne, _luc, _zoe) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        _group = await stage.Scene.GroupAsync("Groupe d’essai", _zoe, members: [_anne, _luc]);
        (_byAnne, _byLuc) = (await stage.AsAsync(_anne), await stage.AsAsync(_luc));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Draft_Saved_SeenByItsAuthorAloneWithItsFutureReaders()
    {
        var saved = await _byAnne.WriteAsync(_group, "enregistrer", ("Input.Title", "Le pont refait"), ("Input.Body", "Il tient."), ("Input.Audience", "Public"));
        var draft = saved.Address.Split('?')[0];

        var list = await _byAnne.OpenAsync(List);
        Assert.Contains("Le pont refait", list.Document.QuerySelector(".brouillons")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Brouillon", list.Document.QuerySelector(".brouillons")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sera lu par tout le monde", list.Text, StringComparison.Ordinal);
        Assert.Equal("Il tient.", (await _byAnne.OpenAsync(draft)).ValueOf("Input.Body"));
        foreach (var other in new[] { _byLuc, await stage.AsAsync(_zoe) })
        {
            var theirs = await other.OpenAsync(List);
            Assert.Equal(HttpStatusCode.OK, theirs.Status);
            Assert.DoesNotContain("Le pont refait", theirs.Text, StringComparison.Ordinal);
            foreach (var address in new[] { draft, draft + "/apercu", draft + "/couverture" }) Assert.Equal(HttpStatusCode.NotFound, (await other.OpenAsync(address)).Status);
        }
    }

    [Fact]
    public async Task Text_KeptWhileTyping_ComesBackInTheFormOfANewArticle()
    {
        var form = await _byAnne.OpenAsync(List + "/nouveau");
        await _byAnne.PostAsync("/brouillons", ("cle", form.Document.QuerySelector("[data-brouillon]")!.GetAttribute("data-brouillon")!), ("texte", "Commencé hier."));

        Assert.Equal("Commencé hier.", (await _byAnne.OpenAsync(List + "/nouveau")).ValueOf("Input.Body"));
        var saved = await _byAnne.WriteAsync(_group, "enregistrer", ("Input.Title", "Hier"));
        Assert.Equal("Commencé hier.", saved.ValueOf("Input.Body"));
        Assert.Equal("", (await _byAnne.OpenAsync(List + "/nouveau")).ValueOf("Input.Body"));
    }

    [Fact]
    public async Task Text_KeptWhileTypingOverASavedDraft_TakenUp()
    {
        var draft = $"{List}/brouillons/{await stage.Scene.DraftAsync(_group, _anne, "Le puits", "Avant."):N}";
        var form = await _byAnne.OpenAsync(draft);
        await _byAnne.PostAsync("/brouillons", ("cle", form.Document.QuerySelector("[data-brouillon]")!.GetAttribute("data-brouillon")!), ("texte", "Après."));

        var again = await _byAnne.OpenAsync(draft);
        Assert.Equal("Après.", again.ValueOf("Input.Body"));
        Assert.Contains("Votre texte non enregistré a été repris.", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_SavedByTwoAuthorsAtOnce_BothTextsShownAndSavingAgainIsAChoice()
    {
        var draft = $"{List}/brouillons/{await stage.Scene.DraftAsync(_group, _anne, "La halle", "Au début.", coAuthors: _luc.Name):N}";
        var (mine, theirs) = (await _byAnne.OpenAsync(draft), await _byLuc.OpenAsync(draft));
        await _byLuc.SendAsync(theirs, ArticlePages.Button("enregistrer"), ("Input.Body", "Le texte de Luc."));

        var refused = await _byAnne.SendAsync(mine, ArticlePages.Button("enregistrer"), ("Input.Body", "Le texte d’Anne."));
        Assert.Equal("Le texte d’Anne.", refused.ValueOf("Input.Body"));
        var differences = refused.Document.QuerySelector(".differences")!;
        Assert.Contains("Luc", differences.QuerySelector("del")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Anne", differences.QuerySelector("ins")!.TextContent, StringComparison.Ordinal);

        var chosen = await _byAnne.SendAsync(refused, ArticlePages.Button("enregistrer"));
        Assert.Equal("Le texte d’Anne.", (await _byLuc.OpenAsync(chosen.Address)).ValueOf("Input.Body"));
    }

    [Fact]
    public async Task Publish_WithoutATitleAndWithAMuteCover_SavedAndSaidAtTheFields()
    {
        var form = await _byAnne.OpenAsync(List + "/nouveau");
        var refused = await _byAnne.SendAsync(form, ArticlePages.Button("publier"), [("Input.Cover", "pont.png", Pictures.Png())], ("Input.Body", "Un long travail."), ("Input.Summary", "En deux mots."));

        Assert.True(refused.Refuses("Input.Title"));
        Assert.True(refused.Refuses("Input.CoverText"));
        Assert.Equal(("Un long travail.", "En deux mots."), (refused.ValueOf("Input.Body"), refused.ValueOf("Input.Summary")));
        Assert.NotNull(refused.Document.QuerySelector("img.article-couverture"));
        Assert.Contains("Sans titre", (await _byAnne.OpenAsync(List)).Document.QuerySelector(".brouillons")!.TextContent, StringComparison.Ordinal);

        var published = await _byAnne.SendAsync(refused, ArticlePages.Button("publier"), ("Input.Title", "Le pont"), ("Input.CoverText", "Le pont vu de la rive"));
        Assert.Equal("Le pont vu de la rive", published.Document.QuerySelector(".article img")!.GetAttribute("alt"));
        Assert.Null((await _byAnne.OpenAsync(List)).Document.QuerySelector(".brouillons"));
    }

    [Fact]
    public async Task CoAuthor_NamedOnADraft_ToldOnceInTheNewsAndByMailAndFindsIt()
    {
        var saved = await _byAnne.WriteAsync(_group, "enregistrer", ("Input.Title", "À deux mains"), ("Input.Body", "Un début."), ("Input.CoAuthors", _luc.Name));
        await _byAnne.SendAsync(await _byAnne.OpenAsync(saved.Address), ArticlePages.Button("enregistrer"), ("Input.Body", "Une suite."));
        await stage.Instance.SettleAsync();

        var news = await _byLuc.OpenAsync("/moi/nouveautes");
        var mine = await _byLuc.OpenAsync("/" + news.Document.QuerySelectorAll("main a").Single(a => a.TextContent.Contains("Vous êtes parmi les auteurs d’un article en préparation", StringComparison.Ordinal)).GetAttribute("href")!.TrimStart('/'));
        Assert.Equal("/moi/brouillons", mine.Address);
        Assert.Contains("À deux mains", mine.Text, StringComparison.Ordinal);
        Assert.Contains("Groupe d’essai · avec Anne Essai", mine.Text, StringComparison.Ordinal);
        Assert.Single(await stage.LettersAsync(_luc.Email), l => l.Text.Contains("Anne Essai a mis votre nom sur ce brouillon", StringComparison.Ordinal));
        Assert.DoesNotContain(await stage.LettersAsync(_anne.Email), l => l.Text.Contains("a mis votre nom", StringComparison.Ordinal));
        Assert.Contains("Aucun brouillon", (await (await stage.AsAsync(_zoe)).OpenAsync("/moi/brouillons")).Text, StringComparison.Ordinal);
        Assert.NotNull((await _byLuc.OpenAsync("/moi")).Document.QuerySelector("a[href='moi/brouillons']"));
    }

    [Fact]
    public async Task Preview_OfADraft_ShowsItsTags()
    {
        var draft = $"{List}/brouillons/{await stage.Scene.DraftAsync(_group, _anne, "Étiqueté", tags: "eau, voirie"):N}";

        var preview = await _byAnne.OpenAsync(draft + "/apercu");

        Assert.Contains(preview.Document.QuerySelectorAll("main .rang"), r => r.TextContent.Contains("eau", StringComparison.Ordinal) && r.TextContent.Contains("voirie", StringComparison.Ordinal));
        Assert.Contains("heure de la plateforme : Paris", (await _byAnne.OpenAsync(draft)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MadeFromAThread_AnswersChosen_QuotedWithTheirAuthors()
    {
        var topic = await stage.Scene.TopicAsync(_group, _anne, "Quel enrobé ?", "Nous cherchons.", question: true);
        var (first, second, third) = (await stage.Scene.AnswerAsync(topic, _luc, "Le tiède.\n\nIl tient."), await stage.Scene.AnswerAsync(topic, _zoe, "Le froid."), await stage.Scene.AnswerAsync(topic, _luc, "Merci !"));
        await using (var db = stage.Instance.Open(Platform.Access.Viewer.System)) await db.Set<TerritoireCollab.Forum.Topics.Topic>().Where(t => t.Item.ShortId == topic).ExecuteUpdateAsync(set => set.SetProperty(t => t.AcceptedNumber, second));

        var choice = await _byAnne.OpenAsync($"{List}/nouveau?depuis={topic}");
        var written = await _byAnne.OpenAsync($"{List}/nouveau?depuis={topic}&choisi=true&reponse={first}&reponse={second}");
        var alone = await _byAnne.OpenAsync($"{List}/nouveau?depuis={topic}&choisi=true");

        Assert.Equal([second.ToString(System.Globalization.CultureInfo.InvariantCulture)], choice.Document.QuerySelectorAll("input[name=reponse][checked]").Select(i => i.GetAttribute("value")));
        Assert.Equal(3, choice.Document.QuerySelectorAll("input[name=reponse]").Length);
        Assert.Equal("Nous cherchons.\n\n> **Luc Essai**\n>\n> Le tiède.\n>\n> Il tient.\n\n> **Zoé Essai**\n>\n> Le froid.", written.ValueOf("Input.Body"));
        Assert.Equal(("Nous cherchons.", topic), (alone.ValueOf("Input.Body"), alone.ValueOf("Input.Source")));
        Assert.NotEqual(second, third);
    }

    [Fact]
    public async Task Publish_ByACoAuthor_UnderBothNamesForEveryMember()
    {
        var draft = $"{List}/brouillons/{await stage.Scene.DraftAsync(_group, _anne, "Deux plumes", "## Le récit", coAuthors: _luc.Name):N}";

        var published = await _byLuc.SendAsync(await _byLuc.OpenAsync(draft), ArticlePages.Button("publier"));

        Assert.Equal(["Anne Essai", "Luc Essai"], published.Document.QuerySelectorAll(".article-auteurs a").Select(a => a.TextContent));
        Assert.Contains("Anne Essai, Luc Essai", (await (await stage.AsAsync(_zoe)).OpenAsync(List)).Text, StringComparison.Ordinal);
        Assert.Equal(published.Address.Split('?')[0], (await _byAnne.OpenAsync(draft)).Address);
    }

    [Theory]
    [InlineData("Personne Ici", "Personne qui écrive dans ce groupe ne s’appelle « Personne Ici ».")]
    [InlineData("Paul Double", "Plusieurs membres s’appellent « Paul Double »")]
    public async Task CoAuthor_WhoCannotBeTold_SaidAtTheField(string name, string sentence)
    {
        foreach (var _ in Enumerable.Range(0, 2)) await stage.Scene.JoinAsync(_group, await stage.Scene.MemberAsync("Paul Double"));

        var refused = await _byAnne.WriteAsync(_group, "enregistrer", ("Input.Title", "À deux"), ("Input.Body", "Texte."), ("Input.CoAuthors", name));

        Assert.True(refused.Refuses("Input.CoAuthors"));
        Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
        Assert.Equal("À deux", refused.ValueOf("Input.Title"));
    }

    [Fact]
    public async Task Preview_OfADraft_AsItsReadersWillSeeIt()
    {
        var preview = await _byAnne.WriteAsync(_group, "apercu", ("Input.Title", "Le lavoir"), ("Input.Summary", "Il coule."), ("Input.Body", "Un **beau** lavoir."), ("Input.IsCommentable", null));

        Assert.EndsWith("/apercu", preview.Address, StringComparison.Ordinal);
        Assert.Contains("<strong>beau</strong>", preview.Document.QuerySelector(".article .prose")!.InnerHtml, StringComparison.Ordinal);
        Assert.Equal("Il coule.", preview.Document.QuerySelector(".article-chapeau")!.TextContent);
        Assert.Contains("Sera lu par les 3 membres du groupe", preview.Text, StringComparison.Ordinal);
        Assert.Contains("Il ne prendra pas de commentaires.", preview.Text, StringComparison.Ordinal);

        var published = await _byAnne.SendAsync(preview, ArticlePages.Button("publier"));
        Assert.Equal("Le lavoir", published.Document.QuerySelector("h1")!.TextContent);
        Assert.Null(published.Document.QuerySelector("#repondre"));
        Assert.DoesNotContain("lavoir", (await _byLuc.OpenAsync($"/groupes/{_group.Slug}/articles?etiquette=rien")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_WithFiles_GoWithTheArticleButForThoseTakenAway()
    {
        var form = await _byAnne.OpenAsync(List + "/nouveau");
        var saved = await _byAnne.SendAsync(form, ArticlePages.Button("enregistrer"), [("Files", "plan.txt", "Plan"u8.ToArray()), ("Files", "devis.txt", "Devis"u8.ToArray())], ("Input.Title", "Avec pièces"), ("Input.Body", "Voir les pièces."));
        var taken = saved.Document.QuerySelectorAll("[name='Input.RemovedFiles']").Single(f => f.ParentElement!.TextContent.Contains("devis", StringComparison.Ordinal)).GetAttribute("value");

        var published = await _byAnne.SendAsync(saved, ArticlePages.Button("publier"), ("Input.RemovedFiles", taken));

        Assert.Equal(["plan.txt"], published.Document.QuerySelectorAll(".article .pieces a").Select(a => a.TextContent.Trim()));
    }

    [Fact]
    public async Task Drop_ByACoAuthor_RefusedAndByTheFirstAuthorGone()
    {
        var id = await stage.Scene.DraftAsync(_group, _anne, "À jeter", coAuthors: _luc.Name);
        var gesture = $"{List}/brouillons/{id:N}/gestes";

        Assert.Equal(HttpStatusCode.Forbidden, (await _byLuc.PostAsync(gesture, ("geste", "effacer"))).Status);
        Assert.NotNull(await stage.Scene.DraftOfAsync(id));
        Assert.Contains("Le brouillon est effacé.", (await _byAnne.PostAsync(gesture, ("geste", "effacer"))).Text, StringComparison.Ordinal);
        Assert.Null(await stage.Scene.DraftOfAsync(id));
    }

    [Fact]
    public async Task Draft_OfAThread_BeginsWithItsTextAndBothShowTheLink()
    {
        var topic = await stage.Scene.TopicAsync(_group, _luc, "Qui a refait son puits ?", "Le nôtre est **sec**.", Audience.Group, "eau");
        var thread = await _byAnne.OpenAsync($"/c/{topic}");
        var form = await _byAnne.OpenAsync("/" + thread.Document.QuerySelector("a[href*='articles/nouveau']")!.GetAttribute("href"));

        Assert.Equal(("Qui a refait son puits ?", "Le nôtre est **sec**.", "eau"), (form.ValueOf("Input.Title"), form.ValueOf("Input.Body"), form.ValueOf("Input.Tags")));
        var published = await _byAnne.SendAsync(form, ArticlePages.Button("publier"), ("Input.Title", "Notre puits"));
        Assert.Contains("Qui a refait son puits ?", published.Document.QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Notre puits", (await _byLuc.OpenAsync($"/c/{topic}")).Document.QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
    }
}
