using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>Sends the link that confirms an address once more.</summary>
internal sealed class ResendConfirmation(AppDb database, NewMembers members, MemberMails mails, SecurityLog security)
{
    /// <summary>Sends it.</summary>
    /// <exception cref="NotFoundException">There is no such account, or the viewer does not administer the platform.</exception>
    /// <exception cref="InvalidInputException">The address is confirmed already.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var member = await db.Members.FirstOrDefaultAsync(m => m.Id == id, cancellation) ?? throw new NotFoundException();
        if (member.State != MemberState.Unconfirmed) throw new InvalidInputException("", AdminTexts.AlreadyConfirmed);

        security.Add(db, "compte.confirmation-renvoyee", viewer.MemberId, id);
        await mails.ConfirmAsync(db, member, members.Issue(db, id, MailedLinkPurpose.ConfirmAddress, member.Email!, NewMembers.LongLink), cancellation);
    }
}
