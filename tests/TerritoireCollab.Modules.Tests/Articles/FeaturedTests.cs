using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Articles;

/// <summary>Articles that an administrator shows on the platform's home page. One instance a test: the home page is everybody's.</summary>
public sealed class FeaturedTests : IAsyncLifetime
{
    private readonly Stage _stage = new();
    private Member _admin = null!;
    private Member _anne = null!;
    private Group _group = null!;
    private Visitor _byAdmin = null!;
    private Visitor _byAnne = null!;

    public async ValueTask InitializeAsync()
    {
        await _stage.InitializeAsync();
        (_admin, _anne) = (await _stage.Scene.MemberAsync("Ada Essai", admin: true), await _stage.Scene.MemberAsync("Anne Essai"));
        _group = await _stage.Scene.GroupAsync("Groupe d’essai", _anne);
        (_byAdmin, _byAnne) = (await _stage.AsAsync(_admin), await _stage.AsAsync(_anne));
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Feature_ByAnAdministrator_ShownToAllNewestPickFirstAndThreeAtMost()
    {
        var ids = new List<string>();
        foreach (var n in Enumerable.Range(1, 4)) ids.Add(await _stage.Scene.ArticleAsync(_group, _anne, $"Récit {n}", "Texte.", Audience.Public, summary: $"Chapeau {n}", cover: Pictures.Png()));
        foreach (var id in ids)
        {
            _stage.Later();
            var page = await _byAdmin.SendAsync(await _byAdmin.OpenAsync($"/c/{id}"), "button[value='mettre-a-la-une']");
            Assert.Contains("C’est à la une de la plateforme.", page.Text, StringComparison.Ordinal);
        }

        var (mine, everybody) = (await _byAnne.OpenAsync("/"), await _stage.Instance.Stranger().OpenAsync("/"));
        Assert.Equal(["Récit 4", "Récit 3", "Récit 2"], Featured(mine));
        Assert.Equal(Featured(mine), Featured(everybody));
        var line = everybody.Document.QuerySelector("#a-la-une ~ ul li")!;
        Assert.Contains("Chapeau 4", line.TextContent, StringComparison.Ordinal);
        Assert.Contains("Anne Essai · Groupe d’essai", line.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _stage.Instance.Stranger().OpenAsync("/" + line.QuerySelector("img")!.GetAttribute("src"))).Status);

        Assert.Contains("plus à la une de la plateforme", (await _byAdmin.SendAsync(await _byAdmin.OpenAsync($"/c/{ids[3]}"), "button[value='retirer-de-la-une']")).Text, StringComparison.Ordinal);
        Assert.Equal(["Récit 3", "Récit 2", "Récit 1"], Featured(await _byAnne.OpenAsync("/")));
    }

    [Fact]
    public async Task Feature_ByAnAnimatorOrOfAnotherKind_ThereIsNoSuchThing()
    {
        var article = await _stage.Scene.ArticleAsync(_group, _anne, "Récit", "Texte.", Audience.Public);
        var topic = await _stage.Scene.TopicAsync(_group, _anne, "Fil", "Texte.", Audience.Public);

        Assert.Null((await _byAnne.OpenAsync($"/c/{article}")).Document.QuerySelector("button[value='mettre-a-la-une']"));
        Assert.Equal(HttpStatusCode.NotFound, (await _byAnne.PostAsync($"/contenus/{article}/gestes", ("geste", "mettre-a-la-une"))).Status);
        Assert.Null((await _byAdmin.OpenAsync($"/c/{topic}")).Document.QuerySelector("button[value='mettre-a-la-une']"));
        Assert.Equal(HttpStatusCode.NotFound, (await _byAdmin.PostAsync($"/contenus/{topic}/gestes", ("geste", "mettre-a-la-une"))).Status);
        Assert.Empty(Featured(await _byAnne.OpenAsync("/")));
    }

    [Fact]
    public async Task Feature_OfTheGroupAlone_Refused()
    {
        await _stage.Scene.JoinAsync(_group, _admin);
        var article = await _stage.Scene.ArticleAsync(_group, _anne, "Entre nous");

        Assert.Null((await _byAdmin.OpenAsync($"/c/{article}")).Document.QuerySelector("button[value='mettre-a-la-une']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await _byAdmin.PostAsync($"/contenus/{article}/gestes", ("geste", "mettre-a-la-une"))).Status);
    }

    [Theory]
    [InlineData("narrowed")]
    [InlineData("removed")]
    [InlineData("hidden")]
    [InlineData("off")]
    public async Task Featured_ThatIsNoMoreForAll_GoneByItself(string how)
    {
        var article = await _stage.Scene.ArticleAsync(_group, _anne, "Récit", "Texte.", Audience.Public);
        await _byAdmin.PostAsync($"/contenus/{article}/gestes", ("geste", "mettre-a-la-une"));
        Assert.Equal(["Récit"], Featured(await _byAnne.OpenAsync("/")));

        await using (var db = _stage.Instance.Open(Viewer.System))
        {
            if (how == "narrowed") await db.Items.Where(i => i.ShortId == article).ExecuteUpdateAsync(set => set.SetProperty(i => i.Audience, Audience.Group));
            if (how == "hidden") await db.Groups.Where(g => g.Id == _group.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.Visibility, GroupVisibility.Hidden));
            if (how == "off") db.GroupTools.Add(new GroupTool { GroupId = _group.Id, ToolKey = "articles", Enabled = false });
            await db.SaveChangesAsync();
        }

        if (how == "removed") await _byAnne.PostAsync($"/contenus/{article}/gestes", ("geste", "retirer"));
        Assert.Empty(Featured(await _byAnne.OpenAsync("/")));
        Assert.Empty(Featured(await _byAdmin.OpenAsync("/")));
        Assert.Empty(Featured(await _stage.Instance.Stranger().OpenAsync("/")));
    }

    [Fact]
    public async Task Featured_ForThePlatform_ShownToMembersAndNotToVisitors()
    {
        var article = await _stage.Scene.ArticleAsync(_group, _anne, "Entre membres", "Texte.", Audience.Platform);
        await _byAdmin.PostAsync($"/contenus/{article}/gestes", ("geste", "mettre-a-la-une"));

        Assert.Equal(["Entre membres"], Featured(await _byAdmin.OpenAsync("/")));
        Assert.DoesNotContain("Entre membres", (await _stage.Instance.Stranger().OpenAsync("/")).Text, StringComparison.Ordinal);
    }

    private static string[] Featured(VisitedPage page) => [.. page.Document.QuerySelectorAll("#a-la-une ~ ul h3").Select(h => h.TextContent)];
}
