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
        if (await database.TransactAsync(viewer, (db, stop) => WriteAsync(db, id, given, stop), cancellation)) await live.SignalAsync(LiveTopics.Member(id));
    }

    private async Task<bool> WriteAsync(AppDbContext db, Guid id, bool given, CancellationToken cancellation)
    {
        await Administrators.HoldAsync(db, cancellation);
        var member = await db.Members.FirstOrDefaultAsync(m => m.Id == id, cancellation) ?? throw new NotFoundException();
        if (member.State != MemberState.Active) throw new InvalidInputException("", AdminTexts.NotActive);
        if (member.IsAdmin == given) return false;
        if (!given && !await db.Members.AnyAsync(m => m.Id != id && m.IsAdmin && m.State == MemberState.Active, cancellation)) throw new ForbiddenException(AdminTexts.LastAdmin);

        member.IsAdmin = given;
        security.Add(db, given ? "compte.administrateur" : "compte.simple-membre", db.Viewer.MemberId, id);
        await db.SaveChangesAsync(cancellation);
        return true;
    }
}
