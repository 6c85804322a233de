using System.Collections.Concurrent;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using Xunit;

namespace TerritoireCollab.Testing;

/// <summary>Fresh databases for tests: a file for SQLite, one of its own on the servers that the environment names.</summary>
public static class Databases
{
    private const string PostgreSql = "TERRITOIRE_TEST_POSTGRESQL";
    private const string SqlServer = "TERRITOIRE_TEST_SQLSERVER";
    private const string FileName = "territoire.db";

    /// <summary>Every provider, as theory data.</summary>
    public static TheoryData<DatabaseProvider> Providers { get; } = [.. Enum.GetValues<DatabaseProvider>()];

    /// <summary>
    /// Options of an empty database. Skips for SQL Server where no server is named; for PostgreSQL a missing server is a failure, since
    /// tests/run.sh starts one.
    /// </summary>
    public static async Task<DatabaseOptions> CreateAsync(DatabaseProvider provider, string folder)
    {
        var name = NewName();
        switch (provider)
        {
            case DatabaseProvider.Sqlite:
                return new() { Provider = provider, ConnectionString = $"Data Source={Path.Combine(folder, FileName)}" };

            case DatabaseProvider.PostgreSql:
                var server = Server();
                await ExecuteAsync(new NpgsqlConnection(server), $"CREATE DATABASE {name}");
                return PostgreSqlOptions(server, name);

            default:
                var text = Environment.GetEnvironmentVariable(SqlServer);
                if (string.IsNullOrWhiteSpace(text)) Assert.Skip("skipped: not here");
                await ExecuteAsync(new SqlConnection(text), $"CREATE DATABASE {name}");
                return new()
                {
                    Provider = provider,
                    ConnectionString = new SqlConnectionStringBuilder(text) { InitialCatalog = name }.ToString(),
                    MaxBatchSize = int.TryParse(Environment.GetEnvironmentVariable("Territoire__Database__MaxBatchSize"), out var size) ? size : null,
                };
        }
    }

    private static readonly ConcurrentDictionary<DatabaseProvider, Lazy<Task<DatabaseOptions>>> Models = new();

    /// <summary>
    /// Options of a database that has the schema: a copy of one that this process migrated from empty, since migrating takes most of an
    /// instance's start. Skips and fails as <see cref="CreateAsync"/> does.
    /// </summary>
    public static async Task<DatabaseOptions> MigratedAsync(DatabaseProvider provider, string folder)
    {
        if (provider == DatabaseProvider.SqlServer)
        {
            var fresh = await CreateAsync(provider, folder);
            await MigrateAsync(fresh);
            return fresh;
        }

        var model = await Models.GetOrAdd(provider, _ => new(() => MakeModelAsync(provider))).Value;
        if (provider == DatabaseProvider.Sqlite)
        {
            File.Copy(new SqliteConnectionStringBuilder(model.ConnectionString).DataSource, Path.Combine(folder, FileName));
            return await CreateAsync(provider, folder);
        }

        var (server, name) = (Server(), NewName());
        await ExecuteAsync(new NpgsqlConnection(server), $"CREATE DATABASE {name} TEMPLATE {new NpgsqlConnectionStringBuilder(model.ConnectionString).Database}");
        return PostgreSqlOptions(server, name);
    }

    private static async Task<DatabaseOptions> MakeModelAsync(DatabaseProvider provider)
    {
        var folder = Directory.CreateTempSubdirectory("territoire-modele-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var options = await CreateAsync(provider, folder);
        // Without a pool: PostgreSQL copies no database that somebody is connected to, and SQLite writes its log back as the last one leaves.
        options = options with { ConnectionString = options.ConnectionString + ";Pooling=false" };
        await MigrateAsync(options);
        return options;
    }

    /// <summary>
    /// Gives back what a server holds for a database: its connections, which its pool would keep for minutes and which a server counts, and
    /// the database itself. A file goes with its folder.
    /// </summary>
    public static async Task DropAsync(DatabaseOptions options)
    {
        if (options.Provider == DatabaseProvider.PostgreSql)
        {
            NpgsqlConnection.ClearPool(new NpgsqlConnection(options.ConnectionString));
            await ExecuteAsync(new NpgsqlConnection(Server()), $"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(options.ConnectionString).Database} WITH (FORCE)");
        }

        if (options.Provider == DatabaseProvider.SqlServer) SqlConnection.ClearPool(new SqlConnection(options.ConnectionString));
    }

    private static async Task MigrateAsync(DatabaseOptions options)
    {
        await using var services = new ServiceCollection().AddSingleton(new ModuleCatalog(Rooms.All())).AddData(options).BuildServiceProvider();
        await MigrateAsync(services);
    }

    private static string NewName() => $"essai_{Guid.CreateVersion7():N}";

    private static string Server() => Environment.GetEnvironmentVariable(PostgreSql) ?? throw new InvalidOperationException($"{PostgreSql} names no server: start the tests by tests/run.sh.");

    private static DatabaseOptions PostgreSqlOptions(string server, string name) =>
        new() { Provider = DatabaseProvider.PostgreSql, ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 40 }.ToString() };

    private static async Task ExecuteAsync(System.Data.Common.DbConnection connection, string sql)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is made above, of letters and digits.
            command.CommandText = sql;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Brings the database of <paramref name="services"/> to the schema.</summary>
    public static async Task MigrateAsync(IServiceProvider services)
    {
        await using var db = services.GetRequiredService<AppDb>().Open(Viewer.System);
        await db.Database.MigrateAsync();
    }
}
