using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data.Providers;

namespace TerritoireCollab.Platform.Data;

/// <summary>Opens the database for a viewer. One context an operation: in a request, in a circuit and in a job alike.</summary>
public sealed class AppDb(IDbContextFactory<AppDbContext> contexts)
{
    private const int MostAttempts = 4;

    /// <summary>A context that reads as <paramref name="viewer"/>. The caller disposes of it.</summary>
    public AppDbContext Open(Viewer viewer)
    {
        var context = contexts.CreateDbContext();
        context.Viewer = viewer;
        return context;
    }

    /// <summary>
    /// Runs <paramref name="operation"/> in one transaction, again from the start when the provider says that the failure may pass, or when
    /// another transaction has just written a row of the same key: the operation then finds it. It must therefore read all it needs inside.
    /// </summary>
    public async Task<T> TransactAsync<T>(Viewer viewer, Func<AppDbContext, CancellationToken, Task<T>> operation, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(viewer, operation, cancellation);
            }
            catch (DbUpdateException failure) when (attempt < MostAttempts && failure.IsDuplicate())
            {
                // What was read is out of date by that row.
            }
        }
    }

    private async Task<T> OnceAsync<T>(Viewer viewer, Func<AppDbContext, CancellationToken, Task<T>> operation, CancellationToken cancellation)
    {
        await using var probe = Open(viewer);
        return await probe.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var db = Open(viewer);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var result = await operation(db, cancellation);
            await transaction.CommitAsync(cancellation);
            db.TellCommitted();
            return result;
        });
    }
}
