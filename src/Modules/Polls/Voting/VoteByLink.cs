using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Faces;
using TerritoireCollab.Polls.Mails;

namespace TerritoireCollab.Polls.Voting;

/// <summary>What the holder of a link sees of a poll: what is needed to vote. Never what was voted, by the member neither: a mail may have been passed on.</summary>
public sealed record LinkedPoll
{
    /// <summary>The poll, with its row.</summary>
    public required Poll Poll { get; init; }
    /// <summary>What one votes on.</summary>
    public required IReadOnlyList<PollOption> Options { get; init; }
    /// <summary>The places of the options that have some, by their number: whether they are taken, never how many.</summary>
    public required IReadOnlyDictionary<int, PlacesLeft> Places { get; init; }
    /// <summary>The group, as the member stands in it.</summary>
    public required Standing Standing { get; init; }
    /// <summary>Name of the member whose vote it is.</summary>
    public required string Name { get; init; }
    /// <summary>Address of the poll from the root.</summary>
    public required string Address { get; init; }
    /// <summary>Whether it is closed, and the link serves no more.</summary>
    public required bool IsClosed { get; init; }
    /// <summary>Whether the member may vote now.</summary>
    public required bool MayVote { get; init; }
    /// <summary>Whether the member could vote but for an organisation to vote for.</summary>
    public required bool LacksOrganisation { get; init; }
    /// <summary>Whether the member voted already.</summary>
    public required bool HasVoted { get; init; }
    /// <summary>Whether a colleague voted for the member's organisation.</summary>
    public required bool HasColleague { get; init; }
}

/// <summary>
/// Votes by the link of a mail, for the member whose mail it was, signed in or not. The sealed link is the right to ask; the member's own rights decide, at that
/// moment. It serves that member alone, so somebody else's session does not.
/// </summary>
internal sealed class VoteByLink(AppDb database, Rights rights, VoteLinks links, BallotTags tags, CastVote cast, TimeProvider clock)
{
    /// <summary>The poll, for the page of the link. Changes nothing.</summary>
    /// <exception cref="NotFoundException">Not a link of ours, of somebody else, of a member who is one no more, or the poll is gone.</exception>
    public async Task<LinkedPoll> ReadAsync(Viewer current, string token, CancellationToken cancellation)
    {
        var (member, id) = Require(current, token);
        await using var db = database.Open(Viewer.Member(member));
        var (poll, standing) = await FindAsync(db, member, id, cancellation);
        var owner = await CastVote.OwnerAsync(db, poll, member, cancellation);
        var voterId = owner?.VoterId;
        var voted = voterId is null ? null : await db.Set<PollVoter>().AsNoTracking().FirstOrDefaultAsync(v => v.ItemId == id && v.VoterId == voterId, cancellation);
        var isClosed = poll.IsClosed(clock.GetUtcNow().UtcDateTime);
        var couldVote = !isClosed && rights.Allows(PollsModule.Vote, standing);
        var options = PollWords.Options(poll, await EditPoll.OptionsAsync(db, id, cancellation));
        return new()
        {
            Poll = poll,
            Options = options,
            Places = options.Any(o => o.Places is not null) ? await PlacesAsync(db, poll, options, voterId, cancellation) : new Dictionary<int, PlacesLeft>(),
            Standing = standing,
            Name = await db.Members.Where(m => m.Id == member).Select(m => m.Name).FirstAsync(cancellation),
            Address = PollAddress.Of(standing.Slug, poll.Item.ShortId, poll.Item.Title),
            IsClosed = isClosed,
            MayVote = couldVote && owner is not null,
            LacksOrganisation = couldVote && owner is null,
            HasVoted = voted?.MemberId == member,
            HasColleague = voted is not null && voted.MemberId != member,
        };
    }

    /// <summary>Keeps the vote of that member, in the place of the one before.</summary>
    /// <exception cref="NotFoundException">As above.</exception>
    /// <exception cref="ForbiddenException">A reader, an archived group, a closed poll, or no organisation to vote for.</exception>
    /// <exception cref="InvalidInputException">The vote names what is not there or full, too many options or too few, or lacks a reason.</exception>
    public async Task ExecuteAsync(Viewer current, string token, VoteInput input, CancellationToken cancellation)
    {
        var (member, id) = Require(current, token);
        string shortId;
        await using (var db = database.Open(Viewer.Member(member))) shortId = (await FindAsync(db, member, id, cancellation)).Poll.Item.ShortId;
        await cast.ExecuteAsync(Viewer.Member(member), shortId, input, cancellation);
    }

    private async Task<IReadOnlyDictionary<int, PlacesLeft>> PlacesAsync(AppDbContext db, Poll poll, IReadOnlyList<PollOption> options, Guid? voter, CancellationToken cancellation)
    {
        var (id, tag) = (poll.Id, voter is { } who ? tags.Of(poll, who) : null);
        var ballots = await db.Set<PollBallot>().AsNoTracking().Where(b => b.ItemId == id).Select(b => new { b.Tag, b.Marks }).ToListAsync(cancellation);
        return OptionPlaces.Of(poll, options, ballots.Select(b => Marks.Read(b.Marks)), ballots.Where(b => b.Tag == tag).Select(b => Marks.Read(b.Marks)).FirstOrDefault(), areShown: false);
    }

    private (Guid Member, Guid Poll) Require(Viewer current, string token)
    {
        if (links.Open(token) is not { } link) throw new NotFoundException();
        return current.IsMember && current.MemberId != link.Member ? throw new NotFoundException() : link;
    }

    // Whoever left the group got the mail as a member of it, and is none any more, whoever may read the poll.
    private async Task<(Poll Poll, Standing Standing)> FindAsync(AppDbContext db, Guid member, Guid id, CancellationToken cancellation)
    {
        if (!await db.Members.AnyAsync(m => m.Id == member && m.State == MemberState.Active, cancellation)) throw new NotFoundException();

        var poll = await db.Set<Poll>().AsNoTracking().Include(p => p.Item).FirstOrDefaultAsync(p => p.Id == id, cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, poll.Item.GroupId, cancellation);
        return standing.IsMember ? (poll, standing) : throw new NotFoundException();
    }
}
