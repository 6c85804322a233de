using TerritoireCollab.Gateway.Treating;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Taking;

/// <summary>Takes in what has come, as soon as it comes.</summary>
internal sealed class TakeMails(IMailInbox inbox, KeepMail keep, TreatWake wake, MailOptions options, Pulses pulses) : IWorker
{
    /// <inheritdoc />
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        if (!options.TakesMail) return 0;

        try
        {
            var taken = await inbox.TakeAsync(async (raw, token) =>
            {
                var isMail = await keep.ExecuteAsync(raw, token);
                wake.Wake();
                return isMail;
            }, cancellation);
            await pulses.SucceededAsync(PulseNames.MailIn, cancellation);
            return taken;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            await pulses.FailedAsync(PulseNames.MailIn, failure.Message, cancellation);
            throw;
        }
    }

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => inbox.WaitAsync(cancellation);
}
