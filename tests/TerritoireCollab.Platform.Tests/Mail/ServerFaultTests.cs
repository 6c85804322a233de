using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Mail;

/// <summary>A mail server that misbehaves: nothing is lost, nobody but the one concerned waits, and no copy leaves under another Message-ID.</summary>
public sealed class ServerFaultTests
{
    [Fact]
    public async Task F10_ServerRefusesThenCloses_NothingLostAndDrainedWhenBack()
    {
        await using var sink = new MailSink { Greeting = MailSink.Close };
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        await instance.QueueAsync(5);

        Assert.Equal(0, await instance.SendAsync());
        var down = await instance.MailAsync("essai-0");
        Assert.Equal((MailState.Pending, 0), (down.State, down.Attempts));
        Assert.NotNull(down.LastError);
        Assert.False(string.IsNullOrEmpty((await PulseAsync(instance)).Detail));
        var asked = sink.Connections;
        Assert.Equal(0, await instance.SendAsync());
        Assert.Equal(asked, sink.Connections);

        sink.Greeting = "421 plus tard";
        instance.Clock.Advance(TimeSpan.FromMinutes(1.1));
        Assert.Equal(0, await instance.SendAsync());
        sink.Greeting = "220 puits";
        instance.Clock.Advance(TimeSpan.FromMinutes(1.1));

        Assert.Equal(5, await instance.SendAsync());
        Assert.All(sink.Copies(), c => Assert.Equal(1, c.Value));
        Assert.Equal(5, sink.Copies().Count);
        Assert.Null((await PulseAsync(instance)).Detail);
    }

    [Fact]
    public async Task F10_BlackHole_GivenUpAfterTheTimeAndNothingLost()
    {
        await using var sink = new MailSink { Greeting = MailSink.Silence };
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink, ("Territoire:Mail:Smtp:TimeoutSeconds", "1")));
        await instance.QueueAsync(3);

        Assert.Equal(0, await instance.SendAsync());

        Assert.Equal(3, (await instance.StatesAsync())[MailState.Pending]);
        Assert.Contains("did not answer within 1 s", (await instance.MailAsync("essai-0")).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F11_OneDomainSlow_TheOthersPassBeforeIt()
    {
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var sink = new MailSink();
        sink.Answer = async line =>
        {
            if (line.StartsWith("RCPT", StringComparison.Ordinal) && line.Contains("@lent.invalid", StringComparison.Ordinal)) await slow.Task;
            return null;
        };
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        var now = instance.Now();
        await instance.QueueAsync([.. Enumerable.Range(0, 8).Select(i => Outbox.Row($"lent-{i}", now, $"a{i}@lent.invalid"))]);
        await instance.QueueAsync(20);

        var sending = instance.SendAsync();
        await UntilAsync(() => sink.Mails.Count == 20);
        slow.SetResult();

        Assert.Equal(28, await sending);
        Assert.All(sink.Mails.Take(20), m => Assert.EndsWith("@essai.invalid", m.Recipient, StringComparison.Ordinal));
    }

    [Fact]
    public async Task F12_Greylisting_DeliveredOnceAfterAMinute()
    {
        await using var sink = new MailSink();
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        sink.Answer = line => Task.FromResult(line.StartsWith("RCPT", StringComparison.Ordinal) && line.Contains("gris", StringComparison.Ordinal) && seen.AddOrUpdate(line, 1, (_, n) => n + 1) == 1 ? "450 4.2.0 revenez" : null);
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        await instance.QueueAsync(7);
        await instance.QueueAsync(3, "gris");

        Assert.Equal(7, await instance.SendAsync());
        Assert.Equal(0, await instance.SendAsync());
        var grey = await instance.MailAsync("gris-1");
        Assert.Equal((MailState.Pending, 1, instance.Now().AddMinutes(1)), (grey.State, grey.Attempts, grey.NextAttemptAt));
        instance.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(3, await instance.SendAsync());
        Assert.All(sink.Copies(), c => Assert.Equal(1, c.Value));
        Assert.Equal(10, sink.Copies().Count);
    }

    [Fact]
    public async Task F12_RefusedForATimeAlways_TriedLaterAndLaterThenFailedAfterFiveDays()
    {
        await using var sink = new MailSink { Answer = line => Task.FromResult(line.StartsWith("RCPT", StringComparison.Ordinal) ? "451 4.3.0 pas maintenant" : null) };
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        await instance.QueueAsync(1);
        var waits = new List<double>();
        for (var mail = await instance.MailAsync("essai-0"); mail.State == MailState.Pending; mail = await instance.MailAsync("essai-0"))
        {
            waits.Add((mail.NextAttemptAt - instance.Now()).TotalMinutes);
            instance.Clock.Advance(mail.NextAttemptAt - instance.Now());
            await instance.SendAsync();
        }

        Assert.Equal([0, 1, 5, 15, 60, 120, 240, 240], waits.Take(8).Select(w => Math.Round(w)));
        Assert.Equal(MailState.Failed, (await instance.MailAsync("essai-0")).State);
        Assert.InRange((instance.Now() - (await instance.MailAsync("essai-0")).CreatedAt).TotalDays, 5, 5.2);
        Assert.Equal(BounceKind.Soft, (await BouncesAsync(instance)).Single().Kind);
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 inconnu", BounceKind.Hard, AddressState.Stopped)]
    [InlineData("RCPT", "550 inconnu", BounceKind.Hard, AddressState.Stopped)]
    [InlineData("RCPT", "552 5.2.2 boîte pleine", BounceKind.Soft, null)]
    [InlineData("RCPT", "554 5.7.1 pas de chez vous", BounceKind.Soft, null)]
    [InlineData("fin", "552 boîte pleine", BounceKind.Soft, null)]
    [InlineData("fin", "554 5.7.1 contenu refusé", null, null)]
    public async Task F13_OneOfManyRefusedForGood_OnlyThatOneFails(string at, string answer, BounceKind? kind, AddressState? state)
    {
        await using var sink = new MailSink();
        sink.Answer = line => Task.FromResult(at == "RCPT" && line.StartsWith("RCPT", StringComparison.Ordinal) && line.Contains("mauvais", StringComparison.Ordinal) ? answer : null);
        sink.AfterDot = mail => Task.FromResult(at == "fin" && mail.Recipient.StartsWith("mauvais", StringComparison.Ordinal) ? answer : "250 pris");
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        await instance.QueueAsync(9);
        await instance.QueueAsync(Outbox.Row("mauvais", instance.Now()));

        Assert.Equal(9, await instance.SendAsync());
        instance.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await instance.SendAsync());

        var failed = await instance.MailAsync("mauvais");
        Assert.Equal((MailState.Failed, 1), (failed.State, failed.Attempts));
        Assert.Contains(answer[..3], failed.LastError, StringComparison.Ordinal);
        Assert.Equal(kind is { } one ? [(one, failed.Id)] : [], (await BouncesAsync(instance)).Select(b => (b.Kind, b.MailId!.Value)));
        await using var db = instance.Open(Viewer.System);
        Assert.Equal(state, await db.Set<AddressStanding>().Where(a => a.Address == "MAUVAIS@ESSAI.INVALID").Select(a => (AddressState?)a.State).SingleOrDefaultAsync());
    }

    [Fact]
    public async Task F14_TakesDataAndCloses_SentOnceMoreUnderTheSameMessageId()
    {
        await using var sink = new MailSink();
        var closes = true;
        sink.AfterDot = _ => Task.FromResult(closes ? MailSink.Close : "250 pris");
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        await instance.QueueAsync(1);

        Assert.Equal(0, await instance.SendAsync());
        Assert.Equal((MailState.Uncertain, false), await UncertainAsync(instance));
        closes = false;
        instance.Clock.Advance(TimeSpan.FromMinutes(1.1));
        Assert.Equal(1, await instance.SendAsync());
        instance.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await instance.SendAsync());

        Assert.Equal((MailState.Sent, true), await UncertainAsync(instance));
        Assert.Equal(2, sink.Copies()["<essai-0@essai.invalid>"]);
    }

    [Fact]
    public async Task F14_TakesDataAndClosesTwice_WaitsForAPerson()
    {
        await using var sink = new MailSink { AfterDot = _ => Task.FromResult(MailSink.Close) };
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        await instance.QueueAsync(1);
        for (var i = 0; i < 4; i++)
        {
            await instance.SendAsync();
            instance.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal((MailState.Uncertain, true), await UncertainAsync(instance));
        Assert.Equal(2, sink.Copies()["<essai-0@essai.invalid>"]);
    }

    [Fact]
    public async Task F14_HoldChosen_NoSecondCopy()
    {
        await using var sink = new MailSink { AfterDot = _ => Task.FromResult(MailSink.Close) };
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink, ("Territoire:Mail:Uncertain", "Hold")));
        await instance.QueueAsync(1);
        for (var i = 0; i < 3; i++)
        {
            await instance.SendAsync();
            instance.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal((MailState.Uncertain, false), await UncertainAsync(instance));
        Assert.Equal(1, sink.Copies()["<essai-0@essai.invalid>"]);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("foreign")]
    [InlineData("withdrawn")]
    public async Task F15_StartTlsNotToBeTrusted_NothingInClear(string fault)
    {
        using var certificate = fault == "expired" ? MailSink.MakeCertificate("127.0.0.1", new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero)) : MailSink.MakeCertificate("ailleurs.invalid", new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var sink = new MailSink { Certificate = certificate, Extensions = fault == "withdrawn" ? ["AUTH PLAIN"] : ["STARTTLS", "AUTH PLAIN"] };
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink,
            ("Territoire:Mail:Smtp:Security", "StartTls"), ("Territoire:Mail:Smtp:User", "moi"), ("Territoire:Mail:Smtp:Password", "mot-secret")));
        await instance.QueueAsync(2);

        Assert.Equal(0, await instance.SendAsync());

        Assert.Empty(sink.Mails);
        Assert.Contains(sink.Commands, c => c.StartsWith("EHLO", StringComparison.Ordinal));
        Assert.DoesNotContain(sink.Commands, c => c.StartsWith("AUTH", StringComparison.Ordinal) || c.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.Contains(fault == "withdrawn" ? "STARTTLS" : "certificate", (await instance.MailAsync("essai-0")).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F15_AccountRefused_ClearErrorWithoutThePassword()
    {
        await using var sink = new MailSink { Answer = line => Task.FromResult(line.StartsWith("AUTH", StringComparison.Ordinal) ? $"535 5.7.8 refusé : {line}" : null) };
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink, ("Territoire:Mail:Smtp:User", "moi"), ("Territoire:Mail:Smtp:Password", "mot-secret")));
        await instance.QueueAsync(1);

        Assert.Equal(0, await instance.SendAsync());

        var said = (await instance.MailAsync("essai-0")).LastError!;
        Assert.Contains("535 5.7.8", said, StringComparison.Ordinal);
        Assert.DoesNotContain("mot-secret", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("\0moi\0mot-secret"u8), said, StringComparison.Ordinal);
        Assert.Equal(MailState.Pending, (await instance.MailAsync("essai-0")).State);
    }

    [Fact]
    public async Task F07_WorkerLateBeyondItsLease_StopsBeforeTheMessage()
    {
        var (reached, goOn) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var sink = new MailSink();
        var held = 0;
        sink.Answer = async line =>
        {
            if (line != "DATA" || Interlocked.Increment(ref held) > 1) return null;
            reached.SetResult();
            await goOn.Task;
            return null;
        };
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        await using var other = await instance.SecondAsync(Outbox.To(sink));
        await instance.QueueAsync(1);

        var late = instance.SendAsync();
        await reached.Task;
        instance.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await other.SendAsync());
        goOn.SetResult();

        Assert.Equal(0, await late);
        Assert.Equal(1, sink.Copies()["<essai-0@essai.invalid>"]);
        Assert.Equal(MailState.Sent, (await instance.MailAsync("essai-0")).State);
    }

    [Fact]
    public async Task F07_WokenTenTimesAtOnce_OneCopyEach()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink));
        await instance.QueueAsync(60);

        var sent = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(instance.SendAsync)));

        Assert.Equal(60, sent.Sum());
        Assert.Equal(60, sink.Mails.Count);
        Assert.Equal(60, sink.Copies().Count);
    }

    [Theory]
    [InlineData("RCPT")]
    [InlineData("fin")]
    public async Task F05_StoppedWhileAMessageIsUnderWay_FinishedAndNothingUncertain(string at)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var sink = new MailSink();
        async Task<string?> SlowAsync(bool isThere, string? answer)
        {
            if (!isThere) return answer;
            reached.TrySetResult();
            await Task.Delay(100);
            return answer;
        }

        sink.Answer = line => SlowAsync(at == "RCPT" && line.StartsWith("RCPT", StringComparison.Ordinal), null);
        sink.AfterDot = async _ => (await SlowAsync(at == "fin", "250 pris"))!;
        await using var instance = await Instance.StartAsync(jobs: true, settings: Outbox.To(sink));
        await instance.QueueAsync(40);
        await reached.Task;

        await instance.StopAsync();

        var states = await instance.StatesAsync();
        Assert.Equal(sink.Mails.Count, states[MailState.Sent]);
        Assert.InRange(states[MailState.Sent], 1, 39);
        Assert.Equal(40 - states[MailState.Sent], states[MailState.Pending]);
        Assert.Equal(2, states.Count);
    }

    [Fact]
    public async Task M21_ServerDownTwoMinutesInMidRun_AllDeliveredMostPressingFirst()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink, ("Territoire:Mail:Smtp:Connections", "1")));
        await instance.QueueAsync(30, "avant");
        sink.Answer = line => Task.FromResult(line.StartsWith("MAIL", StringComparison.Ordinal) && sink.Mails.Count >= 10 ? MailSink.Close : null);
        await instance.SendAsync();
        sink.Greeting = MailSink.Close;
        instance.Clock.Advance(TimeSpan.FromMinutes(1));
        await instance.SendAsync();
        var now = instance.Now();
        await instance.QueueAsync([.. Enumerable.Range(0, 5).Select(i => Outbox.Row($"personnel-{i}", now, priority: 1)), .. Enumerable.Range(0, 5).Select(i => Outbox.Row($"lien-{i}", now, priority: 0))]);
        (sink.Greeting, sink.Answer) = ("220 puits", _ => Task.FromResult<string?>(null));
        instance.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(30, await instance.SendAsync());

        Assert.Equal(40, sink.Copies().Count);
        Assert.All(sink.Copies(), c => Assert.Equal(1, c.Value));
        var order = sink.Mails.Skip(10).Select(m => m.Recipient.Split('-')[0]).ToList();
        Assert.Equal([.. Enumerable.Repeat("lien", 5), .. Enumerable.Repeat("personnel", 5), .. Enumerable.Repeat("avant", 20)], order);
    }

    [Fact]
    public async Task M21_RateOfAProvider_NoMoreThanThatWithinAMinuteAndNobodyElseWaits()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink, ("Territoire:Mail:Rates:orange.fr", "5/min")));
        var now = instance.Now();
        await instance.QueueAsync([.. Enumerable.Range(0, 12).Select(i => Outbox.Row($"o-{i}", now, $"a{i}@{(i % 2 == 0 ? "orange.fr" : "wanadoo.fr")}"))]);
        await instance.QueueAsync(20);

        Assert.Equal(25, await instance.SendAsync());
        Assert.Equal(0, await instance.SendAsync());
        instance.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(5, await instance.SendAsync());
        instance.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await instance.SendAsync());
        Assert.Equal(32, sink.Copies().Count);
    }

    [Fact]
    public async Task M21_ManyMails_FewConnectionsOfAHundredMailsEach()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(manualClock: true, settings: Outbox.To(sink, ("Territoire:Mail:Smtp:Connections", "2")));
        await instance.QueueAsync(450);

        Assert.Equal(450, await instance.SendAsync());

        Assert.InRange(sink.Connections, 5, 6);
        Assert.Equal(450, sink.Copies().Count);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!isSo()) await Task.Delay(20, patience.Token);
    }

    private static async Task<(MailState, bool)> UncertainAsync(Instance instance)
    {
        var mail = await instance.MailAsync("essai-0");
        return (mail.State, mail.WasUncertain);
    }

    private static async Task<List<Bounce>> BouncesAsync(Instance instance)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.Set<Bounce>().ToListAsync();
    }

    private static async Task<Pulse> PulseAsync(Instance instance)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.Set<Pulse>().SingleAsync(p => p.Name == PulseNames.MailServer);
    }
}
