using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>Lets a suspended member in again.</summary>
internal sealed class ReactivateMember(AppDb database, NewMembers members, SecurityLog security)
{
    /// <summary>Ends the suspension; nothing happens when the account is open already.</summary>
    /// <exception cref="NotFoundException">There is no such account, or the viewer does not administer the platform.</exception>
    /// <exception cref="InvalidInputException">The account is not suspended.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var member = await db.Members.FirstOrDefaultAsync(m => m.Id == id, cancellation) ?? throw new NotFoundException();
        if (member.State == MemberState.Active) return;
        if (member.State != MemberState.Suspended) throw new InvalidInputException("", AdminTexts.NotSuspended);

        member.State = MemberState.Active;
        members.RecordEdited(db, id);
        security.Add(db, "compte.retabli", viewer.MemberId, id);
        await db.SaveChangesAsync(cancellation);
    }
}
