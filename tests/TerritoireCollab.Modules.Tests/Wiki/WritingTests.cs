using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Coediting;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Coediting;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Wiki;

/// <summary>Pages are written by many: what one saves is never saved over silently.</summary>
public sealed class WritingTests(WikiStage stage) : IClassFixture<WikiStage>
{
    [Fact]
    public async Task Page_WrittenByAMember_ReadWithItsContents()
    {
        var room = await stage.RoomAsync();

        var id = await room.WriteAsync(room.Member, "Réunion du 12 mars", "Bonjour.\n\n# Décisions\n\nUn **vote**.\n\n# Suites\n\nRien.");
        var page = await room.Animator.OpenAsync($"/c/{id}");

        Assert.Equal("Réunion du 12 mars", page.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal(["Décisions", "Suites"], page.Document.QuerySelectorAll(".sommaire a").Select(a => a.TextContent));
        Assert.EndsWith("#" + page.Document.QuerySelector("article h2")!.Id, page.Document.QuerySelector(".sommaire a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("article strong"));
    }

    [Fact]
    public async Task Page_OfAnother_RewrittenByAMemberWithItsHistory()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Guide", "Premier texte.");

        var page = await WikiRoom.SaveAsync(room.Member, await room.FormAsync(room.Member, id), "Second texte.", "Réécrit");

        Assert.Contains("fait=modifie", page.Address, StringComparison.Ordinal);
        Assert.Contains("Second texte.", page.Text, StringComparison.Ordinal);
        Assert.Contains("par Luc Essai", page.Text, StringComparison.Ordinal);
        var history = await room.Animator.OpenAsync($"{room.Tool}/{id}/historique");
        Assert.Equal(2, history.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("Réécrit", history.Document.QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_TwoPassagesByTwoPeople_BothAreKept()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Liste", "Première ligne.\n\nDeuxième ligne.\n\nTroisième ligne.");
        var (anne, luc) = (await room.FormAsync(room.Animator, id), await room.FormAsync(room.Member, id));

        await WikiRoom.SaveAsync(room.Animator, anne, "Première ligne, revue par Anne.\n\nDeuxième ligne.\n\nTroisième ligne.");
        var page = await WikiRoom.SaveAsync(room.Member, luc, "Première ligne.\n\nDeuxième ligne.\n\nTroisième ligne, revue par Luc.");

        Assert.Contains("fait=reuni", page.Address, StringComparison.Ordinal);
        Assert.Contains("revue par Anne", page.Text, StringComparison.Ordinal);
        Assert.Contains("revue par Luc", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_SamePassageByTwoPeople_BothTextsAreShownAndNoneIsLost()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Date", "La réunion est lundi.\n\nÀ la mairie.");
        var (anne, luc) = (await room.FormAsync(room.Animator, id), await room.FormAsync(room.Member, id));
        await WikiRoom.SaveAsync(room.Animator, anne, "La réunion est mardi.\n\nÀ la mairie.");

        var asked = await WikiRoom.SaveAsync(room.Member, luc, "La réunion est jeudi.\n\nÀ la mairie, salle du conseil.");

        Assert.True(asked.Refuses("Input.Body"));
        var words = asked.ValueOf("Input.Body")!;
        Assert.Contains("mardi", words, StringComparison.Ordinal);
        Assert.Contains("jeudi", words, StringComparison.Ordinal);
        Assert.Contains("salle du conseil", words, StringComparison.Ordinal);
        Assert.Contains("Enregistré par Anne Essai", asked.Text, StringComparison.Ordinal);
        Assert.Contains("mardi", (await room.Member.OpenAsync($"/c/{id}")).Text, StringComparison.Ordinal);

        var settled = await WikiRoom.SaveAsync(room.Member, asked, "La réunion est mercredi.\n\nÀ la mairie, salle du conseil.");
        Assert.Contains("mercredi", settled.Text, StringComparison.Ordinal);
        Assert.Contains("mardi", (await room.Member.OpenAsync($"{room.Tool}/{id}/versions/2")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_TitleChangedByTheOther_TakenWithTheText()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Ancien titre", "Texte.");
        var (anne, luc) = (await room.FormAsync(room.Animator, id), await room.FormAsync(room.Member, id));
        await WikiRoom.SaveAsync(room.Animator, anne, "Texte.", title: "Nouveau titre");

        var page = await WikiRoom.SaveAsync(room.Member, luc, "Texte complété.");

        Assert.Equal("Nouveau titre", page.Document.QuerySelector("h1")!.TextContent);
        Assert.Contains("Texte complété.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_Asked_ShowsTheTextAndSavesNothing()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Page", "Avant.");
        var form = await room.FormAsync(room.Animator, id);

        var preview = await room.Animator.SendAsync(form, "button[value='apercu']", ("Input.Body", "Après, en **gras**."));

        Assert.Equal("gras", preview.Document.QuerySelector("section .prose strong")!.TextContent);
        Assert.Equal("Après, en **gras**.", preview.ValueOf("Input.Body"));
        Assert.Contains("Avant.", (await room.Member.OpenAsync($"/c/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_OfANewPage_WaitsInItsForm()
    {
        var room = await stage.RoomAsync();
        var form = await room.Member.OpenAsync($"{room.Tool}/nouveau");
        var key = form.Document.QuerySelector("[data-brouillon]")!.GetAttribute("data-brouillon")!;

        await room.Member.PostAsync("/brouillons", ("cle", key), ("texte", "Commencé hier."));

        Assert.Equal("Commencé hier.", (await room.Member.OpenAsync($"{room.Tool}/nouveau")).ValueOf("Input.Body"));
        Assert.Equal("", (await room.Animator.OpenAsync($"{room.Tool}/nouveau")).ValueOf("Input.Body"));
    }

    [Fact]
    public async Task WrittenTogether_ThenSaved_SaysThatItIsSavedAndNothingOfOthers()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Seul", "Bonjour.");
        var form = await room.FormAsync(room.Member, id);
        await room.TypeAndPauseAsync(id, room.Luc, "Bonjour à tous.");

        var page = await WikiRoom.SaveAsync(room.Member, form, "Bonjour à tous.");

        Assert.Contains("fait=modifie", page.Address, StringComparison.Ordinal);
        Assert.Contains("C’est enregistré.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("réunis", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrittenTogether_FieldRefused_NoConflictWithOneselfAndStillTogether()
    {
        var room = await stage.RoomAsync();
        await room.WriteAsync(room.Animator, "Pris", "Texte.");
        var id = await room.WriteAsync(room.Animator, "Libre", "Bonjour.");
        var form = await room.FormAsync(room.Member, id);
        await room.TypeAndPauseAsync(id, room.Luc, "Bonjour à tous.");

        var refused = await WikiRoom.SaveAsync(room.Member, form, "Bonjour à tous.", title: "Pris");

        Assert.True(refused.Refuses("Input.Title"));
        Assert.DoesNotContain("pendant que vous écriviez", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Bonjour à tous.", refused.ValueOf("Input.Body"));
        Assert.Equal(id, refused.Document.QuerySelector("editeur-texte")!.GetAttribute("data-coedition"));
        Assert.Contains("fait=modifie", (await WikiRoom.SaveAsync(room.Member, refused, "Bonjour à tous.", title: "Libre encore")).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrittenTogether_OthersWordsOnTheirWay_AreNoConflict()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "À deux", "La réunion est lundi.");
        var form = await room.FormAsync(room.Member, id);
        await room.TypeAsync(id, room.Luc, "La réunion est lundi matin.");
        await room.TypeAsync(id, room.Anne, "La réunion est lundi matin à Crest.");

        // What Luc's editor sends of its own accord: the text as it has it, and what it had last from the platform.
        var page = await room.Member.SendAsync(form, "form.formulaire", ("Input.Body", "La réunion est lundi matin."), ("Input.BodyBase", "La réunion est lundi matin."), ("Input.Gesture", null));

        Assert.Contains("fait=modifie", page.Address, StringComparison.Ordinal);
        Assert.Contains("lundi matin à Crest.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_WrittenTogether_GoesOnBeingWrittenTogether()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Aperçu", "Bonjour.");
        var form = await room.FormAsync(room.Member, id);
        await room.TypeAsync(id, room.Luc, "Bonjour à **tous**.");
        await room.TypeAsync(id, room.Anne, "Bonjour à **tous**. Anne.");

        var preview = await room.Member.SendAsync(form, "button[value='apercu']", ("Input.Title", "Aperçu revu"), ("Input.Body", "Bonjour à **tous**."), ("Input.BodyBase", "Bonjour à **tous**."));
        var page = await room.Member.SendAsync(preview, "form.formulaire", ("Input.BodyBase", "Bonjour à **tous**. Anne."), ("Input.Gesture", null));

        Assert.Equal("tous", preview.Document.QuerySelector("section .prose strong")!.TextContent);
        Assert.Equal(id, preview.Document.QuerySelector("editeur-texte")!.GetAttribute("data-coedition"));
        Assert.Equal("Bonjour à **tous**. Anne.", preview.ValueOf("Input.Body"));
        Assert.Contains("fait=modifie", page.Address, StringComparison.Ordinal);
        Assert.Equal("Aperçu revu", page.Document.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Preview_TypedWithoutScript_IsNotPutIntoTheSharedText()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Sans script", "Bonjour.");
        var form = await room.FormAsync(room.Member, id);
        await room.TypeAsync(id, room.Anne, "Bonjour.\n\nAnne.");

        var preview = await room.Member.SendAsync(form, "button[value='apercu']", ("Input.Body", "Bonjour à tous."));
        var page = await room.Member.SendAsync(preview, "form.formulaire", ("Input.Gesture", null));

        Assert.Equal("Bonjour à tous.", preview.ValueOf("Input.Body"));
        Assert.Null(preview.Document.QuerySelector("editeur-texte[data-coedition]"));
        Assert.Contains("fait=reuni", page.Address, StringComparison.Ordinal);
        Assert.Contains("Bonjour à tous.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Anne.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leave_WithoutScript_IsCalledCancel()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Quitter", "Bonjour.");

        var form = await room.FormAsync(room.Member, id);

        Assert.Equal(["Annuler"], form.Document.QuerySelectorAll("form.formulaire a.bouton:not([hidden])").Select(a => a.TextContent));
        Assert.Equal(["Quitter"], form.Document.QuerySelectorAll("form.formulaire a.bouton[hidden][data-ensemble]").Select(a => a.TextContent));
    }

    [Fact]
    public async Task WrittenTogether_HandedOver_BecomesAVersionWithItsLinks()
    {
        var room = await stage.RoomAsync();
        var target = await room.WriteAsync(room.Animator, "Annexe", "Texte.");
        var id = await room.WriteAsync(room.Animator, "Ensemble", "Bonjour.");
        var store = stage.Instance.Services.GetRequiredService<CoeditStore>();
        var authority = await store.OpenAsync(id, default);
        await using (var db = stage.Instance.Open(Viewer.System))
        {
            var item = await db.Items.SingleAsync(i => i.ShortId == id);
            var change = new AcceptedUpdate(authority.Version + 1, "fenetre", 1, TextChange.Between(authority.Text, "Bonjour, voir [[annexe]]."));
            Assert.True(await store.AppendAsync(item.Id, [new(change, room.Luc.Id)], default));
        }

        var form = await room.FormAsync(room.Animator, id);
        Assert.Equal("Bonjour, voir [[Annexe]].", form.ValueOf("Input.Body"));
        Assert.Contains("par Luc Essai", (await room.Member.OpenAsync($"/c/{id}")).Text, StringComparison.Ordinal);
        Assert.Contains(target, (await room.Member.OpenAsync($"/c/{id}")).Document.QuerySelector("article a")!.GetAttribute("href")!, StringComparison.Ordinal);
        Assert.Contains("Ensemble", (await room.Member.OpenAsync($"/c/{target}")).Document.QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writers_AnimatorsAlone_AMemberReadsAndDoesNotWrite()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Member, "Règlement", "Texte.");
        await room.Animator.SendAsync(await room.Animator.OpenAsync($"{room.Tool}/{id}/ranger"), "form.formulaire", ("Writers", "Animators"), ("Step", null));

        var form = await room.Member.OpenAsync($"{room.Tool}/{id}/modifier");
        var under = await room.Animator.OpenAsync($"{room.Tool}/nouveau?parent={id}");
        var child = await room.Animator.SendAsync(under, "form.formulaire", ("Input.Title", "Article premier"), ("Input.Body", "Texte."), ("Input.Gesture", null));

        Assert.Equal(HttpStatusCode.Forbidden, form.Status);
        Assert.Contains("Les animateurs écrivent.", child.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Modifier la page", (await room.Member.OpenAsync($"/c/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audience_OfAnothersPage_IsNotAMembersToChange()
    {
        var room = await stage.RoomAsync();
        var id = await stage.Scene.PageAsync(room.Group, room.Anne, "Interne", audience: Platform.Content.Audience.Group);
        using var program = await stage.Instance.ProgramAsync(room.Luc.Id);

        using var changed = await System.Net.Http.Json.HttpClientJsonExtensions.PatchAsJsonAsync(program, $"pages/{id}", new { body = "Changé.", audience = "public" });
        var read = await program.GetStringAsync($"pages/{id}");

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Contains("\"audience\":\"group\"", read, StringComparison.Ordinal);
        Assert.Contains("Changé.", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_OfTheHouseAndOfTheGroup_BeginNewPages()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Modèle maison", "Un canevas.");
        await room.Animator.SendAsync(await room.Animator.OpenAsync($"{room.Tool}/{id}/ranger"), "form.formulaire", ("IsTemplate", "true"), ("Step", null));

        var minutes = await room.Member.OpenAsync($"{room.Tool}/nouveau?modele=compte-rendu");
        var own = await room.Member.OpenAsync($"{room.Tool}/nouveau?modele={id}");

        Assert.Contains("## Décisions", minutes.ValueOf("Input.Body"), StringComparison.Ordinal);
        Assert.Contains("Modèle maison", minutes.Text, StringComparison.Ordinal);
        Assert.Equal("Un canevas.", own.ValueOf("Input.Body"));
    }

    [Fact]
    public async Task Page_MadeFromAThread_LinkedBothWays()
    {
        var room = await stage.RoomAsync();
        var topic = await stage.Scene.TopicAsync(room.Group, room.Anne, "Qui a des bornes ?", "Nous en avons deux.");
        var thread = await room.Member.OpenAsync($"/c/{topic}");
        Assert.Contains("En faire une page", thread.Text, StringComparison.Ordinal);

        var form = await room.Member.OpenAsync($"{room.Tool}/nouveau?depuis={topic}");
        Assert.Equal("Nous en avons deux.", form.ValueOf("Input.Body"));
        var page = await room.Member.SendAsync(form, "form.formulaire", ("Input.Gesture", null));

        Assert.Contains("Qui a des bornes", page.Document.QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("/pages/", (await room.Member.OpenAsync($"/c/{topic}")).Document.QuerySelectorAll("aside a").Select(a => a.GetAttribute("href")!).First(h => h.Contains("qui-a-des-bornes", StringComparison.Ordinal) && h.Contains("/pages/", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reactions_GivenToAPage_CountedAndTakenBack()
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Animator, "Guide", "Texte.");

        var thanked = await room.Member.SendAsync(await room.Member.OpenAsync($"/c/{id}"), "button[value='merci:0']");
        await room.Member.SendAsync(thanked, "button[value='utile:0']");
        var own = await room.Animator.OpenAsync($"/c/{id}");
        var takenBack = await room.Member.SendAsync(await room.Member.OpenAsync($"/c/{id}"), "button.merci[aria-pressed='true']");

        Assert.Equal("Merci 1", thanked.Document.QuerySelector("button.merci[aria-pressed='true']")!.TextContent);
        Assert.Contains("Merci 1 Utile 1", own.Text, StringComparison.Ordinal);
        Assert.Null(own.Document.QuerySelector("button.merci[value$=':0']"));
        Assert.Equal("Merci", takenBack.Document.QuerySelector("button.merci")!.TextContent);
    }

    [Fact]
    public async Task Feed_PageChangedAfterManyWereWritten_ComesFirst()
    {
        var room = await stage.RoomAsync();
        var old = await stage.Scene.PageAsync(room.Group, room.Anne, "Ancienne");
        for (var i = 1; i <= 50; i++) await stage.Scene.PageAsync(room.Group, room.Anne, $"Page {i}");

        await WikiRoom.SaveAsync(room.Member, await room.FormAsync(room.Member, old), "Changée.");
        var key = await stage.Instance.Services.GetRequiredService<Platform.Feeds.AccessKeys>().CreateAsync(room.Luc.Id, Platform.Members.AccessKeyScope.Feeds, "lecteur", default);
        using var reader = stage.Instance.Browser();
        var feed = System.Xml.Linq.XDocument.Parse(await reader.GetStringAsync($"{room.Tool}/flux.atom?cle={key}"));

        var titles = feed.Root!.Elements().Where(e => e.Name.LocalName == "entry").Select(e => e.Elements().Single(c => c.Name.LocalName == "title").Value).ToList();
        Assert.Equal("Ancienne", titles[0]);
        Assert.Equal(50, titles.Count);
    }
}
