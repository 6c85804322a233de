using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Mail;

/// <summary>A wake-up of the worker that sends is never lost: losing one leaves a mail lying for half a minute.</summary>
public sealed class MailWakeTests
{
    [Fact]
    public async Task Wake_AfterARunOfSeveralLanes_NotSwallowedByALaneThatWaited()
    {
        await using var sink = new MailSink();
        await using var instance = await Instance.StartAsync(settings: Outbox.To(sink));
        var wake = instance.Services.GetRequiredService<MailWake>();
        await instance.QueueAsync(1);
        Assert.Equal(1, await instance.Services.GetRequiredService<MailWorker>().RunOnceAsync(default));
        await wake.WaitAsync(TimeSpan.Zero, default);

        wake.Wake();

        Assert.True(await (Task<bool>)wake.WaitAsync(TimeSpan.FromMilliseconds(200), default));
    }

    [Fact]
    public async Task Wake_WrittenInATransaction_AfterItsCommit()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        var (wake, outbox, database) = (instance.Services.GetRequiredService<MailWake>(), instance.Services.GetRequiredService<MailOutbox>(), instance.Services.GetRequiredService<Platform.Data.AppDb>());
        var isEarly = await database.TransactAsync(Platform.Access.Viewer.System, async (db, token) =>
        {
            await outbox.AddAsync(db, [Outbox.Row("un", instance.Now())], token);
            return await (Task<bool>)wake.WaitAsync(TimeSpan.Zero, token);
        }, default);

        Assert.False(isEarly);
        Assert.True(await (Task<bool>)wake.WaitAsync(TimeSpan.Zero, default));
    }
}
