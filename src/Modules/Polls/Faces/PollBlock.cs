using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Faces;

/// <summary>The block of polls on the home page of a group: those that are open, the next to close first.</summary>
internal sealed class PollBlock(Dates dates, TimeProvider clock) : IHomeBlock
{
    public string Tool => PollsModule.ToolKey;

    public async Task<IReadOnlyList<HomeLine>> ReadAsync(AppDbContext db, Standing standing, int most, CancellationToken cancellation)
    {
        var (group, me, now) = (standing.GroupId, standing.Viewer.MemberId, clock.GetUtcNow().UtcDateTime);
        var found = await db.Set<Poll>().AsNoTracking().Where(p => p.Item.GroupId == group && p.ClosesAt > now).OrderBy(p => p.ClosesAt).Take(most)
            .Select(p => new { p.Item, p.ClosesAt, Votes = db.Set<PollBallot>().Count(b => b.ItemId == p.Id), IsVoted = db.Set<PollVoter>().Any(v => v.ItemId == p.Id && v.MemberId == me) }).ToListAsync(cancellation);
        return [.. found.Select(p => new HomeLine(p.Item.Title, PollAddress.Of(standing.Slug, p.Item.ShortId, p.Item.Title), string.Join(" · ", new[]
        {
            PollsTexts.ClosesOn.With(dates.Coming(p.ClosesAt)),
            p.Votes switch { 0 => PollsTexts.NoVote, 1 => PollsTexts.OneVote, var n => PollsTexts.SomeVotes.With(n) },
            !standing.IsMember ? null : p.IsVoted ? PollsTexts.YouVoted : PollsTexts.YouHaveNotVoted,
        }.OfType<string>())))];
    }
}

/// <summary>In another group than the one whose members were told who would see their votes, no name is shown any more.</summary>
internal sealed class PollCompanion : IContentCompanion
{
    public string Kind => PollsModule.PollKindKey;

    public Task MovedAsync(AppDbContext db, ContentItem item, Guid from, CancellationToken cancellation) =>
        db.Set<Poll>().Where(p => p.Id == item.Id && p.Secrecy != Secrecy.Secret).ExecuteUpdateAsync(set => set.SetProperty(p => p.HidesNames, true), cancellation);
}
