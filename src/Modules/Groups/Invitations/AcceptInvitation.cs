using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Groups.Invitations;

/// <summary>Enters a group by the token of an invitation.</summary>
internal sealed class AcceptInvitation(AppDb database, InvitationOfToken invitations, MembershipWriter writer, TimeProvider clock)
{
    /// <summary>Enters, and returns the group's part of the address.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in, or the invitation is unknown, used, withdrawn or out of date.</exception>
    /// <exception cref="ForbiddenException">It was made out to somebody else, or the viewer was removed from the group since.</exception>
    /// <exception cref="InvalidInputException">The charter is not accepted, or has changed since it was read.</exception>
    public async Task<string> ExecuteAsync(Viewer viewer, string token, bool acceptsCharter, int? charterRead, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();

        var invitation = await invitations.ReadAsync(token, cancellation) ?? throw new NotFoundException();
        try
        {
            await database.TransactAsync(viewer, (db, stop) => WriteAsync(db, invitation, acceptsCharter, charterRead, stop), cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // The same person came in by another window at the same moment.
        }

        return invitation.GroupSlug;
    }

    /// <summary>Why that member cannot use the invitation, in a sentence for its page; null when nothing stands in the way, or when nobody is signed in.</summary>
    public async Task<string?> ObstacleAsync(Viewer viewer, OpenInvitation invitation, CancellationToken cancellation)
    {
        if (!viewer.IsMember) return null;

        await using var db = database.Open(viewer);
        return await ObstacleAsync(db, invitation, cancellation);
    }

    private static async Task<string?> ObstacleAsync(AppDbContext db, OpenInvitation invitation, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        var mine = await db.Members.Where(m => m.Id == me).Select(m => new { m.Handle, m.Email }).FirstAsync(cancellation);
        if (!invitation.IsFor(mine.Handle, mine.Email)) return GroupsTexts.InvitationForAnother;
        return await PendingInvitation.LetsInAsync(db, invitation.Id, cancellation) ? null : GroupsTexts.RemovedByThisLink;
    }

    private async Task<bool> WriteAsync(AppDbContext db, OpenInvitation invitation, bool acceptsCharter, int? charterRead, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        if (await ObstacleAsync(db, invitation, cancellation) is { } obstacle) throw new ForbiddenException(obstacle);
        if (await IsMemberAsync(db, invitation, cancellation)) return false;

        new Rules().Check(invitation.CharterVersion == 0 || acceptsCharter, "Charter", GroupsTexts.CharterMustBeAccepted)
            .Check(charterRead is null || charterRead == invitation.CharterVersion, "Charter", GroupsTexts.CharterMeanwhile).Demand();
        if (!await PendingInvitation.UseAsync(db, invitation.Id, clock.GetUtcNow().UtcDateTime, cancellation))
            return await IsMemberAsync(db, invitation, cancellation) ? false : throw new NotFoundException();

        return await writer.EnterAsync(db, new MembershipEntry
        {
            GroupId = invitation.GroupId, MemberId = me, ActorId = me, Origin = MembershipOrigin.Invited, Role = invitation.Role,
            MailLevel = invitation.DefaultMailLevel, CharterAccepted = invitation.CharterVersion,
        }, cancellation);
    }

    // Of two clicks at once the second may find the invitation used by the first.
    private static Task<bool> IsMemberAsync(AppDbContext db, OpenInvitation invitation, CancellationToken cancellation) =>
        db.Memberships.AnyAsync(m => m.GroupId == invitation.GroupId && m.MemberId == db.Viewer.MemberId && m.State == MembershipState.Active, cancellation);
}
