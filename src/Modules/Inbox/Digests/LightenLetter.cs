using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Inbox.Settings;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Inbox.Digests;

/// <summary>Takes a source out of the viewer's summaries, and puts it back.</summary>
internal sealed class LightenLetter(AppDb database, Follow follow, SetMailLevels levels)
{
    /// <summary>Mutes a content.</summary>
    /// <returns>What the viewer had chosen before.</returns>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    public async Task<Following?> MuteAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var before = await db.Subscriptions.Where(s => s.Item.ShortId == shortId && s.MemberId == viewer.MemberId).Select(s => (Following?)s.Following).FirstOrDefaultAsync(cancellation);
        await follow.ExecuteAsync(viewer, shortId, Following.Muted, cancellation);
        return before;
    }

    /// <summary>Gets nothing more of a group but what is addressed in person.</summary>
    /// <returns>The level before.</returns>
    /// <exception cref="NotFoundException">The viewer is not in such a group.</exception>
    public async Task<MailLevel> StopAsync(Viewer viewer, string slug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var before = await db.Memberships.Where(m => m.Group!.Slug == slug && m.MemberId == viewer.MemberId && m.State == MembershipState.Active)
            .Select(m => (MailLevel?)m.MailLevel).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        await levels.ExecuteAsync(viewer, new Dictionary<string, MailLevel> { [slug] = MailLevel.Nothing }, cancellation);
        return before;
    }

    /// <summary>Puts a content back.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    public Task PutBackAsync(Viewer viewer, string shortId, Following? before, CancellationToken cancellation) => follow.ExecuteAsync(viewer, shortId, before, cancellation);

    /// <summary>Puts a group back.</summary>
    /// <exception cref="InvalidInputException">A level that does not exist.</exception>
    public Task PutBackAsync(Viewer viewer, string slug, MailLevel before, CancellationToken cancellation) =>
        levels.ExecuteAsync(viewer, new Dictionary<string, MailLevel> { [slug] = before }, cancellation);
}
