using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>Makes a member an administrator, or an ordinary member again. There is always one administrator left.</summary>
internal sealed class GiveAdministration(AppDb database, LiveTopics live, SecurityLog security)
{
    /// <summary>Gives the administration, or takes it back; nothing happens when it is so already.</summary>
    /// <exception cref="NotFoundException">There is no such account, or the viewer does not administer the platform.</exception>
    /// <exception cref="ForbiddenException">It is the last administrator.</exception>
    /// <exception cref="InvalidInputException">The account is not open.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid id, bool given, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var state = await db.Members.Where(m => m.Id == id).Select(m => (MemberState?)m.State).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        if (state != MemberState.Active) throw new InvalidInputException("", AdminTexts.NotActive);

        // One statement looks for another administrator and takes the role, so that no request comes in between.
        var changed = given
            ? await db.Members.Where(m => m.Id == id && !m.IsAdmin).ExecuteUpdateAsync(set => set.SetProperty(m => m.IsAdmin, true), cancellation)
            : await db.Members.Where(m => m.Id == id && m.IsAdmin && db.Members.Any(o => o.Id != id && o.IsAdmin && o.State == MemberState.Active))
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.IsAdmin, false), cancellation);
        if (changed == 0 && !given && await db.Members.AnyAsync(m => m.Id == id && m.IsAdmin, cancellation)) throw new ForbiddenException(AdminTexts.LastAdmin);
        if (changed == 0) return;

        await security.WriteAsync(given ? "compte.administrateur" : "compte.simple-membre", viewer.MemberId, id, cancellation: cancellation);
        await live.SignalAsync(LiveTopics.Member(id));
    }
}
