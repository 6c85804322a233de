using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace TerritoireCollab.Platform.Data.Providers;

/// <summary>
/// A connection that a pooled context keeps open from one operation to the next, with the statements it has prepared. EF closes its
/// connection after each query: opening it again takes the lock of the driver's pool, registers functions and runs a pragma, and every
/// statement is prepared anew, which with the filters of rights in it takes longer than running it.
/// </summary>
internal sealed class KeptSqliteConnection(string connectionString) : SqliteConnection(connectionString)
{
    private const int MostStatements = 64;
    private readonly Dictionary<string, KeptSqliteCommand> _statements = [];
    private bool _isDisposing;

    /// <inheritdoc />
    public override void Close()
    {
        if (_isDisposing) base.Close();
        else Transaction?.Dispose();
    }

    /// <summary>The command of that text, prepared once; null when a reading of it is under way.</summary>
    public KeptSqliteCommand? Statement(string text)
    {
        if (_statements.TryGetValue(text, out var command)) return command.IsLent ? null : command;
        if (_statements.Count >= MostStatements && _statements.Where(s => !s.Value.IsLent).MinBy(s => s.Value.LentAt) is { Value: { } oldest } pair)
        {
            _statements.Remove(pair.Key);
            oldest.Dispose();
        }

        return _statements[text] = new KeptSqliteCommand { CommandText = text, Connection = this };
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _isDisposing = true;
        _statements.Clear();
        base.Dispose(disposing);
    }
}

/// <summary>A command that goes back to its connection when whoever runs it disposes of it; when nobody has it, it is disposed of for good.</summary>
internal sealed class KeptSqliteCommand : SqliteCommand
{
    private static long _lendings;

    public bool IsLent { get; private set; }

    /// <summary>A number that grows with each lending: the least was not asked for the longest.</summary>
    public long LentAt { get; private set; }

    /// <summary>Takes the place of <paramref name="other"/>, which has the same text, with its parameters.</summary>
    public void StandFor(SqliteCommand other)
    {
        (IsLent, LentAt) = (true, Interlocked.Increment(ref _lendings));
        (Transaction, CommandTimeout) = (other.Transaction, other.CommandTimeout);
        Parameters.Clear();
        foreach (SqliteParameter parameter in other.Parameters) Parameters.Add(parameter);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing && IsLent) IsLent = false;
        else base.Dispose(disposing);
    }
}

/// <summary>
/// Gives contexts connections that stay open. Only for that connection string: the framework opens others, read-only, to look whether the
/// file is there. The framework disposes of none of them; those of dropped contexts go back to the driver's pool with the garbage, and the
/// others close as the host does, so that SQLite writes its log back into the file.
/// </summary>
internal sealed class SqliteConnections(string connectionString) : DbConnectionInterceptor, IDisposable
{
    // In KiB. Holds the inner pages of every index; SQLite's own default is 2 MB.
    private const string PageCache = "PRAGMA cache_size = -4096";

    // SQLITE_DBCONFIG_ENABLE_QPSG: otherwise a statement whose LIMIT is a parameter is prepared anew for each value, since the planner looks at it.
    private const int SamePlanForAllValues = 1007;

    private readonly ConditionalWeakTable<KeptSqliteConnection, object> _given = [];

    // Before the first connection of the process; afterwards SQLite refuses, and goes on as it is. A connection is used by one thread at a time,
    // so that its own lock guards nothing, and the lock that counts memory is one for all connections.
    static SqliteConnections()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result)
    {
        if (eventData.ConnectionString != connectionString) return result;

        var kept = new KeptSqliteConnection(connectionString);
        _given.Add(kept, this);
        return InterceptionResult<DbConnection>.SuppressWithResult(kept);
    }

    public void Dispose()
    {
        foreach (var (kept, _) in _given) Dispose(kept);
        _given.Clear();
    }

    // Work that outlives the host is cut: its transaction may end at this very moment, and what was not committed is undone at the next opening.
    private static void Dispose(KeptSqliteConnection kept)
    {
        try
        {
            kept.Dispose();
        }
        catch (Exception failure) when (failure is SqliteException or InvalidOperationException or NullReferenceException)
        {
            SqliteConnection.ClearPool(kept);
        }
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Tune(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tune(connection);
        return Task.CompletedTask;
    }

    private static void Tune(DbConnection connection)
    {
        if (connection is not SqliteConnection { Handle: { } handle }) return;

        raw.sqlite3_exec(handle, PageCache);
        raw.sqlite3_db_config(handle, SamePlanForAllValues, 1, out _);
    }
}

/// <summary>Runs the queries of a connection that stays open by statements prepared once. SQLite prepares them anew by itself when the schema has changed.</summary>
internal sealed class SqliteStatements : DbCommandInterceptor
{
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        if (eventData.CommandSource is not (CommandSource.LinqQuery or CommandSource.FromSqlQuery or CommandSource.ExecuteUpdate)) return result;
        if (result is not SqliteCommand { Connection: KeptSqliteConnection connection } given || connection.Statement(given.CommandText) is not { } kept) return result;

        kept.StandFor(given);
        given.Dispose();
        return kept;
    }
}
