using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Issues that leave by themselves, on a clock that is told to move.</summary>
public sealed class DepartureTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Ready_HourAfterTheClocksChange_LeavesThenOnceFromTwoProcesses(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider, manualClock: true);
        var (scene, anne, group) = await SetAsync(instance, p => (p.Day, p.Hour) = (DayOfWeek.Monday, 8));
        // Friday evening; the clocks go forward on Sunday 28 March 2027.
        instance.Clock.Advance(new DateTimeOffset(2027, 3, 26, 17, 0, 0, TimeSpan.Zero) - instance.Clock.GetUtcNow());
        await scene.PlaceAsync(group, anne, new("Un article"));
        var visitor = new Visitor(await instance.SignedInAsync(anne.Id));
        var page = await visitor.OpenAsync($"/groupes/{group.Slug}/veille/revue");
        Assert.Contains("Prête à partir lundi 8 h", page.Text, StringComparison.Ordinal);
        Assert.Equal(("2027-03-29", "08:00"), (page.ValueOf("Input.Date"), page.ValueOf("Input.Hour")));
        var ready = await visitor.SendAsync(page, ".revue-preparation", ("Input.Gesture", "prete"));
        Assert.Contains("Prête, part le 29 mars 2027 à 8 h", ready.Text, StringComparison.Ordinal);

        instance.Clock.Advance(new DateTimeOffset(2027, 3, 29, 5, 59, 0, TimeSpan.Zero) - instance.Clock.GetUtcNow());
        Assert.Equal(0, await RunAsync(instance));
        Assert.Equal(0, await CountAsync(instance, group));
        instance.Clock.Advance(TimeSpan.FromMinutes(1));
        await using var second = await instance.SecondAsync();
        var left = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => RunAsync(i % 2 == 0 ? instance : second)));

        Assert.Equal(1, left.Sum());
        Assert.Equal(1, await CountAsync(instance, group));
        await using var db = instance.Open(Viewer.System);
        var item = await db.Items.SingleAsync(i => i.GroupId == group.Id && i.Kind == VeilleModule.IssueKind);
        Assert.Equal((anne.Id, "Revue n°\u00a01"), (item.AuthorId, item.Title));
        Assert.Equal(202712, (await db.Set<PublishedIssue>().SingleAsync(i => i.Id == item.Id)).Week);
    }

    [Fact]
    public async Task Ready_TakenBackBeforeItsHour_DoesNotLeave()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        var (scene, anne, group) = await SetAsync(instance, p => p.Hour = 9);
        await scene.PlaceAsync(group, anne, new("Un article"));
        var visitor = new Visitor(await instance.SignedInAsync(anne.Id));
        var ready = await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/veille/revue"), ".revue-preparation", ("Input.Gesture", "prete"));
        Assert.Contains("Prête, part le 27 novembre 2026 à 9 h", ready.Text, StringComparison.Ordinal);

        var draft = await visitor.SendAsync(ready, ".revue-preparation", ("Input.Gesture", "brouillon"));
        instance.Clock.Advance(TimeSpan.FromDays(10));

        Assert.Contains("En préparation", draft.Text, StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync(instance));
        Assert.Equal(0, await CountAsync(instance, group));
    }

    [Theory]
    [InlineData("role")]
    [InlineData("suspendue")]
    [InlineData("vide")]
    public async Task Ready_NobodyMayPublishItAnyMore_GoesBackToBeingPrepared(string what)
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        var (scene, anne, group) = await SetAsync(instance, _ => { });
        var marc = await scene.MemberAsync("Marc Essai");
        await scene.JoinAsync(group, marc, GroupRole.Animator);
        await scene.PlaceAsync(group, anne, new("Un article"));
        var visitor = new Visitor(await instance.SignedInAsync(marc.Id));
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/veille/revue"), ".revue-preparation", ("Input.Gesture", "prete"));
        await using (var db = instance.Open(Viewer.System))
        {
            if (what == "role") await scene.JoinAsync(group, marc);
            else if (what == "suspendue") await db.Members.Where(m => m.Id == marc.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MemberState.Suspended));
            else await db.Set<PoolEntry>().Where(e => e.GroupId == group.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.State, PoolState.SetAside));
        }

        instance.Clock.Advance(TimeSpan.FromDays(10));

        Assert.Equal(0, await RunAsync(instance));
        Assert.Equal(0, await CountAsync(instance, group));
        var page = await new Visitor(await instance.SignedInAsync(anne.Id)).OpenAsync($"/groupes/{group.Slug}/veille/revue");
        Assert.Contains("En préparation", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_Once_PublishesWhatIsDueAndTellsOfIt()
    {
        await using var instance = await Instance.StartAsync();
        var (scene, anne, group) = await SetAsync(instance, p => p.Audience = Audience.Group);
        var luc = await scene.MemberAsync("Luc Essai");
        await scene.JoinAsync(group, luc, level: Platform.Notifications.MailLevel.Everything);
        await scene.PlaceAsync(group, anne, new("Un article de la semaine"));
        await using (var db = instance.Open(Viewer.System))
            await db.Set<Issue>().Where(i => i.GroupId == group.Id).ExecuteUpdateAsync(set => set
                .SetProperty(i => i.State, IssueState.Ready).SetProperty(i => i.PublishAt, DateTime.UtcNow.AddMinutes(-1)).SetProperty(i => i.ReadyById, anne.Id));

        var outcome = await ProductProcess.RunAsync(["work", "--once"], ("Territoire__DataDirectory", instance.Folder));

        Assert.Equal(1, await CountAsync(instance, group));
        Assert.Contains("Un article de la semaine", Letter.Of(Assert.Single(instance.Mails(), m => m.Contains($"<{luc.Email}>", StringComparison.OrdinalIgnoreCase))).Text, StringComparison.Ordinal);
        Assert.NotNull(outcome);
    }

    [Fact]
    public async Task Issue_OpenedInTheLastWeekOf2026_IsOfWeek53()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        var (scene, anne, group) = await SetAsync(instance, _ => { });
        instance.Clock.Advance(new DateTimeOffset(2027, 1, 2, 12, 0, 0, TimeSpan.Zero) - instance.Clock.GetUtcNow());

        var first = await scene.PublishAsync(group, anne, null, "Un mot");
        var second = await scene.PublishAsync(group, anne, null, "Un autre mot");

        var visitor = new Visitor(await instance.SignedInAsync(anne.Id));
        Assert.Contains("Semaine 53, du 28 décembre 2026 au 3 janvier 2027", (await visitor.OpenAsync($"/groupes/{group.Slug}/veille/revues/{first}")).Text, StringComparison.Ordinal);
        Assert.Contains("Semaine 1, du 4 au 10 janvier 2027", (await visitor.OpenAsync($"/groupes/{group.Slug}/veille/revues/{second}")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-30T06:59", "2026-11-30T08:00")]
    [InlineData("2026-11-30T07:00", "2026-12-07T08:00")]
    [InlineData("2026-11-29T23:30", "2026-11-30T08:00")]
    [InlineData("2027-03-27T12:00", "2027-03-29T08:00")]
    public void Departure_Proposed_IsTheNextOne(string now, string proposed) => Assert.Equal(
        DateTime.Parse(proposed, System.Globalization.CultureInfo.InvariantCulture), PublishTime.Proposed(DayOfWeek.Monday, 8, DateTime.Parse(now, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal | System.Globalization.DateTimeStyles.AssumeUniversal), Paris));

    private static async Task<(Scene Scene, Member Anne, Group Group)> SetAsync(Instance instance, Action<TerritoireCollab.Veille.Settings.VeilleProfile> profile)
    {
        var scene = new Scene(instance);
        var anne = await scene.MemberAsync("Anne Essai");
        var group = await scene.VeilleAsync(anne);
        await scene.SetVeilleAsync(group, profile);
        return (scene, anne, group);
    }

    private static Task<int> RunAsync(Instance instance) => instance.Services.GetServices<IWorker>().OfType<PublishDueIssues>().Single().RunOnceAsync(default);

    private static async Task<int> CountAsync(Instance instance, Group group)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.Items.CountAsync(i => i.GroupId == group.Id && i.Kind == VeilleModule.IssueKind);
    }
}
