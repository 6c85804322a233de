using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Groups.Memberships;

/// <summary>What a member settles alone about a group: what is mailed from it, and today's charter.</summary>
internal sealed class ChooseMailLevel(AppDb database, Rights rights)
{
    /// <summary>Sets what the group mails to the viewer.</summary>
    /// <exception cref="NotFoundException">Absent, hidden, or not a member.</exception>
    public async Task ExecuteAsync(Viewer viewer, string slug, MailLevel level, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await MineAsync(db, slug, cancellation);
        if (!Enum.IsDefined(level)) throw new NotFoundException();
        await db.Memberships.Where(m => m.GroupId == standing.GroupId && m.MemberId == viewer.MemberId && m.State == MembershipState.Active)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.MailLevel, level), cancellation);
    }

    /// <summary>Accepts the charter that was read.</summary>
    /// <returns>Whether it is today's: a newer one is not accepted unread.</returns>
    /// <exception cref="NotFoundException">Absent, hidden, or not a member.</exception>
    public async Task<bool> AcceptCharterAsync(Viewer viewer, string slug, int version, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await MineAsync(db, slug, cancellation);
        if (version != standing.CharterVersion) return false;

        await db.Memberships.Where(m => m.GroupId == standing.GroupId && m.MemberId == viewer.MemberId && m.State == MembershipState.Active)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.CharterAccepted, version), cancellation);
        return true;
    }

    private async Task<Standing> MineAsync(AppDbContext db, string slug, CancellationToken cancellation)
    {
        var standing = await rights.StandingAsync(db, slug, cancellation);
        return standing.IsMember && db.Viewer.IsMember ? standing : throw new NotFoundException();
    }
}
