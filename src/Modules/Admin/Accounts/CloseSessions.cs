using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>Closes every sign-in of a member, such as after the loss of a telephone.</summary>
internal sealed class CloseSessions(AppDb database, Sessions sessions, LiveTopics live, SecurityLog security)
{
    /// <summary>Closes them, and the open pages with them.</summary>
    /// <exception cref="NotFoundException">There is no such account, or the viewer does not administer the platform.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using (var db = database.Open(viewer))
            if (!await db.Members.AnyAsync(m => m.Id == id, cancellation)) throw new NotFoundException();

        await sessions.CloseOthersAsync(id, kept: null, cancellation);
        await security.WriteAsync("compte.sessions-fermees", viewer.MemberId, id, cancellation: cancellation);
        await live.SignalAsync(LiveTopics.Member(id));
    }
}
