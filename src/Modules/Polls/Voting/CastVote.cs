using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Voting;

/// <summary>A vote.</summary>
/// <param name="Marks">What it gives to each option that it names.</param>
/// <param name="Reason">Why, or null.</param>
/// <param name="Replaces">Whether it may take the place of what a colleague voted for the same organisation.</param>
public sealed record VoteInput(IReadOnlyDictionary<int, int> Marks, string? Reason = null, bool Replaces = false);

/// <summary>Whose vote somebody gives.</summary>
/// <param name="VoterId">The member, or the member's organisation.</param>
/// <param name="OrganisationId">The organisation, in a poll with one vote for each.</param>
internal sealed record VoteOwner(Guid VoterId, Guid? OrganisationId);

/// <summary>Votes, changes a vote, and takes it back: one row for each voter, however often it is sent.</summary>
internal sealed class CastVote(AppDb database, Rights rights, BallotTags tags, ContentWriter writer, Dates dates, TimeProvider clock)
{
    /// <summary>Name of the field of the choice.</summary>
    public const string ChoiceField = "Choix";

    /// <summary>Name of the field of the reason.</summary>
    public const string ReasonField = nameof(VoteInput.Reason);

    /// <summary>Name of the field by which somebody confirms that a colleague's vote is replaced.</summary>
    public const string ReplacesField = nameof(VoteInput.Replaces);

    /// <summary>Keeps the vote, in the place of the one that was given before.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, an archived group, a closed poll, or no organisation to vote for.</exception>
    /// <exception cref="InvalidInputException">The vote names what is not there or full, too many options or too few, or lacks a reason.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, VoteInput input, CancellationToken cancellation) => WriteAsync(viewer, shortId, async (db, poll, token) =>
    {
        var owner = await OwnerAsync(db, poll, viewer.MemberId, token) ?? throw new ForbiddenException(PollsTexts.NoOrganisation);
        var (id, voterId) = (poll.Id, owner.VoterId);
        var options = PollWords.Options(poll, await EditPoll.OptionsAsync(db, poll.Id, token));
        var voter = await db.Set<PollVoter>().FirstOrDefaultAsync(v => v.ItemId == id && v.VoterId == voterId, token);
        var rules = new Rules();
        VoteRules.Check(rules, poll, options, input);
        await OptionPlaces.CheckAsync(db, poll, options, tags.Of(poll, voterId)!, input.Marks, rules, dates, token);
        rules.Check(voter is null || voter.MemberId == viewer.MemberId || input.Replaces, ReplacesField, PollsTexts.AlreadyVotedFor);
        rules.Demand();

        if (voter is null) db.Add(new PollVoter { ItemId = poll.Id, VoterId = owner.VoterId, MemberId = viewer.MemberId, OrganisationId = owner.OrganisationId });
        else voter.MemberId = viewer.MemberId;
        await KeepAsync(db, poll, tags.Of(poll, owner.VoterId)!, input, token);
        return true;
    }, cancellation);

    /// <summary>Takes the vote back.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, an archived group, or a closed poll.</exception>
    public Task WithdrawAsync(Viewer viewer, string shortId, CancellationToken cancellation) => WriteAsync(viewer, shortId, async (db, poll, token) =>
    {
        var (id, me) = (poll.Id, viewer.MemberId);
        var voter = await db.Set<PollVoter>().FirstOrDefaultAsync(v => v.ItemId == id && v.MemberId == me, token);
        if (voter is null) return false;

        var tag = tags.Of(poll, voter.VoterId)!;
        db.Remove(voter);
        db.RemoveRange(await db.Set<PollBallot>().Where(b => b.ItemId == id && b.Tag == tag).ToListAsync(token));
        return true;
    }, cancellation);

    /// <summary>Whose vote that member gives; null where each organisation has one and the member has none.</summary>
    public static async Task<VoteOwner?> OwnerAsync(AppDbContext db, Poll poll, Guid member, CancellationToken cancellation)
    {
        if (!poll.PerOrganisation) return new(member, null);

        return await ContentWriter.OrganisationOfAsync(db, member, cancellation) is { } organisation ? new(organisation, organisation) : null;
    }

    /// <summary>Keeps what was voted under that tag, in the place of what was voted under it before; the caller saves.</summary>
    public static async Task KeepAsync(AppDbContext db, Poll poll, string tag, VoteInput input, CancellationToken cancellation)
    {
        var id = poll.Id;
        var (marks, reason) = (Marks.Write(input.Marks), string.IsNullOrWhiteSpace(input.Reason) ? null : input.Reason.Trim());
        if (await db.Set<PollBallot>().FirstOrDefaultAsync(b => b.ItemId == id && b.Tag == tag, cancellation) is { } ballot) (ballot.Marks, ballot.Reason) = (marks, reason);
        else db.Add(new PollBallot { ItemId = poll.Id, Tag = tag, Marks = marks, Reason = reason });
    }

    // Fifty presses at once wait for one another at the row of the content, and each finds what the one before wrote.
    private Task WriteAsync(Viewer viewer, string shortId, Func<AppDbContext, Poll, CancellationToken, Task<bool>> write, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, _) = await rights.RequireItemAsync(db, PollsModule.Vote, shortId, token);
        var poll = await db.Set<Poll>().FirstOrDefaultAsync(p => p.Id == item.Id, token) ?? throw new NotFoundException();
        if (poll.IsClosed(clock.GetUtcNow().UtcDateTime)) throw new ForbiddenException(PollsTexts.IsClosed);
        if (!await write(db, poll, token)) return false;

        // Open pages are told. The journal of what happens must not tell who voted when: it names the author of the poll.
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true, actorId: item.AuthorId);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}

/// <summary>What a vote must hold.</summary>
internal static class VoteRules
{
    /// <summary>Breaks a rule for each thing wrong with a vote.</summary>
    public static void Check(Rules rules, Poll poll, IReadOnlyList<PollOption> options, VoteInput input)
    {
        var marks = input.Marks;
        rules.Text(input.Reason, CastVote.ReasonField, PollBallot.ReasonLength, required: false)
            .Check(marks.Keys.All(n => options.Any(o => o.Number == n)), CastVote.ChoiceField, PollsTexts.OptionGone);
        var fault = poll.Kind switch
        {
            PollKind.OneChoice or PollKind.Consent => marks.Count == 1 && AreTicks(marks) ? null : PollsTexts.ChooseOne,
            PollKind.Multiple => marks.Count >= poll.Least && (poll.Most == 0 || marks.Count <= poll.Most) && AreTicks(marks) ? null : PollWords.Ask(poll),
            PollKind.Approval => marks.Count > 0 && AreTicks(marks) ? null : PollsTexts.ChooseSome,
            PollKind.Ranking => IsOrder(marks, options.Count) ? null : PollsTexts.RankEach,
            PollKind.Points => marks.Count > 0 && marks.Values.All(v => v > 0 && v <= poll.Points) && marks.Values.Sum(v => (long)v) <= poll.Points ? null : PollsTexts.SharePoints.With(poll.Points, marks.Values.Sum(v => (long)v)),
            _ => marks.Values.All(v => v is 0 or Marks.IfNeedBe or Marks.Yes) ? null : PollsTexts.ChooseDates,
        };
        rules.Check(fault is null, CastVote.ChoiceField, fault ?? "");
        if (poll.Kind == PollKind.Consent && marks.ContainsKey(ConsentAnswers.Objection)) rules.Check(!string.IsNullOrWhiteSpace(input.Reason), CastVote.ReasonField, PollsTexts.ReasonNeeded);
    }

    private static bool AreTicks(IReadOnlyDictionary<int, int> marks) => marks.Values.All(v => v == 1);

    // The first, the second and so on, as far as the voter has an opinion.
    private static bool IsOrder(IReadOnlyDictionary<int, int> marks, int options) =>
        marks.Count > 0 && marks.Count <= options && marks.Values.Order().SequenceEqual(Enumerable.Range(1, marks.Count));
}
