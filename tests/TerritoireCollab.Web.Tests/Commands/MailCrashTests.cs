using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Commands;

/// <summary>
/// The process that sends dies, at every point that has a name and at random ones: no mail is lost, and at most one leaves twice for each death, under
/// the same Message-ID. The number of random deaths is that of the environment variable TERRITOIRE_TEST_KILLS, or a few.
/// </summary>
public sealed class MailCrashTests
{
    private static readonly TimeSpan Beyond = TimeSpan.FromMinutes(2);

    // What dies at a point is one mail: with several connections another may be at another point.
    private static readonly (string, string) OneLane = ("Territoire__Mail__Smtp__Connections", "1");

    [Theory]
    [InlineData("queued:1", 0)]
    [InlineData("claimed:1", 0)]
    [InlineData("begun:5", 0)]
    [InlineData("accepted:5", 1)]
    [InlineData("recorded:5", 0)]
    public async Task F02_DeathAtANamedPoint_NothingLostAndCopiesAsDesigned(string point, int copies)
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        instance.Clock.Advance(TimeProvider.System.GetUtcNow() - instance.Clock.GetUtcNow());
        await ThreadAsync(instance, 12);

        var death = await ProductProcess.RunAsync(["work", "--once"], [.. Environment(instance, sink), OneLane, ("TERRITOIRE_CRASH_AT", point)]);
        Assert.True(death.ExitCode != 0, death.Output);
        instance.Clock.Advance(TimeProvider.System.GetUtcNow() - instance.Clock.GetUtcNow() + Beyond);
        await instance.SettleAsync();

        Assert.Equal(12, sink.Mails.Select(m => m.Recipient).Distinct().Count());
        Assert.Equal(12 + copies, sink.Mails.Count);
        Assert.All(sink.Mails.GroupBy(m => m.Recipient), g => Assert.Single(g.Select(m => m.MessageId).Distinct()));
        Assert.Equal(12, (await instance.StatesAsync())[MailState.Sent]);
    }

    [Theory]
    [InlineData("DATA", 0)]
    [InlineData("point", 1)]
    public async Task F02_DeathOnTheWire_NothingLostAndCopiesAsDesigned(string point, int copies)
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        instance.Clock.Advance(TimeProvider.System.GetUtcNow() - instance.Clock.GetUtcNow());
        await ThreadAsync(instance, 12);
        Process? process = null;
        var started = new TaskCompletionSource();
        sink.Answer = async line =>
        {
            if (point == "DATA" && line == "DATA" && sink.Mails.Count >= 5) await DieAsync();
            return null;
        };
        sink.AfterDot = async mail =>
        {
            if (point == "point" && mail.Number == 5) await DieAsync();
            return "250 pris";
        };

        process = ProductProcess.Start(["work", "--once"], [.. Environment(instance, sink), OneLane]);
        started.SetResult();
        await process.WaitForExitAsync();
        (sink.Answer, sink.AfterDot) = (_ => Task.FromResult<string?>(null), _ => Task.FromResult("250 pris"));
        instance.Clock.Advance(TimeProvider.System.GetUtcNow() - instance.Clock.GetUtcNow() + Beyond);
        await instance.SettleAsync();

        Assert.NotEqual(0, process.ExitCode);
        Assert.Equal(12, sink.Mails.Select(m => m.Recipient).Distinct().Count());
        Assert.Equal(12 + copies, sink.Mails.Count);
        Assert.Equal(12, (await instance.StatesAsync())[MailState.Sent]);

        async Task DieAsync()
        {
            await started.Task;
            process!.Kill();
            await process.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task M9_DeathAtRandomMoments_NothingLostAndAtMostOneCopyADeath()
    {
        var kills = int.TryParse(System.Environment.GetEnvironmentVariable("TERRITOIRE_TEST_KILLS"), out var chosen) ? chosen : 3;
        var mails = Math.Max(200, kills * 20);
        var random = new Random(20261128);
        await using var sink = new MailSink { KeepsSources = false };
        sink.AfterDot = async _ =>
        {
            await Task.Delay(1);
            return "250 pris";
        };
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        instance.Clock.Advance(TimeProvider.System.GetUtcNow() - instance.Clock.GetUtcNow());
        await instance.QueueAsync(mails);

        for (var kill = 0; kill < kills; kill++)
        {
            using var process = ProductProcess.Start(["work"], [.. Environment(instance, sink)]);
            var until = sink.Mails.Count + random.Next(1, 15);
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (sink.Mails.Count < until) await Task.Delay(1, patience.Token);
            await Task.Delay(random.Next(0, 4));
            process.Kill();
            await process.WaitForExitAsync();
            await PassAsync(instance);
        }

        instance.Clock.Advance(TimeProvider.System.GetUtcNow() - instance.Clock.GetUtcNow() + Beyond);
        await instance.SendAsync();
        var copies = sink.Mails.Count - sink.Copies().Count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} deaths, {mails} mails, {copies} left twice, {sink.Copies().Values.Max()} copies at most.");

        Assert.Equal(mails, sink.Copies().Count);
        Assert.Equal(mails, (await instance.StatesAsync())[MailState.Sent]);
        Assert.InRange(copies, 0, kills);
        Assert.InRange(sink.Copies().Values.Max(), 1, 2);
    }

    [Fact]
    public async Task F03_TwoProcessesOnOnePostgreSql_EachMailOnce()
    {
        await using var sink = new MailSink { KeepsSources = false };
        await using var instance = await Instance.StartAsync(DatabaseProvider.PostgreSql, settings: Outbox.To(sink));
        // Each process has seen the other's first sign of life.
        await instance.QueueAsync(1, "premier");
        await instance.WorkAsync();
        await instance.QueueAsync(600);

        var ends = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ProductProcess.RunAsync(["work", "--once"], [.. Environment(instance, sink)])));

        Assert.All(ends, e => Assert.Equal((0, ""), (e.ExitCode, e.Errors)));
        Assert.Equal(601, sink.Mails.Count);
        Assert.Equal(601, sink.Copies().Count);
        Assert.Equal(601, (await instance.StatesAsync())[MailState.Sent]);
    }

    // A minute passes: what the dead process had reserved, or had under way, is free again.
    private static async Task PassAsync(Instance instance)
    {
        await using var db = instance.Open(Viewer.System);
        var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);
        await db.Mails.Where(m => m.State == MailState.Pending).ExecuteUpdateAsync(set => set.SetProperty(m => m.NextAttemptAt, past));
        await db.Mails.Where(m => m.State == MailState.Sending).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeaseUntil, past));
    }

    private static async Task ThreadAsync(Instance instance, int readers)
    {
        var scene = new Scene(instance);
        var author = await scene.MemberAsync("Anne Essai");
        var group = await scene.GroupAsync("Énergie", author);
        for (var i = 0; i < readers; i++) await scene.JoinAsync(group, await scene.MemberAsync($"Lecteur {i}"), level: MailLevel.Everything);
        await scene.TopicAsync(group, author, "Un fil");
    }

    private static (string, string)[] Environment(Instance instance, MailSink sink)
    {
        var database = (DatabaseOptions)instance.Services.GetService(typeof(DatabaseOptions))!;
        return
        [
            ("Territoire__DataDirectory", instance.Folder), ("Territoire__Database__Provider", database.Provider.ToString()), ("ConnectionStrings__Territoire", database.ConnectionString),
            ("Territoire__Mail__Transport", "Smtp"), ("Territoire__Mail__Smtp__Host", "127.0.0.1"), ("Territoire__Mail__Smtp__Port", $"{sink.Port}"), ("DOTNET_DbgEnableMiniDump", "0"),
        ];
    }
}
