using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Platform.Coediting;

/// <summary>Hands over what a process left behind that ended while somebody wrote, and forgets changes that nobody comes back to.</summary>
public sealed class HandOverTexts(CoeditStore store, TimeProvider clock) : IRecurringJob
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(2);

    /// <inheritdoc />
    public string Key => "textes-partages";

    /// <summary>Every five minutes.</summary>
    public string Hours => "0 */5 * * * ?";

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var text in await store.WaitingAsync(now - Quiet, cancellation)) await store.HandOverAsync(text, cancellation);
        await store.ForgetAsync(now - Retention.SharedChanges, cancellation);
    }
}
