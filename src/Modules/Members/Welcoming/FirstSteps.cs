using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Members.Welcoming;

/// <summary>A group to propose to a newcomer.</summary>
internal sealed record SuggestedGroup(string Slug, string Name, string Summary, int Hue, int MemberCount, bool CanJoinAtOnce, bool IsMember, bool IsRequested);

/// <summary>The three first steps: me, my groups, my mail.</summary>
internal sealed class FirstSteps(AppDb database)
{
    private const int MostSuggested = 6;

    /// <summary>Groups to propose: those for one's kind of organisation first, then the largest; with those already joined, so that the step shows what was done.</summary>
    public async Task<IReadOnlyList<SuggestedGroup>> GroupsAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var me = viewer.MemberId;
        var kind = await db.Affiliations.Where(a => a.MemberId == me && a.Until == null).OrderByDescending(a => a.IsPrincipal).Select(a => (OrganisationKind?)a.Organisation!.Kind).FirstOrDefaultAsync(cancellation);
        var fitting = kind switch
        {
            OrganisationKind.Firm => GroupKind.Firms,
            OrganisationKind.LocalAuthority or OrganisationKind.PublicBody => GroupKind.LocalAuthorities,
            _ => GroupKind.Mixed,
        };
        return await db.Groups
            .Where(g => g.ArchivedAt == null && g.Visibility == GroupVisibility.AllMembers && g.Joining != GroupJoining.ByInvitation)
            .OrderByDescending(g => g.Joining == GroupJoining.Free).ThenByDescending(g => g.Kind == fitting).ThenByDescending(g => g.MemberCount).ThenBy(g => g.FoldedName)
            .Take(MostSuggested)
            .Select(g => new SuggestedGroup(g.Slug, g.Name, g.Summary, g.Hue, g.MemberCount, g.Joining == GroupJoining.Free && g.Charter == null && !db.Memberships.Any(m => m.GroupId == g.Id && m.MemberId == me && m.State == MembershipState.Removed),
                db.Memberships.Any(m => m.GroupId == g.Id && m.MemberId == me && m.State == MembershipState.Active),
                db.Memberships.Any(m => m.GroupId == g.Id && m.MemberId == me && (m.State == MembershipState.Requested || m.State == MembershipState.RequestedAgain))))
            .ToListAsync(cancellation);
    }

    /// <summary>Ends the first steps, with the mail level of all memberships when one was chosen.</summary>
    public async Task FinishAsync(Viewer viewer, MailLevel? level, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();

        await using var db = database.Open(viewer);
        if (level is { } chosen && Enum.IsDefined(chosen))
            await db.Memberships.Where(m => m.MemberId == viewer.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.MailLevel, chosen), cancellation);
        await db.Members.Where(m => m.Id == viewer.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Welcomed, true), cancellation);
    }
}
