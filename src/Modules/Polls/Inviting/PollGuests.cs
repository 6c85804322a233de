using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Inviting;

/// <summary>
/// Polls are voted on by guests whom the author or an animator invites, never by whoever comes by. A guest has no row among the voters: the vote is found again by
/// its tag, and outlives the guest, who is then nobody.
/// </summary>
internal sealed class PollGuests(BallotTags tags, Dates dates, TimeProvider clock) : IGuestTool
{
    /// <inheritdoc />
    public string Kind => PollsModule.PollKindKey;

    /// <inheritdoc />
    public Type Page => typeof(Pages.GuestVote);

    /// <summary>Whether guests may be invited to that poll: not into a group that keeps itself hidden, nor where organisations vote.</summary>
    public static bool Takes(Poll poll, GroupVisibility visibility) => visibility != GroupVisibility.Hidden && !poll.PerOrganisation;

    /// <inheritdoc />
    public async Task<GuestOffer?> OfferAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var (id, group) = (item.Id, item.GroupId);
        var poll = await db.Set<Poll>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancellation);
        var visibility = await db.Groups.Where(g => g.Id == group).Select(g => g.Visibility).FirstOrDefaultAsync(cancellation);
        if (poll is null || !Takes(poll, visibility)) return null;

        var isClosed = poll.IsClosed(clock.GetUtcNow().UtcDateTime);
        return new()
        {
            Lines = [PollWords.Of(poll.Kind), isClosed ? PollsTexts.ClosedOn.With(dates.Exact(poll.ClosesAt)) : PollsTexts.ClosesOn.With(dates.Coming(poll.ClosesAt))],
            Closed = isClosed ? PollsTexts.IsClosed : null,
        };
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<Guid, DateTime>> EndsAsync(AppDbContext db, IReadOnlyCollection<Guid> items, CancellationToken cancellation) =>
        await db.Set<Poll>().IgnoreQueryFilters([AppDbContext.DeletedFilter]).Where(p => items.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.ClosesAt, cancellation);

    /// <summary>Takes the vote back, as long as votes can be changed.</summary>
    public async Task LeftAsync(AppDbContext db, Guest guest, CancellationToken cancellation)
    {
        var id = guest.ItemId;
        var poll = await db.Set<Poll>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancellation);
        if (poll is null || poll.IsClosed(clock.GetUtcNow().UtcDateTime) || tags.Of(poll, guest.Id) is not { } tag) return;

        db.RemoveRange(await db.Set<PollBallot>().Where(b => b.ItemId == id && b.Tag == tag).ToListAsync(cancellation));
    }
}
