using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace TerritoireCollab.Platform.Data.Providers;

/// <summary>
/// Inserts many rows of one table. The framework follows every row that it inserts, which for tens of thousands costs far more than writing
/// them; here one command is filled again and again, by the names and conversions of the model.
/// </summary>
public static class BulkInsert
{
    // SQL Server takes 2,100 of them in a command.
    private const int MostParameters = 2000;

    /// <summary>
    /// Inserts <paramref name="rows"/>, whose keys are set, within the transaction of <paramref name="db"/>, which does not know them
    /// afterwards. What they refer to is there already.
    /// </summary>
    /// <exception cref="DbUpdateException">The database refused them: the transaction is lost.</exception>
    public static async Task InsertAsync<T>(this AppDbContext db, IReadOnlyList<T> rows, CancellationToken cancellation) where T : class
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) return;

        var table = new Table(db, db.Model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T)} is not stored.", nameof(rows)));

        // On this machine a command costs less than a longer text; across a network it is the other way round.
        var most = db.Database.IsSqlite() ? 1 : MostParameters / table.Columns.Count;
        try
        {
            for (var start = 0; start < rows.Count;)
            {
                var size = Math.Min(most, rows.Count - start);
                await using var command = table.Command(db, size);
                for (; start + size <= rows.Count; start += size)
                {
                    table.Fill(command, rows, start, size);
                    await command.ExecuteNonQueryAsync(cancellation);
                }
            }
        }
        catch (DbException failure)
        {
            throw new DbUpdateException($"Rows of {typeof(T).Name} were refused.", failure);
        }
    }

    private sealed class Table
    {
        private readonly string _start;
        private readonly List<string> _names = [];

        public Table(AppDbContext db, IEntityType type)
        {
            var store = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
            var sql = db.GetService<ISqlGenerationHelper>();
            Columns = [.. type.GetProperties().Select(p => new Column(p.GetRelationalTypeMapping(), p.IsNullable, p.GetGetter()))];
            var names = type.GetProperties().Select(p => sql.DelimitIdentifier(p.GetColumnName(store)!));
            _start = $"INSERT INTO {sql.DelimitIdentifier(store.Name, store.Schema)} ({string.Join(", ", names)}) VALUES ";
        }

        public List<Column> Columns { get; }

        public DbCommand Command(AppDbContext db, int rows)
        {
            for (var i = _names.Count; i < rows * Columns.Count; i++) _names.Add("@p" + i.ToString(CultureInfo.InvariantCulture));
            var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction() ?? throw new InvalidOperationException("Rows are inserted within a transaction.");
            command.CommandTimeout = db.Database.GetCommandTimeout() ?? command.CommandTimeout;
            command.CommandText = _start + string.Join(", ", Enumerable.Range(0, rows).Select(r => $"({string.Join(", ", _names.Skip(r * Columns.Count).Take(Columns.Count))})"));
            return command;
        }

        public void Fill<T>(DbCommand command, IReadOnlyList<T> rows, int start, int size) where T : class
        {
            command.Parameters.Clear();
            for (var row = 0; row < size; row++)
                for (var i = 0; i < Columns.Count; i++)
                    command.Parameters.Add(Columns[i].Mapping.CreateParameter(command, _names[(row * Columns.Count) + i], Columns[i].Getter.GetClrValue(rows[start + row]), Columns[i].IsNullable));
        }
    }

    private sealed record Column(RelationalTypeMapping Mapping, bool IsNullable, IClrPropertyGetter Getter);
}
