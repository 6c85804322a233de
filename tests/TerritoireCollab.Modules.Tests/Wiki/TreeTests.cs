using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Modules.Tests.Wiki;

/// <summary>The tree: a page never stands under itself, nothing of it is lost by a removal, and it moves whole.</summary>
public sealed class TreeTests(WikiStage stage) : IClassFixture<WikiStage>
{
    [Fact]
    public async Task Tree_PagesUnderPages_ShownWithPathAndNeighbours()
    {
        var room = await stage.RoomAsync();
        var top = await room.WriteAsync(room.Animator, "Projets", "Texte.");
        var under = await room.WriteAsync(room.Member, "Fibre", "Texte.", $"?parent={top}");
        await room.WriteAsync(room.Member, "Bornes", "Texte.", $"?parent={top}");

        var tree = await room.Member.OpenAsync(room.Tool);
        var page = await room.Member.OpenAsync($"/c/{under}");

        Assert.Equal(["Fibre", "Bornes"], tree.Document.QuerySelectorAll(".arbre ul ul a").Select(a => a.TextContent));
        Assert.Equal(["Pages", "Projets"], page.Document.QuerySelectorAll(".fil-ariane a").Select(a => a.TextContent).TakeLast(2));
        Assert.Contains("Après : Bornes", page.Text, StringComparison.Ordinal);
        Assert.Equal(["Fibre", "Bornes"], (await room.Member.OpenAsync($"/c/{top}")).Document.QuerySelectorAll("[aria-labelledby=sous-pages] a").Select(a => a.TextContent));
    }

    [Fact]
    public async Task Order_OneUp_ChangesPlaces()
    {
        var room = await stage.RoomAsync();
        foreach (var title in new[] { "Un", "Deux" }) await room.WriteAsync(room.Animator, title, "Texte.");
        var third = await room.WriteAsync(room.Member, "Trois", "Texte.");

        await room.Member.SendAsync(await room.Member.OpenAsync($"{room.Tool}/{third}/ranger"), "button[value=Up]");

        Assert.Equal(["Un", "Trois", "Deux"], (await room.Member.OpenAsync(room.Tool)).Document.QuerySelectorAll(".arbre a").Select(a => a.TextContent));
    }

    [Fact]
    public async Task Move_UnderItsOwnSubPage_Refused()
    {
        var room = await stage.RoomAsync();
        var top = await stage.Scene.PageAsync(room.Group, room.Anne, "Haut");
        var under = await stage.Scene.PageAsync(room.Group, room.Anne, "Bas", parent: top);
        using var program = await stage.Instance.ProgramAsync(room.Anne.Id);

        using var refused = await program.PatchAsJsonAsync($"pages/{top}", new { parent = under });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("sous elle-même", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_TwoPagesUnderOneAnotherAtOnce_OneIsRefusedAndNoneIsLost()
    {
        var room = await stage.RoomAsync();
        var (one, other) = (await stage.Scene.PageAsync(room.Group, room.Anne, "Une"), await stage.Scene.PageAsync(room.Group, room.Anne, "Autre"));
        using var program = await stage.Instance.ProgramAsync(room.Anne.Id);

        var answers = await Task.WhenAll(program.PatchAsJsonAsync($"pages/{one}", new { parent = other }), program.PatchAsJsonAsync($"pages/{other}", new { parent = one }));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity], answers.Select(a => a.StatusCode).Order());
        Assert.Equal(["Autre", "Une"], (await room.Member.OpenAsync(room.Tool)).Document.QuerySelectorAll(".arbre a").Select(a => a.TextContent).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Move_BeyondTheDeepestLevel_Refused()
    {
        var room = await stage.RoomAsync();
        string? parent = null;
        for (var level = 1; level <= WikiPage.MostLevels; level++) parent = await stage.Scene.PageAsync(room.Group, room.Anne, $"Niveau {level}", parent: parent);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => stage.Scene.PageAsync(room.Group, room.Anne, "Trop bas", parent: parent));

        Assert.Equal("Parent", refused.Rules.Single().Field);
    }

    [Fact]
    public async Task Removal_PagesUnderKept_GoUpAndComeBackUnderIt()
    {
        var room = await stage.RoomAsync();
        var top = await stage.Scene.PageAsync(room.Group, room.Luc, "Haut");
        var middle = await stage.Scene.PageAsync(room.Group, room.Luc, "Milieu", parent: top);
        await stage.Scene.PageAsync(room.Group, room.Anne, "Bas", parent: middle);

        var removed = await room.Member.SendAsync(await room.Member.OpenAsync($"{room.Tool}/{middle}/retirer"), "form.formulaire");
        Assert.Equal(["Haut", "Bas"], removed.Document.QuerySelectorAll(".arbre a").Select(a => a.TextContent));
        await room.Member.SendAsync(removed, $"form[action='contenus/{middle}/gestes'] button");

        var tree = await room.Member.OpenAsync(room.Tool);
        Assert.Equal("Bas", tree.Document.QuerySelector(".arbre ul ul ul a")!.TextContent);
    }

    [Fact]
    public async Task Removal_PagesUnderTaken_AllGoAndAllComeBack()
    {
        var room = await stage.RoomAsync();
        var top = await stage.Scene.PageAsync(room.Group, room.Luc, "Haut");
        var middle = await stage.Scene.PageAsync(room.Group, room.Luc, "Milieu", parent: top);
        var bottom = await stage.Scene.PageAsync(room.Group, room.Luc, "Bas", parent: middle);

        var removed = await room.Animator.SendAsync(await room.Animator.OpenAsync($"{room.Tool}/{top}/retirer"), "form.formulaire", ("With", "emporter"));
        Assert.Contains("Aucune page n’est encore écrite", removed.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await room.Member.OpenAsync($"/c/{bottom}")).Status);
        await room.Animator.SendAsync(removed, $"form[action='contenus/{top}/gestes'] button");

        Assert.Equal("Bas", (await room.Member.OpenAsync(room.Tool)).Document.QuerySelector(".arbre ul ul ul a")!.TextContent);
    }

    [Fact]
    public async Task Removal_TakingAlongWhatOthersWrote_IsNotAMembers()
    {
        var room = await stage.RoomAsync();
        var top = await stage.Scene.PageAsync(room.Group, room.Luc, "Haut");
        var under = await stage.Scene.PageAsync(room.Group, room.Anne, "D’Anne", parent: top);

        var form = await room.Member.OpenAsync($"{room.Tool}/{top}/retirer");
        var refused = await room.Member.SendAsync(form, "form.formulaire", ("With", "emporter"));

        Assert.Null(form.Document.QuerySelector("[value=emporter]"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal(HttpStatusCode.OK, (await room.Member.OpenAsync($"/c/{under}")).Status);
    }

    [Fact]
    public async Task Move_ToAnotherGroup_TakesTheTreeAlong()
    {
        var room = await stage.RoomAsync();
        var there = await stage.Scene.GroupAsync("Ailleurs", room.Anne, GroupVisibility.Hidden);
        var top = await stage.Scene.PageAsync(room.Group, room.Anne, "Haut", audience: Platform.Content.Audience.Public);
        var under = await stage.Scene.PageAsync(room.Group, room.Luc, "Bas", parent: top, audience: Platform.Content.Audience.Public);

        await room.Animator.SendAsync(await room.Animator.OpenAsync($"/contenus/{top}/deplacer"), "form.formulaire", ("To", there.Slug));

        var tree = await room.Animator.OpenAsync($"/groupes/{there.Slug}/pages");
        Assert.Equal("Bas", tree.Document.QuerySelector(".arbre ul ul a")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await room.Member.OpenAsync($"/c/{under}")).Status);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(Platform.Content.Audience.Group, await db.Items.Where(i => i.ShortId == under).Select(i => i.Audience).SingleAsync());
    }

    [Theory]
    [InlineData("Mode d’emploi", "Autre")]
    [InlineData("Autre", "MODE d’emploi")]
    public async Task Move_ToAGroupWhereATitleIsTaken_RefusedAtTheFieldAndNothingMoves(string title, string underTitle)
    {
        var room = await stage.RoomAsync();
        var there = await stage.Scene.GroupAsync("Ailleurs", room.Anne);
        await stage.Scene.PageAsync(there, room.Anne, "Mode d’emploi");
        var top = await stage.Scene.PageAsync(room.Group, room.Anne, title);
        await stage.Scene.PageAsync(room.Group, room.Luc, underTitle, parent: top);

        var refused = await room.Animator.SendAsync(await room.Animator.OpenAsync($"/contenus/{top}/deplacer"), "form.formulaire", ("To", there.Slug));

        Assert.True(refused.Refuses("To"));
        Assert.Contains("a déjà une page « Mode d’emploi »", refused.Text, StringComparison.Ordinal);
        Assert.Equal([title, underTitle], (await room.Member.OpenAsync(room.Tool)).Document.QuerySelectorAll(".arbre a").Select(a => a.TextContent));
        Assert.Equal(["Mode d’emploi"], (await room.Animator.OpenAsync($"/groupes/{there.Slug}/pages")).Document.QuerySelectorAll(".arbre a").Select(a => a.TextContent));
    }

    [Fact]
    public async Task Tree_OfFiveHundredPages_FoldedToTheBranchThatIsOpen()
    {
        var room = await stage.RoomAsync();
        var pages = new List<string>();
        for (var n = 0; n < 500; n++) pages.Add(await stage.Scene.PageAsync(room.Group, room.Luc, $"Page {n:000}", parent: n < 20 ? null : pages[(n - 20) / 6]));

        var home = await room.Member.OpenAsync(room.Tool);
        var branch = await room.Member.OpenAsync("/" + home.Document.QuerySelector(".arbre li a.discret")!.GetAttribute("href"));

        Assert.Equal(20, home.Document.QuerySelectorAll(".arbre li").Length);
        Assert.InRange(home.Document.All.Length, 20, 400);
        Assert.Equal(26, branch.Document.QuerySelectorAll(".arbre li").Length);
        Assert.Equal("Page 020", branch.Document.QuerySelector(".arbre ul ul a")!.TextContent);
        Assert.InRange((await room.Member.OpenAsync($"/c/{pages[0]}")).Document.All.Length, 20, 220);
    }

    [Fact]
    public async Task Tree_OfManyPagesSideBySide_ListedInPartThenWhole()
    {
        var room = await stage.RoomAsync();
        for (var n = 0; n < 101; n++) await stage.Scene.PageAsync(room.Group, room.Luc, $"Page {n:000}");

        var home = await room.Member.OpenAsync(room.Tool);
        var whole = await room.Member.OpenAsync("/" + home.Document.QuerySelector(".arbre li:last-child a")!.GetAttribute("href"));

        Assert.Equal(81, home.Document.QuerySelectorAll(".arbre li").Length);
        Assert.Equal(101, whole.Document.QuerySelectorAll(".arbre li").Length);
    }

    [Fact]
    public async Task Follow_PageWithNothingUnderItYet_ToldOfWhatIsWrittenThereLater()
    {
        var room = await stage.RoomAsync();
        var top = await room.WriteAsync(room.Animator, "Projets", "Texte.");

        var followed = await room.Animator.SendAsync(await room.Animator.OpenAsync($"/c/{top}"), "button[name='suivre']");
        await room.WriteAsync(room.Member, "Nouveau projet", "Texte.", $"?parent={top}");
        await stage.Instance.SettleAsync();

        Assert.Equal("true", followed.Document.QuerySelector("button[name='suivre']")!.GetAttribute("aria-pressed"));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(Platform.Notifications.NotificationReason.Following, await db.Notifications.Where(n => n.MemberId == room.Anne.Id && n.GroupId == room.Group.Id).Select(n => n.Reason).SingleAsync());
    }
}
