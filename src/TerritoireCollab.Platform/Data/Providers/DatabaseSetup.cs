using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace TerritoireCollab.Platform.Data.Providers;

/// <summary>The only place that names a provider, with the migrations projects: how to connect, and what an error number means.</summary>
public static class DatabaseSetup
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Sets <paramref name="builder"/> up for the database of <paramref name="options"/>.</summary>
    public static DbContextOptionsBuilder UseDatabase(this DbContextOptionsBuilder builder, DatabaseOptions options) => options.Provider switch
    {
        DatabaseProvider.Sqlite => builder.UseSqlite(Sqlite(options.ConnectionString), o =>
        {
            o.MigrationsAssembly("TerritoireCollab.Migrations.Sqlite");
            o.CommandTimeout((int)CommandTimeout.TotalSeconds);
            // One parameter for a whole list, so that the text of a query does not change with its length.
            o.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter);
            if (options.MaxBatchSize is { } size) o.MaxBatchSize(size);
        }),
        DatabaseProvider.PostgreSql => builder.UseNpgsql(options.ConnectionString, o =>
        {
            o.MigrationsAssembly("TerritoireCollab.Migrations.PostgreSql");
            o.CommandTimeout((int)CommandTimeout.TotalSeconds);
            o.EnableRetryOnFailure();
            if (options.MaxBatchSize is { } size) o.MaxBatchSize(size);
        }),
        DatabaseProvider.SqlServer => builder.UseSqlServer(options.ConnectionString, o =>
        {
            o.MigrationsAssembly("TerritoireCollab.Migrations.SqlServer");
            o.CommandTimeout((int)CommandTimeout.TotalSeconds);
            o.EnableRetryOnFailure();
            // 170 would send the json wire type, which servers before 2025 refuse.
            o.UseCompatibilityLevel(150);
            if (options.MaxBatchSize is { } size) o.MaxBatchSize(size);
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Provider, null),
    };

    /// <summary>What keeps connections and prepared statements between operations; nothing where the server's own driver does.</summary>
    public static IReadOnlyList<IInterceptor> KeepingConnections(DatabaseOptions options) =>
        options.Provider == DatabaseProvider.Sqlite ? [new SqliteConnections(Sqlite(options.ConnectionString)), new SqliteStatements()] : [];

    /// <summary>
    /// Readies a database that has its schema. SQLite: readers and the one writer do not wait for each other (WAL), and the planner gets
    /// figures of the tables that have grown since it last did; without them it takes the index of the trash for every content.
    /// </summary>
    public static async Task TuneAsync(this AppDbContext db, DatabaseProvider provider, CancellationToken cancellation)
    {
        if (provider != DatabaseProvider.Sqlite) return;

        await db.Database.ExecuteSqlAsync($"PRAGMA journal_mode = WAL", cancellation);
        await db.Database.ExecuteSqlAsync($"PRAGMA analysis_limit = 1000", cancellation);
        // All tables (0x10000), those that would gain by it (2).
        await db.Database.ExecuteSqlAsync($"PRAGMA optimize = 0x10002", cancellation);
    }

    /// <summary>
    /// Puts together what many writes left apart: in SQLite's full text each write is a segment of its own, merged with others only now and
    /// then, and every word is looked up in each (FTS5, section 6.8). A third of a second for 100,000 documents, during which nobody writes.
    /// </summary>
    public static async Task MergeFullTextAsync(this AppDbContext db, DatabaseProvider provider, CancellationToken cancellation)
    {
        if (provider != DatabaseProvider.Sqlite) return;

        await db.Database.ExecuteSqlAsync($"INSERT INTO SearchTitles(SearchTitles) VALUES ('optimize')", cancellation);
        await db.Database.ExecuteSqlAsync($"INSERT INTO SearchFullText(SearchFullText) VALUES ('optimize')", cancellation);
    }

    private static string Sqlite(string connectionString) => new SqliteConnectionStringBuilder(connectionString)
    {
        ForeignKeys = true,
        Pooling = true,
        // Microsoft.Data.Sqlite tries a busy database again for that many seconds.
        DefaultTimeout = 5,
    }.ToString();

    /// <summary>Whether <paramref name="connectionString"/> is written as the provider wants it; nothing is opened.</summary>
    public static bool CanRead(DatabaseProvider provider, string connectionString)
    {
        try
        {
            System.Data.Common.DbConnectionStringBuilder parsed = provider switch
            {
                DatabaseProvider.Sqlite => new SqliteConnectionStringBuilder(connectionString),
                DatabaseProvider.PostgreSql => new NpgsqlConnectionStringBuilder(connectionString),
                _ => new SqlConnectionStringBuilder(connectionString),
            };
            return parsed.Count > 0;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Whether the file of the database is damaged, or is none: no later try goes through.</summary>
    public static bool IsDamaged(Exception failure) => failure is SqliteException { SqliteErrorCode: 11 or 26 };

    /// <summary>Whether the failure is that of a unique index or key, by the number that the provider gives.</summary>
    public static bool IsDuplicate(this DbUpdateException failure) => failure.InnerException switch
    {
        SqliteException { SqliteExtendedErrorCode: 2067 or 1555 } => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        SqlException { Number: 2627 or 2601 } => true,
        _ => false,
    };

    /// <summary>Whether the database is busy, locked or out of reach: the same request may go through later.</summary>
    public static bool IsUnavailable(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException!)
        {
            if (cause is SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 13 or 14 }) return true;
            if (cause is NpgsqlException and not PostgresException) return true;
            if (cause is PostgresException { SqlState: ['5', '3' or '7', ..] }) return true;
            if (cause is SqlException { Number: -2 or 53 or 1205 or 10054 or 10060 or 40613 }) return true;
        }

        return false;
    }
}
