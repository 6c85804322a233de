using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Maintenance;

/// <summary>Empties an installation: what an interrupted seeding left, before it starts over. The caller made sure that nobody's work is lost.</summary>
public static class EraseAll
{
    /// <summary>Deletes every row of every table but those named.</summary>
    /// <param name="db">Sees all, in a transaction.</param>
    /// <param name="kept">Names of the tables that are left alone.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task RowsAsync(AppDbContext db, IReadOnlyCollection<string> kept, CancellationToken cancellation)
    {
        foreach (var table in Table.InOrder(db).Reverse().Where(t => !kept.Contains(t.Name))) await table.EmptyAsync(db, cancellation);
    }
}
