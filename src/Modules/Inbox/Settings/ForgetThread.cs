using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Inbox.Settings;

/// <summary>Takes something off the list of what a member follows.</summary>
internal sealed class ForgetThread(AppDb database, Follow follow, IEnumerable<IMoreFollowers> more)
{
    /// <summary>Follows it no more, nor mutes it.</summary>
    /// <param name="viewer">The member.</param>
    /// <param name="key">Short identifier of a content, or key of a place.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <exception cref="NotFoundException">A content that is absent or invisible.</exception>
    public async Task ExecuteAsync(Viewer viewer, string key, CancellationToken cancellation)
    {
        if (!key.Contains(':', StringComparison.Ordinal))
        {
            await follow.ExecuteAsync(viewer, key, null, cancellation);
            return;
        }

        await using var db = database.Open(viewer);
        foreach (var kind in more) await kind.LeaveAsync(db, key, cancellation);
    }
}
