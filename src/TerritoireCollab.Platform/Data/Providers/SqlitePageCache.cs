using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace TerritoireCollab.Platform.Data.Providers;

/// <summary>Gives each connection of the pool a page cache that holds the inner pages of every index; SQLite's own default is 2 MB.</summary>
internal sealed class SqlitePageCache : DbConnectionInterceptor
{
    private const string Size = "PRAGMA cache_size = -8192";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection);
        return Task.CompletedTask;
    }

    private static void Set(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle }) raw.sqlite3_exec(handle, Size);
    }
}
