using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Admin;

/// <summary>Two clicks at the same moment: never an error, never twice, and never a platform without an administrator.</summary>
public sealed class RaceTests
{
    /// <summary>The databases that are always there.</summary>
    public static TheoryData<DatabaseProvider> Providers { get; } = [DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Administrators_TakingItFromEachOther_OneIsLeft(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);

        for (var round = 0; round < 8; round++)
        {
            var (one, other) = (await scene.MemberAsync("Ada Admin", admin: true), await scene.MemberAsync("Abel Admin", admin: true));
            var answers = await BothAsync(instance, one, other, "[name='donnee'][value='false']");
            Assert.All(answers, a => Assert.True((int)a.Status < 500, $"{a.Status}"));
            await LeaveNobodyButAsync(instance, one, other);
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Administrators_SuspendingEachOther_OneIsLeft(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);

        for (var round = 0; round < 8; round++)
        {
            var (one, other) = (await scene.MemberAsync("Ada Admin", admin: true), await scene.MemberAsync("Abel Admin", admin: true));
            var answers = await BothAsync(instance, one, other, "[name='Reason']");
            Assert.All(answers, a => Assert.True((int)a.Status < 500, $"{a.Status}"));
            await LeaveNobodyButAsync(instance, one, other);
        }
    }

    [Fact]
    public async Task Administration_TakenFromTheLastOne_Refused()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (one, other) = (await scene.MemberAsync("Ada Admin", admin: true), await scene.MemberAsync("Abel Admin", admin: true));
        var admin = await instance.VisitorAsync(one);
        var page = await admin.OpenAsync($"/administration/membres/{one.Id}");
        await admin.SendAsync(await admin.OpenAsync($"/administration/membres/{other.Id}"), "[name='donnee'][value='false']");

        var refused = await admin.SendAsync(page, "[name='donnee'][value='false']");
        var alone = await admin.OpenAsync($"/administration/membres/{one.Id}");

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("C’est le dernier administrateur", refused.Text, StringComparison.Ordinal);
        Assert.Null(alone.Document.QuerySelector("[name='donnee']"));
        Assert.True((await instance.MemberAsync(one.Email))?.IsAdmin);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "approuver", 1)]
    [InlineData(DatabaseProvider.PostgreSql, "approuver", 1)]
    [InlineData(DatabaseProvider.Sqlite, "refuser", 1)]
    [InlineData(DatabaseProvider.PostgreSql, "refuser", 1)]
    public async Task Decision_ClickedSixTimesAtOnce_DoneOnceAndOneMail(DatabaseProvider provider, string gesture, int mails)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);
        var waiting = await scene.MemberAsync("Walter Attend", MemberState.AwaitingApproval);
        var admin = await instance.VisitorAsync(await scene.MemberAsync("Ada Admin", admin: true));
        var page = await admin.OpenAsync($"/administration/membres/{waiting.Id}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => admin.SendAsync(page, $"[formaction$='/{gesture}']")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Equal(mails, (await instance.LettersAsync(waiting.Email)).Count);
        Assert.Equal(gesture == "approuver" ? MemberState.Active : null, (await instance.MemberAsync(waiting.Email))?.State);
    }

    [Fact]
    public async Task Decision_ApprovedAndRefusedAtOnce_OneOfThemHolds()
    {
        await using var instance = await Instance.StartAsync(DatabaseProvider.PostgreSql);
        var scene = new Scene(instance);
        var admin = await instance.VisitorAsync(await scene.MemberAsync("Ada Admin", admin: true));

        for (var round = 0; round < 6; round++)
        {
            var waiting = await scene.MemberAsync("Walter Attend", MemberState.AwaitingApproval);
            var page = await admin.OpenAsync($"/administration/membres/{waiting.Id}");
            var answers = await Task.WhenAll(admin.SendAsync(page, "[formaction$='/approuver']"), admin.SendAsync(page, "[formaction$='/refuser']"));
            Assert.All(answers, a => Assert.True((int)a.Status < 500, $"{a.Status}"));
            var kind = Assert.Single(await instance.LettersAsync(waiting.Email)).Kind;
            Assert.Equal(kind == "compte.approuve" ? MemberState.Active : null, (await instance.MemberAsync(waiting.Email))?.State);
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Choices_FirstSavedSixTimesAtOnce_Saved(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var admin = await instance.VisitorAsync(await new Scene(instance).MemberAsync("Ada Admin", admin: true));
        var page = await admin.OpenAsync("/administration/reglages");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => admin.SendAsync(page, "[name='Input.Name']", ("Input.Name", $"Espace {i}"))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.StartsWith("Espace ", (await admin.OpenAsync("/administration/reglages")).ValueOf("Input.Name"), StringComparison.Ordinal);
        await using var db = instance.Open(Viewer.System);
        Assert.Equal(3, await db.Settings.CountAsync(s => s.Key.StartsWith("plateforme")));
    }

    private static async Task<VisitedPage[]> BothAsync(Instance instance, Member one, Member other, string button)
    {
        var (first, second) = (await instance.VisitorAsync(one), await instance.VisitorAsync(other));
        var (onOther, onOne) = (await first.OpenAsync($"/administration/membres/{other.Id}"), await second.OpenAsync($"/administration/membres/{one.Id}"));
        return await Task.WhenAll(first.SendAsync(onOther, button), second.SendAsync(onOne, button));
    }

    // Exactly one of the two came first; both then leave, so that the next round begins with two.
    private static async Task LeaveNobodyButAsync(Instance instance, Member one, Member other)
    {
        await using var db = instance.Open(Viewer.System);
        var both = db.Members.Where(m => m.Id == one.Id || m.Id == other.Id);
        Assert.Equal(1, await both.CountAsync(m => m.IsAdmin && m.State == MemberState.Active));
        await both.ExecuteUpdateAsync(set => set.SetProperty(m => m.IsAdmin, false));
    }
}
