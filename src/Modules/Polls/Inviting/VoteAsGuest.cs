using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Reading;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Results;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Inviting;

/// <summary>What a guest sees of a poll: no name, no reason, no discussion.</summary>
/// <param name="Poll">The poll, with its row.</param>
/// <param name="Options">What one votes on.</param>
/// <param name="Mine">What the guest voted; null for nothing.</param>
/// <param name="Results">The results; null as long as they are hidden from whoever voted so.</param>
public sealed record GuestPoll(Poll Poll, IReadOnlyList<PollOption> Options, VoteInput? Mine, PollResults? Results)
{
    /// <summary>The places of the options that have some, by their number.</summary>
    public required IReadOnlyDictionary<int, PlacesLeft> Places { get; init; }
}

/// <summary>Votes by the personal link of a guest.</summary>
internal sealed class VoteAsGuest(GuestOfLink guests, BallotTags tags, ContentWriter writer, Dates dates, TimeProvider clock)
{
    /// <summary>The poll, for its page.</summary>
    /// <exception cref="NotFoundException">Not a link of ours, or the poll is gone.</exception>
    public Task<GuestPoll> ReadAsync(string token, CancellationToken cancellation) => guests.WithAsync(PollsModule.PollKindKey, token, async (db, guest) =>
    {
        var id = guest.ItemId;
        var poll = await db.Set<Poll>().AsNoTracking().Include(p => p.Item).FirstOrDefaultAsync(p => p.Id == id, cancellation) ?? throw new NotFoundException();
        var options = PollWords.Options(poll, await EditPoll.OptionsAsync(db, id, cancellation));
        var ballots = await db.Set<PollBallot>().AsNoTracking().Where(b => b.ItemId == id).Select(b => new { b.Tag, b.Marks, b.Reason }).ToListAsync(cancellation);
        var mine = tags.Of(poll, guest.Id) is { } tag ? ballots.Find(b => b.Tag == tag) : null;
        var areShown = ReadPoll.AreShown(poll, poll.IsClosed(clock.GetUtcNow().UtcDateTime), mine is not null);
        var (votes, given) = (ballots.ConvertAll(b => Marks.Read(b.Marks)), mine is null ? null : new VoteInput(Marks.Read(mine.Marks), mine.Reason));
        return new GuestPoll(poll, options, given, areShown ? Tally.Of(poll, options, votes) : null) { Places = OptionPlaces.Of(poll, options, votes, given?.Marks, areShown) };
    }, cancellation);

    /// <summary>Keeps the vote of the guest, in the place of the one before.</summary>
    /// <exception cref="NotFoundException">Not a link of ours, or the poll is gone or takes no guests.</exception>
    /// <exception cref="ForbiddenException">Closed, or the group is archived.</exception>
    /// <exception cref="InvalidInputException">The vote names what is not there or full, too many options or too few, or lacks a reason.</exception>
    public Task ExecuteAsync(string token, VoteInput input, CancellationToken cancellation) => guests.ActAsync(PollsModule.PollKindKey, token, async (db, guest, stop) =>
    {
        var id = guest.ItemId;
        var poll = await db.Set<Poll>().Include(p => p.Item.Group).FirstOrDefaultAsync(p => p.Id == id, stop) ?? throw new NotFoundException();
        if (!PollGuests.Takes(poll, poll.Item.Group!.Visibility)) throw new NotFoundException();
        if (poll.IsClosed(clock.GetUtcNow().UtcDateTime)) throw new ForbiddenException(PollsTexts.IsClosed);

        var rules = new Rules();
        var options = PollWords.Options(poll, await EditPoll.OptionsAsync(db, id, stop));
        VoteRules.Check(rules, poll, options, input);
        await OptionPlaces.CheckAsync(db, poll, options, tags.Of(poll, guest.Id)!, input.Marks, rules, dates, stop);
        rules.Demand();
        await CastVote.KeepAsync(db, poll, tags.Of(poll, guest.Id)!, input, stop);
        writer.Record(db, ActivityKinds.ItemEdited, poll.Item, quiet: true, actorId: poll.Item.AuthorId);
        return true;
    }, cancellation);
}
