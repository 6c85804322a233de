using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Taking;

/// <summary>No mail comes in: no address of ours was given out to answer to.</summary>
internal sealed class NoInbox : IMailInbox
{
    /// <inheritdoc />
    public Task<int> TakeAsync(Func<ReadOnlyMemory<byte>, CancellationToken, Task<bool>> keep, CancellationToken cancellation) => Task.FromResult(0);

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => Task.Delay(Timeout.Infinite, cancellation);
}
