using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>Opens an account that waits, and tells the person.</summary>
internal sealed class ApproveMember(AppDb database, NewMembers members, MemberMails mails, MailWake wake, SecurityLog security)
{
    /// <summary>Opens it; nothing happens when it is open already.</summary>
    /// <exception cref="NotFoundException">There is no such account, or the viewer does not administer the platform.</exception>
    /// <exception cref="InvalidInputException">The account does not wait for approval.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        if (await database.TransactAsync(viewer, (db, stop) => WriteAsync(db, id, stop), cancellation)) wake.Wake();
    }

    private async Task<bool> WriteAsync(AppDbContext db, Guid id, CancellationToken cancellation)
    {
        // Of two clicks at the same moment one changes the row, and only that one writes to the person.
        var opened = await db.Members.Where(m => m.Id == id && m.State == MemberState.AwaitingApproval).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MemberState.Active), cancellation);
        var member = await db.Members.FirstOrDefaultAsync(m => m.Id == id, cancellation) ?? throw new NotFoundException();
        if (member.State != MemberState.Active) throw new InvalidInputException("", AdminTexts.NotAwaiting);
        if (opened == 0) return false;

        members.RecordEdited(db, id);
        security.Add(db, "compte.approuve", db.Viewer.MemberId, id);
        await mails.ApprovedAsync(db, member, cancellation);
        return true;
    }
}
