using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>Shuts a member out: sign-ins are closed, and open pages with them. What was written stays; groups that the member owned go to the next in line.</summary>
internal sealed class SuspendMember(AppDb database, NewMembers members, Sessions sessions, LiveTopics live, Ownership ownership, SecurityLog security)
{
    private const int LongestReason = 300;

    /// <summary>Suspends; nothing happens when the member is already.</summary>
    /// <exception cref="NotFoundException">There is no such account, or the viewer does not administer the platform.</exception>
    /// <exception cref="ForbiddenException">One's own account.</exception>
    /// <exception cref="InvalidInputException">The account is not open, or the reason is too long.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid id, string? reason, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        // Whoever suspends stays an administrator: there is always one left.
        if (id == viewer.MemberId) throw new ForbiddenException(AdminTexts.NotYourself);
        new Rules().Text(reason, "motif", LongestReason, required: false).Demand();

        if (!await database.TransactAsync(viewer, (db, token) => WriteAsync(db, id, reason, token), cancellation)) return;

        await sessions.CloseOthersAsync(id, kept: null, cancellation);
        await live.SignalAsync(LiveTopics.Member(id));
    }

    private async Task<bool> WriteAsync(AppDbContext db, Guid id, string? reason, CancellationToken cancellation)
    {
        var member = await db.Members.FirstOrDefaultAsync(m => m.Id == id, cancellation) ?? throw new NotFoundException();
        if (member.State == MemberState.Suspended) return false;
        if (member.State != MemberState.Active) throw new InvalidInputException("", AdminTexts.NotActive);

        member.State = MemberState.Suspended;
        members.RecordEdited(db, id);
        security.Add(db, "compte.suspendu", db.Viewer.MemberId, id, detail: string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
        await db.SaveChangesAsync(cancellation);
        await ownership.HandOnAsync(db, id, db.Viewer.MemberId, cancellation);
        return true;
    }
}
