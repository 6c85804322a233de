using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.ValueGeneration;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Platform.Data;

/// <summary>What every tool's model shares.</summary>
public static class ContentModel
{
    /// <summary>
    /// Maps a tool's entity onto its <see cref="ContentItem"/>: same key, removed with it, readable exactly when it is.
    /// </summary>
    public static EntityTypeBuilder<T> Content<T>(this ModelBuilder model) where T : class, IContent
    {
        var entity = model.Entity<T>();
        entity.HasKey(x => x.Id);
        entity.Property(x => x.Id).ValueGeneratedNever();
        entity.HasOne(x => x.Item).WithOne().HasForeignKey<T>(x => x.Id).OnDelete(DeleteBehavior.Cascade);
        return entity;
    }

    /// <summary>
    /// Puts the filter <c>Item != null</c> on every entity that hangs on a content by a required navigation named <c>Item</c>:
    /// EF joins it to the filtered rows, so a tag, a comment or a tool's entity is readable exactly when its content is.
    /// </summary>
    internal static void ReadableWithItem(this ModelBuilder model)
    {
        foreach (var type in model.Model.GetEntityTypes())
        {
            if (type.FindNavigation(nameof(IContent.Item)) is not { TargetEntityType.ClrType: var target } || target != typeof(ContentItem)) continue;

            var row = Expression.Parameter(type.ClrType, "row");
            var item = Expression.Property(row, nameof(IContent.Item));
            type.SetQueryFilter(AppDbContext.AccessFilter, Expression.Lambda(Expression.NotEqual(item, Expression.Constant(null, typeof(ContentItem))), row));
        }
    }

    /// <summary>
    /// Keys made by the application where the provider has no generator of its own that suits its index order: UUIDv7 on SQLite.
    /// PostgreSQL's provider makes UUIDv7 already; SQL Server's makes sequential ones in that server's own order.
    /// </summary>
    internal static void UseConventionsOf(this ModelBuilder model, string? provider)
    {
        if (provider != "Microsoft.EntityFrameworkCore.Sqlite") return;

        foreach (var property in model.Model.GetEntityTypes().SelectMany(t => t.GetProperties()).Where(IsGeneratedKey))
            property.SetValueGeneratorFactory((_, _) => new Uuid7Generator());
    }

    private static bool IsGeneratedKey(IMutableProperty property) =>
        property.ClrType == typeof(Guid) && property.IsPrimaryKey() && property.ValueGenerated == ValueGenerated.OnAdd;

    private sealed class Uuid7Generator : ValueGenerator<Guid>
    {
        private static long _lastMillisecond;

        public override bool GeneratesTemporaryValues => false;

        public override Guid Next(Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry entry) => Guid.CreateVersion7(NextMoment());

        // Rows made within one millisecond keep their order too: what comes next is ahead of the clock then (RFC 9562, 6.2).
        private static DateTimeOffset NextMoment()
        {
            var last = Volatile.Read(ref _lastMillisecond);
            while (true)
            {
                var next = Math.Max(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), last + 1);
                var seen = Interlocked.CompareExchange(ref _lastMillisecond, next, last);
                if (seen == last) return DateTimeOffset.FromUnixTimeMilliseconds(next);

                last = seen;
            }
        }
    }
}
