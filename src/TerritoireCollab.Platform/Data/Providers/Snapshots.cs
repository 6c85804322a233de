using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace TerritoireCollab.Platform.Data.Providers;

/// <summary>Reads everything as it was at one instant, while others go on writing.</summary>
public static class Snapshots
{
    /// <summary>
    /// Begins such a transaction; dispose of it when all is read. SQLite gives the snapshot of its log at the first read, PostgreSQL that
    /// of REPEATABLE READ; SQL Server has it only where the administrator allowed it, so writers wait there.
    /// </summary>
    public static async Task<IAsyncDisposable> BeginSnapshotAsync(this AppDbContext db, DatabaseProvider provider, CancellationToken cancellation)
    {
        if (provider == DatabaseProvider.PostgreSql) return await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        if (provider == DatabaseProvider.SqlServer) return await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);

        await db.Database.OpenConnectionAsync(cancellation);

        // The framework's own begins with a write lock, which would stop everybody for the length of a backup.
        var transaction = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        await db.Database.UseTransactionAsync(transaction, cancellation);
        return transaction;
    }

    /// <summary>What the database itself finds wrong: damaged pages, keys that lead nowhere. Nothing where the server watches over both.</summary>
    public static async Task<IReadOnlyList<string>> FindDamageAsync(this AppDbContext db, DatabaseProvider provider, CancellationToken cancellation)
    {
        if (provider != DatabaseProvider.Sqlite) return [];

        var pages = await db.Database.SqlQuery<string>($"SELECT integrity_check AS Value FROM pragma_integrity_check").ToListAsync(cancellation);
        var keys = await db.Database.SqlQuery<string>($"SELECT \"table\" || ' → ' || parent AS Value FROM pragma_foreign_key_check").ToListAsync(cancellation);
        return [.. pages.Where(p => p != "ok"), .. keys];
    }
}
