using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Platform.Activities;

/// <summary>Wakes the dispatcher once activities are committed. Losing a wake-up costs only the time to the next sweep.</summary>
public sealed class ActivityWake : WorkerWake, ISaveChangesInterceptor, IDbTransactionInterceptor
{
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
