using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Maintenance;

/// <summary>
/// A table as the model sees it, read and written row by row as JSON: values are those of the entities, so that what was read from one
/// provider can be written to another. Numbers that the database gives out itself are left out, and given anew.
/// </summary>
internal sealed class Table
{
    private static readonly string[] WithTrash = [AppDbContext.DeletedFilter];

    private static readonly MethodInfo ReadMethod = typeof(Table).GetMethod(nameof(ReadRows), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo DeleteMethod = typeof(Table).GetMethod(nameof(DeleteRows), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly IEntityType _type;
    private readonly Column[] _columns;
    private readonly IProperty? _number;

    private Table(IEntityType type)
    {
        _type = type;
        _number = type.GetProperties().FirstOrDefault(IsGivenByDatabase);
        _columns = [.. type.GetProperties().Where(p => !IsGivenByDatabase(p)).Select(p => new Column(p))];
    }

    public string Name => _type.GetTableName()!;

    public IReadOnlyList<string> Columns => [.. _columns.Select(c => c.Name)];

    /// <summary>Every table but that of the protection keys, which a backup holds as files; each after those it refers to.</summary>
    public static IReadOnlyList<Table> InOrder(AppDbContext db)
    {
        var left = db.Model.GetEntityTypes().Where(t => t.GetTableName() is not null && t.ClrType != typeof(ProtectionKey)).OrderBy(t => t.GetTableName(), StringComparer.Ordinal).ToList();
        var ordered = new List<IEntityType>();
        while (left.Count > 0)
        {
            var next = left.First(t => t.GetForeignKeys().All(k => k.PrincipalEntityType == t || ordered.Contains(k.PrincipalEntityType)));
            ordered.Add(next);
            left.Remove(next);
        }

        return [.. ordered.Select(t => new Table(t))];
    }

    /// <summary>Every row, those in the trash too.</summary>
    public IAsyncEnumerable<object> Rows(AppDbContext db) => (IAsyncEnumerable<object>)ReadMethod.MakeGenericMethod(_type.ClrType).Invoke(null, [db, _number])!;

    public async Task<bool> IsEmptyAsync(AppDbContext db, CancellationToken cancellation)
    {
        await using var rows = Rows(db).GetAsyncEnumerator(cancellation);
        return !await rows.MoveNextAsync();
    }

    /// <summary>Deletes every row, those in the trash too.</summary>
    public Task<int> EmptyAsync(AppDbContext db, CancellationToken cancellation) => (Task<int>)DeleteMethod.MakeGenericMethod(_type.ClrType).Invoke(null, [db, cancellation])!;

    public void Write(Utf8JsonWriter json, object row)
    {
        json.WriteStartObject();
        foreach (var column in _columns)
        {
            json.WritePropertyName(column.Name);
            JsonSerializer.Serialize(json, column.Read(row), column.Type);
        }

        json.WriteEndObject();
    }

    /// <summary>The entity of a line. A column that the line does not have keeps the value of a new entity.</summary>
    public object Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var row = Activator.CreateInstance(_type.ClrType)!;
        foreach (var column in _columns)
            if (json.RootElement.TryGetProperty(column.Name, out var value)) column.Write(row, value.Deserialize(column.Type));
        return row;
    }

    private static bool IsGivenByDatabase(IProperty property) =>
        property.IsPrimaryKey() && property.ValueGenerated == ValueGenerated.OnAdd && (property.ClrType == typeof(int) || property.ClrType == typeof(long));

    // In the order of the numbers, since they will be given anew.
    private static IAsyncEnumerable<object> ReadRows<T>(AppDbContext db, IProperty? number) where T : class
    {
        var rows = db.Set<T>().IgnoreQueryFilters(WithTrash).AsNoTracking();
        if (number is null) return rows.AsAsyncEnumerable();
        return (number.ClrType == typeof(long) ? rows.OrderBy(r => EF.Property<long>(r, number.Name)) : rows.OrderBy(r => EF.Property<int>(r, number.Name))).AsAsyncEnumerable();
    }

    private static Task<int> DeleteRows<T>(AppDbContext db, CancellationToken cancellation) where T : class => db.Set<T>().IgnoreQueryFilters(WithTrash).ExecuteDeleteAsync(cancellation);

    private sealed class Column
    {
        public Column(IProperty property)
        {
            Name = property.Name;
            Type = property.ClrType;
            var member = property.PropertyInfo ?? throw new InvalidOperationException($"{property.DeclaringType.Name}.{property.Name} has no property.");
            Read = row => member.GetValue(row);

            var row = Expression.Parameter(typeof(object));
            var value = Expression.Parameter(typeof(object));
            Write = Expression.Lambda<Action<object, object?>>(
                Expression.Assign(Expression.Property(Expression.Convert(row, member.DeclaringType!), member), Expression.Convert(value, member.PropertyType)), row, value).Compile();
        }

        public string Name { get; }

        public Type Type { get; }

        public Func<object, object?> Read { get; }

        public Action<object, object?> Write { get; }
    }
}
