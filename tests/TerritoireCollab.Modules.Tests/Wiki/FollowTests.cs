using System.Net;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Wiki;

/// <summary>Following all pages of a group, or a page with those under it: who is told, why, and how it ends.</summary>
public sealed class FollowTests(WikiStage stage) : IClassFixture<WikiStage>
{
    [Fact]
    public async Task Wiki_Followed_ToldOfNewChangedAndCommentedPagesAndWhy()
    {
        var room = await stage.RoomAsync();
        var old = await stage.Scene.PageAsync(room.Group, room.Luc, "Ancienne page");
        await stage.Instance.SettleAsync();

        var followed = await room.Animator.SendAsync(await room.Animator.OpenAsync(room.Tool), "button[name='suivre']");
        await stage.Scene.RewriteAsync(old, room.Luc, "Un autre texte.");
        await stage.Scene.PageAsync(room.Group, room.Luc, "Nouvelle page");
        await stage.Scene.AnswerAsync(old, room.Luc, "Une remarque");
        await stage.Instance.SettleAsync();

        Assert.Contains("Vous suivez toutes les pages du groupe.", followed.Text, StringComparison.Ordinal);
        Assert.Equal("true", followed.Document.QuerySelector("button[name='suivre']")!.GetAttribute("aria-pressed"));
        Assert.Equal(3, await ToldAsFollowerAsync(room));
        Assert.Equal(3, stage.Instance.Mails().Select(Letter.Of).Count(l => l.To == room.Anne.Email && l.Text.Contains($"parce que vous suivez le wiki de {room.Group.Name}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Wiki_LeftWhereItWasFollowed_ToldNoMore()
    {
        var room = await stage.RoomAsync();
        var page = await stage.Scene.PageAsync(room.Group, room.Luc, "Une page");
        await stage.Instance.SettleAsync();
        var followed = await room.Animator.SendAsync(await room.Animator.OpenAsync(room.Tool), "button[name='suivre']");

        await room.Animator.SendAsync(followed, "button[name='suivre']");
        await stage.Scene.RewriteAsync(page, room.Luc, "Un autre texte.");
        await stage.Instance.SettleAsync();

        Assert.Equal(0, await ToldAsFollowerAsync(room));
    }

    [Fact]
    public async Task Places_InTheSettings_ListedAndLeftThere()
    {
        var room = await stage.RoomAsync();
        var page = await stage.Scene.PageAsync(room.Group, room.Luc, "Projets");
        await room.Animator.SendAsync(await room.Animator.OpenAsync(room.Tool), "button[name='suivre']");
        await room.Animator.SendAsync(await room.Animator.OpenAsync($"/c/{page}"), "button[name='suivre']");

        var settings = await room.Animator.OpenAsync("/moi/notifications");
        Assert.Equal(["Toutes les pages", "Projets et ses sous-pages"], settings.Document.QuerySelectorAll("[aria-labelledby=ensembles] h3").Select(h => h.TextContent));
        settings = await room.Animator.SendAsync(settings, $"[value='arborescence:{page}']");
        settings = await room.Animator.SendAsync(settings, $"[value='pages:{room.Group.Slug}']");

        Assert.Null(settings.Document.QuerySelector("[aria-labelledby=ensembles]"));
        Assert.Equal("false", (await room.Animator.OpenAsync(room.Tool)).Document.QuerySelector("button[name='suivre']")!.GetAttribute("aria-pressed"));
    }

    [Fact]
    public async Task Page_MovedOutOfAFollowedSubtree_ToldNoMore()
    {
        var room = await stage.RoomAsync();
        var top = await stage.Scene.PageAsync(room.Group, room.Luc, "Projets");
        var under = await stage.Scene.PageAsync(room.Group, room.Luc, "Un projet", parent: top);
        await room.Animator.SendAsync(await room.Animator.OpenAsync($"/c/{top}"), "button[name='suivre']");
        await stage.Scene.RewriteAsync(under, room.Luc, "Dedans.");
        await stage.Instance.SettleAsync();
        Assert.Contains(stage.Instance.Mails().Select(Letter.Of), l => l.To == room.Anne.Email && l.Text.Replace('\u00a0', ' ').Contains("vous suivez la page « Projets » et ses sous-pages", StringComparison.Ordinal));

        await room.Member.SendAsync(await room.Member.OpenAsync($"{room.Tool}/{under}/ranger"), "form.formulaire", ("Parent", ""));
        await using (var db = stage.Instance.Open(Viewer.System)) await db.Activities.Where(a => a.Kind == "item.rewritten").ExecuteDeleteAsync();
        await stage.Scene.RewriteAsync(under, room.Luc, "Dehors.");
        await stage.Instance.SettleAsync();

        await using var after = stage.Instance.Open(Viewer.System);
        Assert.Empty(await after.Notifications.Where(n => n.MemberId == room.Anne.Id && n.ReadAt == null && after.Activities.Any(a => a.Id == n.ActivityId && a.Kind == "item.rewritten")).ToListAsync());
    }

    [Fact]
    public async Task Wiki_OfAGroupThatIsNotTheirs_NotFollowed()
    {
        var room = await stage.RoomAsync();
        var stranger = new Visitor(await stage.Instance.SignedInAsync((await stage.Scene.MemberAsync("Zoé Essai")).Id));

        Assert.Null((await stranger.OpenAsync(room.Tool)).Document.QuerySelector("button[name='suivre']"));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"{room.Tool}/suivi", ("suivre", "true"))).Status);
    }

    [Fact]
    public async Task Feed_OfASubtree_ItsPagesAloneChangedLastFirst()
    {
        var room = await stage.RoomAsync();
        var top = await stage.Scene.PageAsync(room.Group, room.Luc, "Projets");
        var under = await stage.Scene.PageAsync(room.Group, room.Luc, "Un projet", parent: top);
        await stage.Scene.PageAsync(room.Group, room.Luc, "Autre chose");
        await stage.Scene.RewriteAsync(top, room.Luc, "Un autre texte.");
        var page = await room.Member.OpenAsync($"{room.Tool}/{top}/historique");

        var feed = XDocument.Parse(await room.Member.Browser.GetStringAsync("/" + page.Document.QuerySelector("main a[href$='/flux.atom']")!.GetAttribute("href")));

        XNamespace atom = "http://www.w3.org/2005/Atom";
        Assert.Equal(["Projets", "Un projet"], feed.Root!.Elements(atom + "entry").Select(e => e.Element(atom + "title")!.Value));
        using var stranger = stage.Instance.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"{room.Tool}/{under}/flux.atom")).StatusCode);
    }

    private async Task<int> ToldAsFollowerAsync(WikiRoom room)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Notifications.CountAsync(n => n.MemberId == room.Anne.Id && n.GroupId == room.Group.Id && n.Reason == NotificationReason.Following);
    }
}
