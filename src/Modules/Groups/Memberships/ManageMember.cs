using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Groups.Memberships;

/// <summary>A member as those who manage the group see it.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Member">The member.</param>
/// <param name="MayChange">Whether the viewer may change the role or remove the member.</param>
/// <param name="MayHandOver">Whether the viewer may make the member the owner.</param>
public sealed record ManageMemberView(Standing Standing, MemberRow Member, bool MayChange, bool MayHandOver);

/// <summary>Removes a member, changes a role, adds somebody, hands the group over.</summary>
internal sealed class ManageMember(AppDb database, Rights rights, MembershipWriter writer, Ownership ownership, SecurityLog log)
{
    /// <summary>The page about one member.</summary>
    /// <exception cref="NotFoundException">Group or member absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    public async Task<ManageMemberView> ReadAsync(Viewer viewer, string slug, string handle, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, slug, cancellation);
        if (!standing.IsMember) throw new NotFoundException();
        if (!standing.IsAnimator) rights.Require(GroupPermissions.ManageMembers, standing);

        var row = await MemberRows.Of(db, standing).FirstOrDefaultAsync(m => m.Handle == handle, cancellation) ?? throw new NotFoundException();
        return new(standing, row,
            row.Role < GroupRole.Owner && row.Id != viewer.MemberId && rights.Allows(GroupPermissions.ManageMembers, standing),
            row.Role < GroupRole.Owner && rights.Allows(GroupPermissions.Own, standing));
    }

    /// <summary>Removes a member from the group, who then does not come back alone (<see cref="MembershipState.Removed"/>).</summary>
    /// <returns>Whether there was a member to remove: not when somebody else just did.</returns>
    /// <exception cref="NotFoundException">Group absent or hidden, or never a member of it.</exception>
    /// <exception cref="ForbiddenException">Not an animator, archived, or the owner.</exception>
    public Task<bool> RemoveAsync(Viewer viewer, string slug, Guid memberId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, token);
        if (!await IsBelowOwnerAsync(db, standing, memberId, token)) return false;
        return await writer.EndAsync(db, standing.GroupId, memberId, viewer.MemberId, MembershipState.Removed, token);
    }, cancellation);

    /// <summary>Gives a role below the owner's.</summary>
    /// <returns>Whether the role is another one now.</returns>
    /// <exception cref="NotFoundException">Group absent or hidden, or never a member of it.</exception>
    /// <exception cref="ForbiddenException">Not an animator, archived, or the owner's role is concerned.</exception>
    public Task<bool> ChangeRoleAsync(Viewer viewer, string slug, Guid memberId, GroupRole role, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, token);
        if (role is not (GroupRole.Reader or GroupRole.Member or GroupRole.Animator)) throw new ForbiddenException(GroupsTexts.OwnerByHandOver);
        if (!await IsBelowOwnerAsync(db, standing, memberId, token)) return false;

        return await GiveAsync(db, standing, memberId, role, token);
    }, cancellation);

    /// <summary>Gives several members a role below the owner's, or removes them when it is null. The owner and the viewer are passed over.</summary>
    /// <returns>How many it changed.</returns>
    /// <exception cref="NotFoundException">Group absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, archived, or the owner's role.</exception>
    public Task<int> ChangeManyAsync(Viewer viewer, string slug, IReadOnlyCollection<Guid> memberIds, GroupRole? role, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, token);
        if (role >= GroupRole.Owner) throw new ForbiddenException(GroupsTexts.OwnerByHandOver);

        var concerned = await db.Memberships
            .Where(m => m.GroupId == standing.GroupId && memberIds.Contains(m.MemberId) && m.MemberId != viewer.MemberId && m.State == MembershipState.Active && m.Role < GroupRole.Owner && m.Role != role)
            .OrderBy(m => m.MemberId).Select(m => m.MemberId).ToListAsync(token);
        var changed = 0;
        foreach (var member in concerned)
            if (role is { } given ? await GiveAsync(db, standing, member, given, token) : await writer.EndAsync(db, standing.GroupId, member, viewer.MemberId, MembershipState.Removed, token)) changed++;
        return changed;
    }, cancellation);

    /// <summary>Makes a member the owner; the owner of until then stays an animator.</summary>
    /// <exception cref="NotFoundException">Group absent or hidden, not a member of it, or no longer the owner's to hand over.</exception>
    /// <exception cref="ForbiddenException">Not the owner.</exception>
    public Task<bool> HandOverAsync(Viewer viewer, string slug, Guid memberId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.Own, slug, token);
        if (memberId == viewer.MemberId) return false;
        if (!await ownership.PassAsync(db, standing.GroupId, viewer.MemberId, memberId, viewer.MemberId, token)) throw new NotFoundException();
        return true;
    }, cancellation);

    /// <summary>Adds a member of the platform without asking; the person is told, and can leave in one click.</summary>
    /// <returns>Whether the person was not a member before.</returns>
    /// <exception cref="NotFoundException">Group or person absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    public async Task<bool> AddAsync(Viewer viewer, string slug, string handle, GroupRole role, CancellationToken cancellation)
    {
        try
        {
            return await database.TransactAsync(viewer, (db, token) => AddAsync(db, slug, handle, role, token), cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Somebody else added the person at the same moment, or the person joined.
            return false;
        }
    }

    private async Task<bool> AddAsync(AppDbContext db, string slug, string handle, GroupRole role, CancellationToken cancellation)
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, cancellation);
        if (role is not (GroupRole.Reader or GroupRole.Member or GroupRole.Animator)) throw new ForbiddenException(GroupsTexts.OwnerByHandOver);

        var member = await db.Members.Where(m => m.Handle == handle && m.State == MemberState.Active).Select(m => (Guid?)m.Id).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return await writer.EnterAsync(db, new MembershipEntry
        {
            GroupId = standing.GroupId,
            MemberId = member,
            ActorId = db.Viewer.MemberId,
            Origin = MembershipOrigin.Added,
            Role = role,
            MailLevel = await db.Groups.Where(g => g.Id == standing.GroupId).Select(g => g.DefaultMailLevel).FirstAsync(cancellation),
        }, cancellation);
    }

    private async Task<bool> GiveAsync(AppDbContext db, Standing standing, Guid memberId, GroupRole role, CancellationToken cancellation)
    {
        var changed = await db.Memberships.Where(m => m.GroupId == standing.GroupId && m.MemberId == memberId && m.State == MembershipState.Active && m.Role != GroupRole.Owner && m.Role != role)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, role), cancellation);
        if (changed == 0) return false;

        log.Add(db, "groupe.role", db.Viewer.MemberId, memberId, standing.GroupId, role.ToString());
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    // False for somebody who is a member no more, as after the same click sent twice.
    private static async Task<bool> IsBelowOwnerAsync(AppDbContext db, Standing standing, Guid memberId, CancellationToken cancellation)
    {
        var found = await db.Memberships.Where(m => m.GroupId == standing.GroupId && m.MemberId == memberId && (m.State == MembershipState.Active || m.State == MembershipState.Removed || m.State == MembershipState.Left))
            .Select(m => new { m.State, m.Role }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        if (found.State != MembershipState.Active) return false;

        return found.Role != GroupRole.Owner ? true : throw new ForbiddenException(GroupsTexts.OwnerHandsOverFirst);
    }
}
