using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>What waits for an answer is told once more, and once only.</summary>
public sealed class ReminderTests(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task Invitation_UnansweredForAWeek_RemindedOnceWithALinkThatOpens()
    {
        var room = await InvitedAsync();

        await DaysAsync(6);
        Assert.Single(await stage.LettersAsync(room.Email));
        await DaysAsync(2);
        await DaysAsync(8);
        var letters = await stage.LettersAsync(room.Email);

        Assert.Equal(2, letters.Count);
        Assert.Contains("votre réponse n’est pas encore arrivée", letters[1].Text, StringComparison.Ordinal);
        var visitor = new Visitor(stage.Instance.Browser());
        var page = await visitor.OpenAsync(letters[1].LinkTo("/invitation/"));
        Assert.Contains(room.Group.Name, page.Text, StringComparison.Ordinal);
        Assert.NotEqual(letters[0].LinkTo("/invitation/"), letters[1].LinkTo("/invitation/"));
    }

    [Theory]
    [InlineData("retiree")]
    [InlineData("animatrice partie")]
    [InlineData("groupe archive")]
    [InlineData("exclue")]
    public async Task Invitation_ThatNobodyWouldMakeAnyMore_NotReminded(string why)
    {
        var room = await InvitedAsync();
        await using (var db = stage.Instance.Open(Viewer.System))
        {
            if (why == "retiree") await db.Invitations.Where(i => i.GroupId == room.Group.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.WithdrawnAt, stage.Scene.Now));
            if (why == "groupe archive") await db.Groups.Where(g => g.Id == room.Group.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.ArchivedAt, stage.Scene.Now));
        }

        if (why == "animatrice partie") await stage.Scene.JoinAsync(room.Group, room.Owner, GroupRole.Member);
        if (why == "exclue")
        {
            var member = await stage.Scene.MemberAsync("Exclue");
            await stage.AddressAsync(member, room.Email);
            await stage.Scene.JoinAsync(room.Group, member, state: MembershipState.Removed);
        }

        await DaysAsync(8);

        // Not written at all: the check at leaving would hide one that is.
        Assert.Single(await stage.Instance.LettersAsync(room.Email));
    }

    [Fact]
    public async Task Request_WaitingThreeDays_ToldOnceMoreToTheAnimatorsWithTheActs()
    {
        var (owner, animator, asking) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Marc Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        var group = await stage.Scene.GroupAsync("Groupe", owner);
        await stage.Scene.JoinAsync(group, animator, GroupRole.Animator);
        await AskAsync(group, asking);

        await DaysAsync(2);
        Assert.Single(await stage.LettersAsync(owner.Email));
        await DaysAsync(2);
        await DaysAsync(5);

        foreach (var member in (Member[])[owner, animator])
        {
            var letters = await stage.LettersAsync(member.Email);
            Assert.Equal(2, letters.Count);
            Assert.Contains("attend toujours une réponse", letters[1].Text, StringComparison.Ordinal);
            Assert.Equal(2, letters[1].LinksTo("/geste/").Count);
        }

        var visitor = new Visitor(stage.Instance.Browser());
        var link = (await stage.LettersAsync(animator.Email))[1].LinksTo("/geste/")[0];
        await visitor.SendAsync(await visitor.OpenAsync(link), "button[value='faire']");
        Assert.Equal(MembershipState.Active, (await stage.MembershipAsync(group, asking))!.State);
    }

    [Fact]
    public async Task Request_AnsweredBeforeTheReminderLeft_ToldNoMore()
    {
        var (owner, asking) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        var group = await stage.Scene.GroupAsync("Groupe", owner);
        await AskAsync(group, asking);
        await stage.LettersAsync(owner.Email);
        stage.Instance.Clock.Advance(TimeSpan.FromDays(4));
        await RunAsync();

        await stage.Scene.JoinAsync(group, asking, state: MembershipState.Refused);

        Assert.Single(await stage.LettersAsync(owner.Email));
    }

    [Fact]
    public async Task Request_MadeAgain_IsAnotherAndToldOnceMoreToo()
    {
        var (owner, asking) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        var group = await stage.Scene.GroupAsync("Groupe", owner);
        await AskAsync(group, asking);
        await DaysAsync(4);
        await stage.Scene.JoinAsync(group, asking, state: MembershipState.Left);

        await AskAsync(group, asking);
        await DaysAsync(4);

        Assert.Equal(4, (await stage.LettersAsync(owner.Email)).Count);
    }

    private async Task AskAsync(Group group, Member asking)
    {
        using var program = await stage.Instance.ProgramAsync(asking.Id);
        using var asked = await program.PostAsJsonAsync($"groups/{group.Slug}/join", new { answer = "Bonjour." });
        Assert.True(asked.IsSuccessStatusCode);
    }

    // The mornings of those days come and go, each job asked twice as when two processes share the work.
    private async Task DaysAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            stage.Instance.Clock.Advance(TimeSpan.FromDays(1));
            await RunAsync();
            await RunAsync();
            await stage.Instance.SettleAsync();
        }
    }

    private async Task RunAsync()
    {
        foreach (var job in stage.Instance.Services.GetServices<IRecurringJob>().Where(j => j.Key is "requests" or "invitations")) await job.RunAsync(default);
    }

    private async Task<Room> InvitedAsync()
    {
        var owner = await stage.Scene.MemberAsync("Anne Essai");
        var group = await stage.Scene.GroupAsync("Groupe", owner);
        var email = $"ida.{group.Id:N}@exemple.invalid";
        var animator = await stage.AsAsync(owner);
        var sent = await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/invitations"), "textarea[name='Addresses']", ("Addresses", email));
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Single(await stage.LettersAsync(email));
        return new(group, owner, email);
    }

    private sealed record Room(Group Group, Member Owner, string Email);
}
