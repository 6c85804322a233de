using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Bookmarks.Own;

/// <summary>Takes a link of one's own off, and back.</summary>
internal sealed class RemoveOwnBookmark(AppDb database, TimeProvider clock)
{
    /// <summary>Takes it off; nothing happens when it is gone already.</summary>
    /// <exception cref="NotFoundException">Absent, or somebody else's.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, CancellationToken cancellation) => SetAsync(viewer, shortId, clock.GetUtcNow().UtcDateTime, cancellation);

    /// <summary>Brings it back.</summary>
    /// <exception cref="NotFoundException">Absent, or somebody else's.</exception>
    public Task RestoreAsync(Viewer viewer, string shortId, CancellationToken cancellation) => SetAsync(viewer, shortId, null, cancellation);

    private async Task SetAsync(Viewer viewer, string shortId, DateTime? removedAt, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var changed = await db.OwnBookmarksWithTrash().Where(b => b.ShortId == shortId).ExecuteUpdateAsync(set => set.SetProperty(b => b.RemovedAt, removedAt), cancellation);
        if (changed == 0) throw new NotFoundException();
    }
}

/// <summary>Erases at night what members took off their own lists as long ago as the trash is kept.</summary>
internal sealed class EraseOwnBookmarks(AppDb database, TimeProvider clock) : IRecurringJob
{
    /// <inheritdoc />
    public string Key => "favoris.miens";

    /// <summary>Every night at 3:40.</summary>
    public string Hours => "0 40 3 * * ?";

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellation)
    {
        var removed = clock.GetUtcNow().UtcDateTime - Retention.Trash;
        await using var db = database.Open(Viewer.System);
        await db.Set<OwnBookmark>().Where(b => b.RemovedAt < removed).ExecuteDeleteAsync(cancellation);
    }
}
