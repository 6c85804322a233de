using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>
/// Shuts a member out: sign-ins are closed, links on their way void, and open pages closed. What was written stays; groups that the member
/// owned go to the next in line.
/// </summary>
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
        // Whoever suspends stays: there is always an administrator left.
        if (id == viewer.MemberId) throw new ForbiddenException(AdminTexts.NotYourself);
        new Rules().Text(reason, "Reason", LongestReason, required: false).Demand();

        if (await database.TransactAsync(viewer, (db, stop) => WriteAsync(db, id, reason, stop), cancellation)) await live.SignalAsync(LiveTopics.Member(id));
    }

    private async Task<bool> WriteAsync(AppDbContext db, Guid id, string? reason, CancellationToken cancellation)
    {
        await Administrators.HoldAsync(db, cancellation);
        if (await db.Members.Where(m => m.Id == id && m.State == MemberState.Active).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MemberState.Suspended), cancellation) == 0)
        {
            var state = await db.Members.Where(m => m.Id == id).Select(m => (MemberState?)m.State).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
            return state == MemberState.Suspended ? false : throw new InvalidInputException("", AdminTexts.NotActive);
        }

        await sessions.ShutOutAsync(db, id, kept: null, cancellation);
        members.RecordEdited(db, id);
        security.Add(db, "compte.suspendu", db.Viewer.MemberId, id, detail: string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
        await db.SaveChangesAsync(cancellation);
        await ownership.HandOnAsync(db, id, db.Viewer.MemberId, cancellation);
        return true;
    }
}
