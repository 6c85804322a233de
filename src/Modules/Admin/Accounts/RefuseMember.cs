using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>Refuses an account that was never open: it is erased, and the person told when the address was confirmed.</summary>
internal sealed class RefuseMember(AppDb database, MemberMails mails, MailWake wake, SecurityLog security)
{
    /// <summary>Erases it; nothing happens when it is gone already.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    /// <exception cref="InvalidInputException">The account has been open: it can be suspended.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        if (await database.TransactAsync(viewer, (db, stop) => WriteAsync(db, id, stop), cancellation)) wake.Wake();
    }

    private async Task<bool> WriteAsync(AppDbContext db, Guid id, CancellationToken cancellation)
    {
        var member = await db.Members.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, cancellation);
        if (member is null) return false;
        if (member.State is not (MemberState.AwaitingApproval or MemberState.Unconfirmed)) throw new InvalidInputException("", AdminTexts.NotAwaiting);

        // Of two decisions at the same moment one finds the row as it was read.
        if (await db.Members.Where(m => m.Id == id && m.State == member.State).ExecuteDeleteAsync(cancellation) == 0) return false;

        security.Add(db, "compte.refuse", db.Viewer.MemberId, id);
        if (member.State == MemberState.AwaitingApproval) await mails.RefusedAsync(db, member, cancellation);
        else await db.SaveChangesAsync(cancellation);
        return true;
    }
}
