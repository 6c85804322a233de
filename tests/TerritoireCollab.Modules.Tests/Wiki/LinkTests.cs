using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Testing;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Modules.Tests.Wiki;

/// <summary>Links by title outlive titles, wait for pages that are not there, and tell nobody of pages that he may not read.</summary>
public sealed class LinkTests(WikiStage stage) : IClassFixture<WikiStage>
{
    [Fact]
    public async Task Link_TargetRenamed_LeadsThereUnderItsNewTitle()
    {
        var room = await stage.RoomAsync();
        var target = await room.WriteAsync(room.Animator, "Fibre à Crest", "Texte.");
        var source = await room.WriteAsync(room.Member, "Sommaire", "Voir [[fibre a crest]] et [[Fibre à Crest|le chantier]].");
        await WikiRoom.SaveAsync(room.Animator, await room.FormAsync(room.Animator, target), "Texte.", title: "Fibre dans le Crestois");

        var page = await room.Member.OpenAsync($"/c/{source}");
        var form = await room.FormAsync(room.Member, source);

        Assert.Equal(["Fibre dans le Crestois", "le chantier"], page.Document.QuerySelectorAll("article a").Select(a => a.TextContent));
        Assert.All(page.Document.QuerySelectorAll("article a"), a => Assert.Contains(target, a.GetAttribute("href")!, StringComparison.Ordinal));
        Assert.Equal("Voir [[Fibre dans le Crestois]] et [[Fibre dans le Crestois|le chantier]].", form.ValueOf("Input.Body"));
        Assert.Equal("Texte.", (await room.Member.OpenAsync("/" + page.Document.QuerySelector("article a")!.GetAttribute("href")!.TrimStart('/'))).Document.QuerySelector("article")!.TextContent.Trim());
    }

    [Fact]
    public async Task Link_PageNotThere_OfferedToBeWrittenAndFoundOnceItIs()
    {
        var room = await stage.RoomAsync();
        var source = await room.WriteAsync(room.Member, "Sommaire", "À faire : [[Plan d’action]].");
        var wanted = (await room.Member.OpenAsync($"/c/{source}")).Document.QuerySelector("article a.lien-a-ecrire")!;

        var form = await room.Member.OpenAsync(wanted.GetAttribute("href")!);
        Assert.Equal("Plan d’action", form.ValueOf("Input.Title"));
        var made = await room.Member.SendAsync(form, "form.formulaire", ("Input.Body", "Texte."), ("Input.Gesture", null));
        await WikiRoom.SaveAsync(room.Member, await room.FormAsync(room.Member, made.Address.Split('/')[^1][..8]), "Texte.", title: "Plan d’actions 2027");

        var link = (await room.Animator.OpenAsync($"/c/{source}")).Document.QuerySelector("article a")!;
        Assert.Equal("Plan d’actions 2027", link.TextContent);
        Assert.Equal("lien-page", link.ClassName);
    }

    [Fact]
    public async Task Backlinks_PagesThatTheReaderMayNotRead_AreLeftOut()
    {
        var room = await stage.RoomAsync();
        var target = await stage.Scene.PageAsync(room.Group, room.Anne, "Ouverte", audience: Audience.Public);
        await stage.Scene.PageAsync(room.Group, room.Anne, "Secrète", "Vers [[Ouverte]].", audience: Audience.Group);
        await stage.Scene.PageAsync(room.Group, room.Anne, "Visible", "Vers [[Ouverte]].", audience: Audience.Public);
        var stranger = new Visitor(stage.Instance.Browser());

        var inside = await room.Member.OpenAsync($"/c/{target}");
        var outside = await stranger.OpenAsync($"/c/{target}");

        Assert.Contains("Secrète", inside.Text, StringComparison.Ordinal);
        Assert.Contains("Visible", outside.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Secrète", outside.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_ToAPageThatTheReaderMayNotRead_DoesNotTellItsTitleOfToday()
    {
        var room = await stage.RoomAsync();
        var target = await stage.Scene.PageAsync(room.Group, room.Anne, "Budget", audience: Audience.Group);
        var source = await stage.Scene.PageAsync(room.Group, room.Anne, "Annonce", "Voir [[Budget]].", audience: Audience.Public);
        await stage.Scene.RewriteAsync(target, room.Anne, "Texte.", title: "Licenciements");
        var stranger = new Visitor(stage.Instance.Browser());

        Assert.Contains("Licenciements", (await room.Member.OpenAsync($"/c/{source}")).Text, StringComparison.Ordinal);
        var outside = await stranger.OpenAsync($"/c/{source}");
        Assert.Contains("Voir Budget.", outside.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Licenciements", outside.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_InsideCode_StaysAsItWasTyped()
    {
        var room = await stage.RoomAsync();
        await room.WriteAsync(room.Animator, "Accueil", "Texte.");

        var id = await room.WriteAsync(room.Member, "Aide", "Écrivez `[[Accueil]]` :\n\n```\n[[Accueil]]\n```\n\nVoici [[Accueil]], et [[1]](/groupes).");

        await using var db = stage.Instance.Open(Viewer.System);
        var body = await db.Set<WikiPage>().Where(p => p.Item.ShortId == id).Select(p => p.Body).SingleAsync();
        Assert.StartsWith("Écrivez `[[Accueil]]` :\n\n```\n[[Accueil]]\n```\n\nVoici [[Accueil#", body, StringComparison.Ordinal);
        Assert.EndsWith("]], et [[1]](/groupes).", body, StringComparison.Ordinal);
        Assert.Equal(["Accueil", "[1]"], (await room.Member.OpenAsync($"/c/{id}")).Document.QuerySelectorAll("article a").Select(a => a.TextContent));
    }

    [Fact]
    public async Task Title_OfAnotherPageOfTheGroup_Refused()
    {
        var room = await stage.RoomAsync();
        await room.WriteAsync(room.Animator, "Mode d’emploi", "Texte.");

        var form = await room.Member.OpenAsync($"{room.Tool}/nouveau");
        var page = await room.Member.SendAsync(form, "form.formulaire", ("Input.Title", "MODE D’EMPLOI"), ("Input.Body", "Autre."), ("Input.Gesture", null));

        Assert.True(page.Refuses("Input.Title"));
        Assert.Equal("Autre.", page.ValueOf("Input.Body"));
    }

    [Fact]
    public async Task Titles_WhileALinkIsTyped_OfferedToThoseWhoMayReadThePages()
    {
        var room = await stage.RoomAsync();
        var top = await stage.Scene.PageAsync(room.Group, room.Anne, "Réunions du public", audience: Audience.Public);
        await stage.Scene.PageAsync(room.Group, room.Anne, "Éclairage [public]", parent: top, audience: Audience.Public);
        await stage.Scene.PageAsync(room.Group, room.Anne, "Publicité interne", audience: Audience.Group);
        await stage.Scene.PageAsync(room.Group, room.Anne, "Sans rapport", audience: Audience.Public);
        using var outsider = await stage.Instance.SignedInAsync((await stage.Scene.MemberAsync("Zoé Essai")).Id);
        var hidden = await stage.Scene.GroupAsync("Caché", room.Anne, Platform.Groups.GroupVisibility.Hidden);

        async Task<List<string>> KeysAsync(HttpClient by) =>
            [.. System.Text.Json.JsonDocument.Parse(await by.GetStringAsync($"{room.Tool}/titres?q=PUBLIC")).RootElement.EnumerateArray().Select(t => $"{t.GetProperty("cle").GetString()} ({t.GetProperty("note").GetString()})")];

        Assert.Equal(["Publicité interne ()", "Éclairage public (Réunions du public)", "Réunions du public ()"], await KeysAsync(room.Member.Browser));
        Assert.Equal(["Éclairage public (Réunions du public)", "Réunions du public ()"], await KeysAsync(outsider));
        using var refused = await outsider.GetAsync($"/groupes/{hidden.Slug}/pages/titres?q=a");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, refused.StatusCode);
    }
}
