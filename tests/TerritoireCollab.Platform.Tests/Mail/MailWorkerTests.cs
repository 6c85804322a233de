using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Mail;

/// <summary>The outbox: each mail once, to nobody who lost the right to it, tried again as long as it may pass.</summary>
public sealed class MailWorkerTests
{
    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Run_TwoWorkersOnOneOutbox_EachMailOnce(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var sink = new Sink(_ => MailAnswer.Accepted);
        await AddAsync(instance, 40);

        var sent = await Task.WhenAll(Worker(instance, sink).RunOnceAsync(default), Worker(instance, sink).RunOnceAsync(default));

        Assert.Equal(40, sent.Sum());
        Assert.Equal(40, sink.Sent.Distinct().Count());
        Assert.Equal(40, sink.Sent.Count);
    }

    [Fact]
    public async Task Run_RefusedForATime_TriedAgainLaterAndLater()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        var answers = new Queue<MailAnswer>([new(MailOutcome.TryLater, "450"), new(MailOutcome.TryLater, "450"), MailAnswer.Accepted]);
        var sink = new Sink(_ => answers.Dequeue());
        var worker = Worker(instance, sink);
        await AddAsync(instance, 1);

        Assert.Equal(0, await worker.RunOnceAsync(default));
        Assert.Equal(0, await worker.RunOnceAsync(default));
        Assert.Single(sink.Sent);
        instance.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(0, await worker.RunOnceAsync(default));
        instance.Clock.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal(1, await worker.RunOnceAsync(default));
        Assert.Equal([(MailState.Sent, 3)], await StatesAsync(instance));
    }

    [Fact]
    public async Task Run_RefusedForGood_FailedAndNotTriedAgain()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        var sink = new Sink(_ => new(MailOutcome.Refused, "550 5.1.1"));
        await AddAsync(instance, 1);

        await Worker(instance, sink).RunOnceAsync(default);
        instance.Clock.Advance(TimeSpan.FromDays(1));
        await Worker(instance, sink).RunOnceAsync(default);

        Assert.Single(sink.Sent);
        Assert.Equal([(MailState.Failed, 1)], await StatesAsync(instance));
    }

    [Fact]
    public async Task Run_ProcessDiedWhileSending_SetAsideAsUncertain()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        await AddAsync(instance, 1);
        var dying = Worker(instance, new Sink(_ => throw new InvalidOperationException("le processus meurt ici")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => dying.RunOnceAsync(default));

        instance.Clock.Advance(TimeSpan.FromMinutes(6));
        var sink = new Sink(_ => MailAnswer.Accepted);
        await Worker(instance, sink).RunOnceAsync(default);

        Assert.Empty(sink.Sent);
        Assert.Equal([(MailState.Uncertain, 1)], await StatesAsync(instance));
    }

    [Fact]
    public async Task Run_LinkLostAfterTheLastByte_UncertainAndNotSentAgain()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        var sink = new Sink(_ => new(MailOutcome.Uncertain, "coupé"));
        await AddAsync(instance, 1);

        await Worker(instance, sink).RunOnceAsync(default);
        instance.Clock.Advance(TimeSpan.FromDays(1));
        await Worker(instance, sink).RunOnceAsync(default);

        Assert.Single(sink.Sent);
        Assert.Equal([(MailState.Uncertain, 1)], await StatesAsync(instance));
    }

    [Fact]
    public async Task Run_StoppedWhileSending_TakenUpAgainAndNothingUncertain()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        using var stop = new CancellationTokenSource();
        await AddAsync(instance, 3);
        var stopped = Worker(instance, new Sink(_ =>
        {
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.RunOnceAsync(stop.Token));
        Assert.All(await StatesAsync(instance), s => Assert.Equal(MailState.Pending, s.Item1));
        var sink = new Sink(_ => MailAnswer.Accepted);

        Assert.Equal(3, await Worker(instance, sink).RunOnceAsync(default));
        Assert.Equal(3, sink.Sent.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Run_RefusedAtLength_FailedWithTheBeginningOfTheAnswer(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        await AddAsync(instance, 1);

        await Worker(instance, new Sink(_ => new(MailOutcome.Refused, "550 " + new string('x', 5_000)))).RunOnceAsync(default);

        await using var db = instance.Open(Viewer.System);
        var mail = await db.Mails.SingleAsync();
        Assert.Equal((MailState.Failed, 1000), (mail.State, mail.LastError?.Length));
    }

    [Fact]
    public async Task Run_AnswerAfterTheLease_SettlesWhatWasUncertain()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        await AddAsync(instance, 1);
        var other = Worker(instance, new Sink(_ => MailAnswer.Accepted));
        var slow = Worker(instance, new Sink(_ =>
        {
            instance.Clock.Advance(TimeSpan.FromMinutes(6));
            return MailAnswer.Accepted;
        }, meanwhile: () => other.RunOnceAsync(default)));

        Assert.Equal(1, await slow.RunOnceAsync(default));

        Assert.Equal([(MailState.Sent, 1)], await StatesAsync(instance));
    }

    [Theory]
    [InlineData("reste", true, MailState.Sent)]
    [InlineData("partie", true, MailState.Dropped)]
    [InlineData("partie", false, MailState.Dropped)]
    [InlineData("plus rien", true, MailState.Dropped)]
    [InlineData("fil ignoré", true, MailState.Dropped)]
    [InlineData("fil ignoré", false, MailState.Sent)]
    public async Task Run_ReaderChangedAfterTheDecision_NotSentWhatIsNoMoreForHim(string change, bool isOfThread, MailState expected)
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (owner, member) = (await scene.MemberAsync("Anne"), await scene.MemberAsync("Luc"));
        var group = await scene.GroupAsync("Groupe", owner, members: member);
        var topic = await scene.TopicAsync(group, owner, "Un fil");
        await using (var db = instance.Open(Viewer.System))
        {
            var item = (await db.Items.SingleAsync(i => i.ShortId == topic)).Id;
            db.Mails.Add(Row("essai", Now(instance), member.Id, isOfThread ? item : null, group.Id));
            if (change == "fil ignoré") db.Subscriptions.Add(new Subscription { ItemId = item, MemberId = member.Id, Following = Following.Muted });
            await db.SaveChangesAsync();
        }

        if (change == "partie") await scene.JoinAsync(group, member, state: MembershipState.Left);
        if (change == "plus rien") await scene.JoinAsync(group, member, level: MailLevel.Nothing);
        var sink = new Sink(_ => MailAnswer.Accepted);
        await Worker(instance, sink).RunOnceAsync(default);

        Assert.Equal(expected == MailState.Sent, sink.Sent.Contains("essai"));
        await using var after = instance.Open(Viewer.System);
        Assert.Equal(expected, (await after.Mails.SingleAsync(m => m.UniqueKey == "essai")).State);
    }

    private static MailWorker Worker(Instance instance, IMailTransport sink, UncertainMail uncertain = UncertainMail.Hold) => new(
        instance.Services.GetRequiredService<AppDb>(), sink, instance.Services.GetServices<IMailCheck>(), instance.Services.GetRequiredService<MailOptions>() with { Uncertain = uncertain },
        instance.Services.GetRequiredService<Bounces>(), instance.Services.GetRequiredService<Pulses>(), new MailWake(), instance.Services.GetRequiredService<TimeProvider>(), NullLogger<MailWorker>.Instance);

    private static DateTime Now(Instance instance) => instance.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

    private static async Task AddAsync(Instance instance, int count)
    {
        await using var db = instance.Open(Viewer.System);
        for (var i = 0; i < count; i++) db.Mails.Add(Row($"essai-{i}", Now(instance)));
        await db.SaveChangesAsync();
    }

    private static async Task<List<(MailState, int)>> StatesAsync(Instance instance)
    {
        await using var db = instance.Open(Viewer.System);
        return [.. (await db.Mails.Select(m => new { m.State, m.Attempts }).ToListAsync()).Select(m => (m.State, m.Attempts))];
    }

    private static MailRow Row(string key, DateTime now, Guid? member = null, Guid? item = null, Guid? group = null) => new()
    {
        UniqueKey = key, Kind = "essai", MemberId = member, ItemId = item, GroupId = group, Optional = member is not null, FromName = "Essai", ToAddress = "quelqu-un@essai.invalid",
        ToName = "Quelqu’un", Subject = "Essai", TextBody = "Essai", HtmlBody = "<p>Essai</p>", MessageId = $"{key}@essai.invalid", CreatedAt = now, NextAttemptAt = now,
    };

    private sealed class Sink(Func<MailRow, MailAnswer> answer, Func<Task>? meanwhile = null) : IMailTransport
    {
        private readonly List<string> _sent = [];

        public IReadOnlyList<string> Sent
        {
            get
            {
                lock (_sent) return [.. _sent];
            }
        }

        public Task RestAsync() => Task.CompletedTask;

        public async Task<MailAnswer> SendAsync(MailRow mail, Func<Task<bool>> begin, CancellationToken cancellation)
        {
            if (!await begin()) return new(MailOutcome.Withdrawn);

            var said = answer(mail);
            if (meanwhile is not null) await meanwhile();
            lock (_sent) _sent.Add(mail.UniqueKey);
            return said;
        }
    }
}
