using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Finds;

/// <summary>Puts a find into the trash, and takes it out. The card of a page that no source carries goes with it, unless an animator chose it.</summary>
internal sealed class RemoveFind(AppDb database, Rights rights, ContentWriter writer)
{
    /// <summary>Puts the find into the trash and returns the address form of its group.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, standing) = await rights.RequireFindAsync(db, GroupPermissions.RemoveItem, shortId, token);
        writer.Remove(db, item);
        await db.SaveChangesAsync(token);
        await MoveCardAsync(db, item.Id, PoolState.Proposed, PoolState.SetAside, token);
        return standing.Slug;
    }, cancellation);

    /// <summary>Takes the find out of the trash.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task<string> UndoAsync(Viewer viewer, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var find = await db.FindsWithTrash().Include(f => f.Item).FirstOrDefaultAsync(f => f.Item.ShortId == shortId, token) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, find.Item.GroupId, token);
        if (!rights.Allows(GroupPermissions.RemoveItem, standing, find.Item.AuthorId)) throw new NotFoundException();
        if (find.Item.DeletedAt is null) return standing.Slug;

        writer.Restore(db, find.Item);
        await db.SaveChangesAsync(token);
        await MoveCardAsync(db, find.Id, PoolState.SetAside, PoolState.Proposed, token);
        return standing.Slug;
    }, cancellation);

    private static Task<int> MoveCardAsync(AppDbContext db, Guid findId, PoolState from, PoolState to, CancellationToken cancellation) =>
        db.Set<PoolEntry>().Where(e => e.FindId == findId && e.SourceId == null && e.MovedById == null && e.State == from)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.State, to).SetProperty(e => e.Version, e => e.Version + 1), cancellation);
}
