using System.Net;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>Addresses by which programs that know no password read what their member may read.</summary>
public sealed class SubscriptionTests(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task Address_OfTheAgendaOfAGroup_AProgramReadsWhatIsForMembersUntilItIsRevoked()
    {
        var (owner, member) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.Scene.GroupAsync("Groupe", owner, members: member);
        await stage.Scene.TurnOnAsync(group);
        await stage.Scene.EventAsync(group, owner, "Réunion des membres", inDays: 5);
        var visitor = await stage.AsAsync(member);
        var agenda = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda");
        var form = await visitor.OpenAsync("/" + agenda.Document.QuerySelector("main a[href*='moi/abonnement']")!.GetAttribute("href"));

        Assert.Equal("agenda.ics", form.Document.QuerySelector("[name='What'][checked]")!.GetAttribute("value"));
        var made = await visitor.SendAsync(form, "[name='What']");
        var address = made.Document.QuerySelector("code")!.TextContent;
        using var program = stage.Instance.Browser();
        var calendar = await program.GetStringAsync(new Uri(address).PathAndQuery);

        Assert.Contains("Réunion des membres", calendar, StringComparison.Ordinal);
        Assert.Equal($"webcal{address[address.IndexOf(':', StringComparison.Ordinal)..]}", made.Document.QuerySelector("main a[href^='webcal:']")!.GetAttribute("href"));
        var account = await visitor.OpenAsync("/moi/compte");
        Assert.Contains("Agenda, en calendrier · Groupe", account.Text, StringComparison.Ordinal);
        await visitor.SendAsync(account, "[formaction$='/revoquer']");
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync(new Uri(address).PathAndQuery)).StatusCode);
    }

    [Fact]
    public async Task Address_OfTheWholeGroup_FeedOfWhatMembersRead()
    {
        var (owner, member) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.Scene.GroupAsync("Groupe", owner, members: member);
        await stage.Scene.TopicAsync(group, owner, "Un fil des membres");
        var visitor = await stage.AsAsync(member);

        var made = await visitor.SendAsync(await visitor.OpenAsync($"/moi/abonnement?groupe={group.Slug}"), "[name='What']");

        using var program = stage.Instance.Browser();
        Assert.Contains("Un fil des membres", await program.GetStringAsync(new Uri(made.Document.QuerySelector("code")!.TextContent).PathAndQuery), StringComparison.Ordinal);
        Assert.Null(made.Document.QuerySelector("main a[href^='webcal:']"));
    }

    [Fact]
    public async Task Page_OfAGroupThatIsHiddenOrAbsent_NotFound()
    {
        var owner = await stage.Scene.MemberAsync("Anne Essai");
        var group = await stage.Scene.GroupAsync("Groupe", owner, GroupVisibility.Hidden);
        var visitor = await stage.AsAsync(await stage.Scene.MemberAsync("Passant Essai"));

        foreach (var slug in (string[])[group.Slug, "absent"]) Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"/moi/abonnement?groupe={slug}")).Status);
    }

    [Fact]
    public async Task Form_SomethingThatTheGroupHasNot_SentenceAtTheField()
    {
        var owner = await stage.Scene.MemberAsync("Anne Essai");
        var group = await stage.Scene.GroupAsync("Groupe", owner);
        var visitor = await stage.AsAsync(owner);

        var refused = await visitor.SendAsync(await visitor.OpenAsync($"/moi/abonnement?groupe={group.Slug}"), "[name='What']", ("What", "../../administration"));

        Assert.Contains("Choisissez ce que vous voulez suivre.", refused.Document.QuerySelector("[data-erreurs] li")!.TextContent, StringComparison.Ordinal);
        Assert.Null(refused.Document.QuerySelector("code"));
    }
}
