using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;

namespace TerritoireCollab.Platform.Subscriptions;

/// <summary>Follows a content, mutes it, or goes back to what the group's level says.</summary>
public sealed class Follow(AppDb database)
{
    /// <summary>Sets the viewer's own choice; null to have none.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, Following? following, CancellationToken cancellation) =>
        viewer.IsMember ? database.TransactAsync(viewer, (db, token) => SetAsync(db, shortId, following, token), cancellation) : throw new NotFoundException();

    // By statements rather than through what was read: the same button may be pressed twice at once, and an answer follows too.
    private static async Task<bool> SetAsync(AppDbContext db, string shortId, Following? following, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        var itemId = await db.Items.Where(i => i.ShortId == shortId).Select(i => (Guid?)i.Id).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        var mine = db.Subscriptions.Where(s => s.ItemId == itemId && s.MemberId == me);
        if (following is not { } chosen) return await mine.ExecuteDeleteAsync(cancellation) > 0;
        if (await mine.ExecuteUpdateAsync(set => set.SetProperty(s => s.Following, chosen), cancellation) > 0) return true;

        db.Subscriptions.Add(new Subscription { ItemId = itemId, MemberId = me, Following = chosen });
        await db.SaveChangesAsync(cancellation);
        return true;
    }
}

/// <summary>Moves the mark of how far a member has read.</summary>
public sealed class MarkRead(AppDb database, TimeProvider clock)
{
    /// <summary>Marks the content as read up to <paramref name="number"/>; a mark never goes back.</summary>
    public async Task ExecuteAsync(Viewer viewer, Guid itemId, int number, CancellationToken cancellation)
    {
        if (!viewer.IsMember) return;

        await using var db = database.Open(viewer);
        var now = clock.GetUtcNow().UtcDateTime;
        var moved = await db.ReadMarks.Where(r => r.ItemId == itemId && r.MemberId == viewer.MemberId)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Number, r => r.Number > number ? r.Number : number).SetProperty(r => r.At, now), cancellation);
        if (moved > 0) return;

        db.ReadMarks.Add(new ReadMark { ItemId = itemId, MemberId = viewer.MemberId, Number = number, At = now });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Two tabs opened the content at the same moment: it is marked.
        }
    }
}
