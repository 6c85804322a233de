using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>Refuses an account that was never open: it is erased, and the person told when the address was confirmed.</summary>
internal sealed class RefuseMember(AppDb database, MemberMails mails, SecurityLog security)
{
    /// <summary>Erases it; nothing happens when it is gone already.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    /// <exception cref="InvalidInputException">The account has been open: it can be suspended.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var member = await db.Members.FirstOrDefaultAsync(m => m.Id == id, cancellation);
        if (member is null) return;
        if (member.State is not (MemberState.AwaitingApproval or MemberState.Unconfirmed)) throw new InvalidInputException("", AdminTexts.NotAwaiting);

        var wasConfirmed = member.State == MemberState.AwaitingApproval;
        db.Members.Remove(member);
        security.Add(db, "compte.refuse", viewer.MemberId, id);
        if (wasConfirmed) await mails.RefusedAsync(db, member, cancellation);
        else await db.SaveChangesAsync(cancellation);
    }
}
