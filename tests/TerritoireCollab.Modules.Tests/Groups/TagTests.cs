using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>The dictionary of a group: its animators write a word otherwise, or make one of two, on the contents of every tool.</summary>
public sealed class TagTests(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private Member _anne = null!;
    private Group _group = null!;
    private Visitor _byAnne = null!;
    private Visitor _byLuc = null!;

    private string Tags => $"/groupes/{_group.Slug}/etiquettes";

    public async ValueTask InitializeAsync()
    {
        var luc = await stage.Scene.MemberAsync("Luc Essai");
        _anne = await stage.Scene.MemberAsync("Anne Essai");
        _group = await stage.Scene.GroupAsync("Groupe", _anne, members: luc);
        (_byAnne, _byLuc) = (await stage.AsAsync(_anne), await stage.AsAsync(luc));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Rename_AWord_FollowsOnEveryKindInTheTrashTooAndItsAddressLeadsOn()
    {
        await stage.Scene.ArticleAsync(_group, _anne, "Un article", tags: "velo");
        await stage.Scene.BookmarkAsync(_group, _anne, "Un favori", tags: "vélo");
        var removed = await stage.Scene.TopicAsync(_group, _anne, "Un fil", "Texte.", Audience.Group, "vélo");
        await _byAnne.PostAsync($"/contenus/{removed}/gestes", ("geste", "retirer"));
        var elsewhere = await stage.Scene.GroupAsync("Ailleurs", _anne);
        await stage.Scene.ArticleAsync(elsewhere, _anne, "Là-bas", tags: "vélo");

        var list = await _byAnne.OpenAsync(Tags);
        Assert.Contains("Sur 2 contenus", list.Text, StringComparison.Ordinal);
        var done = await RenameAsync("velo", "Bicyclette");

        Assert.Contains("C’est fait", done.Text, StringComparison.Ordinal);
        Assert.Equal(["Bicyclette"], done.Document.QuerySelectorAll("main .liste h2").Select(h => h.TextContent));
        Assert.Equal(["Bicyclette:bicyclette", "Bicyclette:bicyclette", "Bicyclette:bicyclette"], await LinksAsync(_group));
        Assert.Equal(["vélo:velo"], await LinksAsync(elsewhere));
        var led = await _byLuc.OpenAsync($"/groupes/{_group.Slug}/favoris?etiquette=velo");
        Assert.Equal($"/groupes/{_group.Slug}/favoris?etiquette=bicyclette", led.Address);
        Assert.Contains("Un favori", led.Text, StringComparison.Ordinal);
        // Whoever is no member is told nothing of the words that the group had.
        Assert.DoesNotContain("bicyclette", (await stage.Instance.Stranger().OpenAsync($"/groupes/{_group.Slug}/favoris?etiquette=velo")).Address, StringComparison.Ordinal);
        await stage.Instance.SettleAsync();
        Assert.Contains("Un article", (await _byLuc.OpenAsync($"/groupes/{_group.Slug}/recherche?q=bicyclette")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rename_IntoAWordThatIsThere_AskedFirstThenOne()
    {
        await stage.Scene.ArticleAsync(_group, _anne, "Les deux", tags: "cantine, restauration");
        await stage.Scene.ArticleAsync(_group, _anne, "L’un", tags: "cantine");

        var asked = await RenameAsync("cantine", "Restauration");
        Assert.Contains("« Restauration » existe déjà", asked.Text, StringComparison.Ordinal);
        Assert.Equal(3, (await LinksAsync(_group)).Count);
        // What was confirmed is that word alone.
        var other = await _byAnne.SendAsync(asked, "form.formulaire", ("Name", "restauration scolaire"));
        Assert.Contains("C’est fait", other.Text, StringComparison.Ordinal);
        var again = await RenameAsync("restauration-scolaire", "Restauration");
        var merged = await _byAnne.SendAsync(again, "form.formulaire");

        Assert.Contains("C’est fait", merged.Text, StringComparison.Ordinal);
        Assert.Equal(["Restauration:restauration", "Restauration:restauration"], await LinksAsync(_group));
        Assert.EndsWith("etiquette=restauration", (await _byLuc.OpenAsync($"/groupes/{_group.Slug}/articles?etiquette=cantine")).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rename_SpellingAlone_WrittenSoEverywhere()
    {
        await stage.Scene.ArticleAsync(_group, _anne, "A", tags: "Eau");
        await stage.Scene.ArticleAsync(_group, _anne, "B", tags: "eau");
        await RenameAsync("eau", "EAU");

        Assert.Equal(["EAU:eau", "EAU:eau"], await LinksAsync(_group));
    }

    [Fact]
    public async Task Rename_NoWordOrSeveral_SentenceAtTheField()
    {
        await stage.Scene.ArticleAsync(_group, _anne, "A", tags: "bois");
        foreach (var name in new[] { "", "…", "un, deux" }) Assert.True((await RenameAsync("bois", name)).Refuses("Name"));
    }

    [Fact]
    public async Task Dictionary_ForAMemberOrAWordThatIsNot_Refused()
    {
        await stage.Scene.ArticleAsync(_group, _anne, "A", tags: "bois");
        Assert.Equal(HttpStatusCode.Forbidden, (await _byLuc.OpenAsync(Tags)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _byLuc.OpenAsync(Tags + "/bois")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _byAnne.OpenAsync(Tags + "/rien")).Status);
        Assert.Equal(Tags, "/" + (await _byAnne.OpenAsync($"/groupes/{_group.Slug}/reglages")).Document.QuerySelector("a[href$='/etiquettes']")!.GetAttribute("href"));
    }

    private async Task<VisitedPage> RenameAsync(string tag, string name) => await _byAnne.SendAsync(await _byAnne.OpenAsync($"{Tags}/{tag}"), "form.formulaire", ("Name", name));

    private async Task<List<string>> LinksAsync(Group group)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Tags.IgnoreQueryFilters([Platform.Data.AppDbContext.DeletedFilter]).Where(t => t.Item.GroupId == group.Id).OrderBy(t => t.Slug).Select(t => t.Name + ":" + t.Slug).ToListAsync();
    }
}
