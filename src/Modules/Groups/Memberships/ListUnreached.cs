using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Groups.Memberships;

/// <summary>The members of a group whose mail comes back.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Rows">By name.</param>
/// <param name="MayRetry">Whether the viewer may have an address tried again.</param>
public sealed record UnreachedView(Standing Standing, IReadOnlyList<ReachedMember> Rows, bool MayRetry);

/// <summary>Lists whom of a group no mail reaches any more, and has an address tried again.</summary>
internal sealed class ListUnreached(AppDb database, Rights rights, MailReach reach, TryAddressAgain tries, SecurityLog log)
{
    /// <summary>The list.</summary>
    /// <exception cref="NotFoundException">Absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    public async Task<UnreachedView> ExecuteAsync(Viewer viewer, string slug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, GroupPermissions.SeeReceipts, slug, cancellation);
        var members = await reach.OfGroupAsync(db, standing.GroupId, Guid.Empty, isUrgent: false, cancellation);
        return new(standing, [.. members.Where(m => m.Standing is not null)], rights.Allows(GroupPermissions.ManageMembers, standing));
    }

    /// <summary>How many there are, in a group whose standing was asked for.</summary>
    public static Task<int> CountAsync(AppDbContext db, Guid groupId, DateTime now, CancellationToken cancellation) => db.Memberships.CountAsync(
        m => m.GroupId == groupId && m.State == MembershipState.Active && m.Member!.State == MemberState.Active
            && db.AddressStandings.Any(a => a.Address == m.Member.NormalizedEmail && a.State != AddressState.Good && (a.State != AddressState.Paused || a.Until == null || a.Until > now)),
        cancellation);

    /// <summary>Lets mail go to a member again. The address itself is not told to anybody.</summary>
    /// <returns>Whether it was stopped or paused, and not by the member's own complaint.</returns>
    /// <exception cref="NotFoundException">Absent or hidden, or no member of the group.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    public async Task<bool> RetryAsync(Viewer viewer, string slug, Guid memberId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, cancellation);
        var address = await db.Memberships.Where(m => m.GroupId == standing.GroupId && m.MemberId == memberId && m.State == MembershipState.Active)
            .Select(m => m.Member!.NormalizedEmail).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        if (!await tries.ExecuteAsync(db, address, evenComplaint: false, cancellation)) return false;

        log.Add(db, "groupe.adresse", viewer.MemberId, memberId, standing.GroupId);
        await db.SaveChangesAsync(cancellation);
        return true;
    }
}
