using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>Closes every sign-in of a member, such as after the loss of a telephone, and makes the links on their way to the mailbox void.</summary>
internal sealed class CloseSessions(AppDb database, Sessions sessions, LiveTopics live, SecurityLog security)
{
    /// <summary>Closes them, and the open pages with them.</summary>
    /// <exception cref="NotFoundException">There is no such account, or the viewer does not administer the platform.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await database.TransactAsync(viewer, async (db, stop) =>
        {
            if (!await db.Members.AnyAsync(m => m.Id == id, stop)) throw new NotFoundException();

            await sessions.ShutOutAsync(db, id, kept: null, stop);
            security.Add(db, "compte.sessions-fermees", viewer.MemberId, id);
            return await db.SaveChangesAsync(stop);
        }, cancellation);
        await live.SignalAsync(LiveTopics.Member(id));
    }
}
