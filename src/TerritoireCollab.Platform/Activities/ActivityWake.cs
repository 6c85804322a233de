using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Activities;

/// <summary>Wakes the dispatcher once activities are committed. Losing a wake-up costs only the time to the next sweep.</summary>
public sealed class ActivityWake : ISaveChangesInterceptor, IDbTransactionInterceptor, IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Says that there may be work.</summary>
    public void Wake()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has said so already.
        }
    }

    /// <summary>Waits for a wake-up, at most <paramref name="timeout"/>.</summary>
    public Task WaitAsync(TimeSpan timeout, CancellationToken cancellation) => _signal.WaitAsync(timeout, cancellation);

    /// <inheritdoc />
    public void Dispose() => _signal.Dispose();

    ValueTask<int> ISaveChangesInterceptor.SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken)
    {
        if (eventData.Context is AppDbContext { Database.CurrentTransaction: null } context && context.ChangeTracker.Entries<Activity>().Any()) Wake();
        return ValueTask.FromResult(result);
    }

    Task IDbTransactionInterceptor.TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken)
    {
        Wake();
        return Task.CompletedTask;
    }
}
