using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using Xunit;

namespace TerritoireCollab.Testing;

/// <summary>Fresh databases for tests: a file for SQLite, one of its own on the servers that the environment names.</summary>
public static class Databases
{
    private const string PostgreSql = "TERRITOIRE_TEST_POSTGRESQL";
    private const string SqlServer = "TERRITOIRE_TEST_SQLSERVER";

    /// <summary>Every provider, as theory data.</summary>
    public static TheoryData<DatabaseProvider> Providers { get; } = [.. Enum.GetValues<DatabaseProvider>()];

    /// <summary>
    /// Options of an empty database. Skips for SQL Server where no server is named; for PostgreSQL a missing server is a failure, since
    /// tests/run.sh starts one.
    /// </summary>
    public static async Task<DatabaseOptions> CreateAsync(DatabaseProvider provider, string folder)
    {
        var name = $"essai_{Guid.CreateVersion7():N}";
        switch (provider)
        {
            case DatabaseProvider.Sqlite:
                return new() { Provider = provider, ConnectionString = $"Data Source={Path.Combine(folder, "territoire.db")}" };

            case DatabaseProvider.PostgreSql:
                var server = Environment.GetEnvironmentVariable(PostgreSql) ?? throw new InvalidOperationException($"{PostgreSql} names no server: start the tests by tests/run.sh.");
                await ExecuteAsync(new NpgsqlConnection(server), $"CREATE DATABASE {name}");
                return new() { Provider = provider, ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 40 }.ToString() };

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
