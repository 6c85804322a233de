using Microsoft.EntityFrameworkCore;

namespace TerritoireCollab.Benchmarks.Bare;

/// <summary>A row of the bare list.</summary>
public sealed record BareRow(string ShortId, string Title, int CommentCount, DateTime LastActivityAt);

/// <summary>The threads of the product's own database, without rights, authors or read marks: one compiled question, nothing tracked.</summary>
internal sealed class BareDb(DbContextOptions<BareDb> options) : DbContext(options)
{
    private static readonly Func<BareDb, Guid, IAsyncEnumerable<BareRow>> Newest = EF.CompileAsyncQuery(
        (BareDb db, Guid groupId) => db.Set<Thread>().Where(t => t.GroupId == groupId && t.Kind == "forum.topic" && t.DeletedAt == null)
            .OrderByDescending(t => t.IsPinned).ThenByDescending(t => t.LastActivityAt).Take(25)
            .Select(t => new BareRow(t.ShortId, t.Title, t.CommentCount, t.LastActivityAt)));

    public async Task<IReadOnlyList<BareRow>> ListAsync(Guid groupId) => await Newest(this, groupId).ToListAsync();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Thread>().ToTable("Items");

    private sealed class Thread
    {
        public Guid Id { get; init; }
        public Guid GroupId { get; init; }
        public required string Kind { get; init; }
        public required string ShortId { get; init; }
        public required string Title { get; init; }
        public int CommentCount { get; init; }
        public bool IsPinned { get; init; }
        public DateTime LastActivityAt { get; init; }
        public DateTime? DeletedAt { get; init; }
    }
}
