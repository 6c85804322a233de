using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Faces;

/// <summary>Open polls of a member's groups in which nobody has voted for the member yet.</summary>
internal sealed class VotesToGive(Dates dates) : IMemberTasks
{
    public async Task<IReadOnlyList<MemberTask>> ReadAsync(AppDbContext db, IReadOnlyCollection<Guid> groups, DateTime now, int most, CancellationToken cancellation)
    {
        var (me, voters, off) = (db.Viewer.MemberId, db.Set<PollVoter>(), db.GroupsWithout(PollsModule.ToolKey));
        var found = await db.Set<Poll>().AsNoTracking()
            .Where(p => groups.Contains(p.Item.GroupId) && p.ClosesAt > now && p.SettledAt == null
                && !off.Contains(p.Item.GroupId)
                && (p.PerOrganisation
                    ? db.Affiliations.Any(a => a.MemberId == me && a.IsPrincipal && a.Until == null && !voters.Any(v => v.ItemId == p.Id && v.VoterId == a.OrganisationId))
                    : !voters.Any(v => v.ItemId == p.Id && v.VoterId == me)))
            .OrderBy(p => p.ClosesAt).Take(most).Select(p => new { p.Item.ShortId, p.Item.Title, p.Item.Group!.Slug, p.ClosesAt }).ToListAsync(cancellation);
        return [.. found.Select(p => new MemberTask(p.Title, PollAddress.Of(p.Slug, p.ShortId, p.Title), PollsTexts.VoteBefore.With(dates.Coming(p.ClosesAt)), p.ClosesAt))];
    }
}
