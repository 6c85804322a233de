using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Groups;

/// <summary>
/// Passes groups from one owner to the next, so that each has exactly one at any moment. The caller has checked the right to, and runs it
/// in a transaction of <see cref="AppDb.TransactAsync"/>.
/// </summary>
public sealed class Ownership(SecurityLog log, TimeProvider clock)
{
    /// <summary>Makes an active member of the group its owner; the owner of until then stays an animator.</summary>
    /// <returns>False when <paramref name="from"/> owns the group no more, or <paramref name="to"/> is no member who could; nothing has changed then.</returns>
    public async Task<bool> PassAsync(AppDbContext db, Guid groupId, Guid from, Guid to, Guid actorId, CancellationToken cancellation)
    {
        // What is needed is held first, by writes that change nothing: an account that is being shut and a member who is leaving are waited
        // for. The owner's own row comes last: of two transfers at once the second finds no owner any more.
        var members = db.Memberships.Where(m => m.GroupId == groupId && m.State == MembershipState.Active);
        if (await db.Members.Where(m => m.Id == to && m.State == MemberState.Active).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, m => m.State), cancellation) == 0
            || await members.Where(m => m.MemberId == to).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, m => m.Role), cancellation) == 0
            || await members.Where(m => m.MemberId == from && m.Role == GroupRole.Owner).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, GroupRole.Animator), cancellation) == 0) return false;

        await members.Where(m => m.MemberId == to).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, GroupRole.Owner), cancellation);
        db.Activities.Add(new Activity { Kind = ActivityKinds.OwnerChanged, GroupId = groupId, ActorId = from, SubjectId = to, At = clock.GetUtcNow().UtcDateTime });
        log.Add(db, "groupe.cession", actorId, to, groupId);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>
    /// Passes on every group that a member owns, when the account is shut: to the animator, or else the writing member, who has been in
    /// it longest. A group in which nobody else writes keeps its owner. Called once the account is shut, in the same transaction.
    /// </summary>
    public async Task HandOnAsync(AppDbContext db, Guid memberId, Guid actorId, CancellationToken cancellation)
    {
        var owned = await db.Memberships.Where(m => m.MemberId == memberId && m.State == MembershipState.Active && m.Role == GroupRole.Owner)
            .OrderBy(m => m.GroupId).Select(m => m.GroupId).ToListAsync(cancellation);
        foreach (var group in owned)
        {
            var heirs = await db.Memberships
                .Where(m => m.GroupId == group && m.MemberId != memberId && m.State == MembershipState.Active && m.Role >= GroupRole.Member && m.Member!.State == MemberState.Active)
                .OrderByDescending(m => m.Role).ThenBy(m => m.Since).ThenBy(m => m.Id).Select(m => m.MemberId).Take(5).ToListAsync(cancellation);
            foreach (var heir in heirs)
                if (await PassAsync(db, group, memberId, heir, actorId, cancellation)) break;
        }
    }
}
