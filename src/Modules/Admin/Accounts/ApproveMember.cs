using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>Opens an account that waits, and tells the person.</summary>
internal sealed class ApproveMember(AppDb database, NewMembers members, MemberMails mails, SecurityLog security)
{
    /// <summary>Opens it; nothing happens when it is open already.</summary>
    /// <exception cref="NotFoundException">There is no such account, or the viewer does not administer the platform.</exception>
    /// <exception cref="InvalidInputException">The account does not wait for approval.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var member = await db.Members.FirstOrDefaultAsync(m => m.Id == id, cancellation) ?? throw new NotFoundException();
        if (member.State == MemberState.Active) return;
        if (member.State != MemberState.AwaitingApproval) throw new InvalidInputException("", AdminTexts.NotAwaiting);

        member.State = MemberState.Active;
        members.RecordEdited(db, id);
        security.Add(db, "compte.approuve", viewer.MemberId, id);
        await mails.ApprovedAsync(db, member, cancellation);
    }
}
