using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Results;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Reading;

/// <summary>A vote that is shown, with its reason.</summary>
/// <param name="Name">Who gave it; null where no name is shown.</param>
/// <param name="Organisation">For which organisation, or null.</param>
/// <param name="Marks">What it gives to each option that it names.</param>
/// <param name="Reason">Why, or null.</param>
public sealed record ShownVote(string? Name, string? Organisation, IReadOnlyDictionary<int, int> Marks, string? Reason);

/// <summary>A poll as its reader may see it.</summary>
public sealed record PollView
{
    /// <summary>What the page of any content shows.</summary>
    public required ContentView Content { get; init; }
    /// <summary>The poll.</summary>
    public required Poll Poll { get; init; }
    /// <summary>What one votes on.</summary>
    public required IReadOnlyList<PollOption> Options { get; init; }
    /// <summary>The places of the options that have some, by their number.</summary>
    public required IReadOnlyDictionary<int, PlacesLeft> Places { get; init; }
    /// <summary>What takes place on each date that the viewer may vote on, by the number of the option.</summary>
    public required ILookup<int, Planned> Besides { get; init; }
    /// <summary>Whether it is closed.</summary>
    public required bool IsClosed { get; init; }
    /// <summary>How many members voted, or organisations.</summary>
    public required int Votes { get; init; }
    /// <summary>How many guests voted.</summary>
    public required int GuestVotes { get; init; }
    /// <summary>How many may: members of the group who write, or their organisations.</summary>
    public required int Voters { get; init; }
    /// <summary>The results; null as long as they are hidden from the viewer.</summary>
    public PollResults? Results { get; init; }
    /// <summary>The votes that are shown, in the order of names, or in none.</summary>
    public IReadOnlyList<ShownVote> Shown { get; init; } = [];
    /// <summary>What the viewer voted, or the organisation that the viewer votes for; null for nothing.</summary>
    public VoteInput? Mine { get; init; }
    /// <summary>Whether the viewer may vote now.</summary>
    public required bool MayVote { get; init; }
    /// <summary>Whether the viewer could vote but for an organisation to vote for.</summary>
    public bool LacksOrganisation { get; init; }
    /// <summary>The colleague who voted for the viewer's organisation; empty where no name is shown, null when nobody did.</summary>
    public string? Colleague { get; init; }
    /// <summary>Whether the viewer may conclude it, remind and take the results along.</summary>
    public bool MayLead => Content.MayEdit;
    /// <summary>Whether enough members voted, or organisations: a guest's vote counts in the results, and not here.</summary>
    public bool HasQuorum => Poll.Quorum is not { } quorum || Votes >= quorum;
}

/// <summary>Reads a poll, and no more of its votes than its reader was promised.</summary>
internal sealed class ReadPoll(AppDb database, Rights rights, ReadContent contents, BallotTags tags, DatesBesides besides, TimeProvider clock)
{
    /// <summary>The poll at a place of its discussion.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<PollView> ExecuteAsync(Viewer viewer, string shortId, DiscussionPlace place, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var poll = await db.Set<Poll>().AsNoTracking().Include(p => p.Item).FirstOrDefaultAsync(p => p.Item.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        return await ViewAsync(db, poll, await contents.ExecuteAsync(db, poll.Item, place, cancellation), cancellation);
    }

    /// <summary>How many may vote: members of the group who write, or the organisations that they speak for.</summary>
    public static Task<int> VotersAsync(AppDbContext db, Poll poll, Guid groupId, CancellationToken cancellation)
    {
        var members = db.Memberships.Where(m => m.GroupId == groupId && m.State == MembershipState.Active && m.Role >= GroupRole.Member && m.Member!.State == MemberState.Active);
        return poll.PerOrganisation
            ? db.Affiliations.Where(a => a.IsPrincipal && a.Until == null && members.Any(m => m.MemberId == a.MemberId)).Select(a => a.OrganisationId).Distinct().CountAsync(cancellation)
            : members.CountAsync(cancellation);
    }

    /// <summary>Whether the results are shown to somebody.</summary>
    public static bool AreShown(Poll poll, bool isClosed, bool hasVoted) => isClosed || poll.Showing == Showing.Always || (poll.Showing == Showing.AfterVote && hasVoted);

    private async Task<PollView> ViewAsync(AppDbContext db, Poll poll, ContentView content, CancellationToken cancellation)
    {
        var (id, me, isClosed) = (poll.Id, db.Viewer.MemberId, poll.IsClosed(clock.GetUtcNow().UtcDateTime));
        var options = PollWords.Options(poll, await EditPoll.OptionsAsync(db, poll.Id, cancellation));
        var voters = await db.Set<PollVoter>().AsNoTracking().Where(v => v.ItemId == id)
            .Select(v => new Voted(v.VoterId, v.MemberId, v.Member!.Name, v.Organisation!.Name)).ToListAsync(cancellation);
        var ballots = await db.Set<PollBallot>().AsNoTracking().Where(b => b.ItemId == id).OrderBy(b => b.Id).ToListAsync(cancellation);
        var couldVote = !isClosed && rights.Allows(PollsModule.Vote, content.Standing);
        var owner = db.Viewer.IsMember && content.Standing.IsMember ? await CastVote.OwnerAsync(db, poll, me, cancellation) : null;
        var mine = owner is null ? null : voters.Find(v => v.VoterId == owner.VoterId);
        var isMine = mine is not null && mine.MemberId == me;
        var areShown = AreShown(poll, isClosed, isMine);
        var votes = ballots.ConvertAll(b => Marks.Read(b.Marks));
        var given = mine is not null && tags.Of(poll, mine.VoterId) is { } tag ? ballots.Find(b => b.Tag == tag) : null;
        return new()
        {
            Content = content,
            Poll = poll,
            Options = options,
            Places = OptionPlaces.Of(poll, options, votes, given is null ? null : Marks.Read(given.Marks), areShown),
            Besides = await besides.OfAsync(db, couldVote && owner is not null && poll.Kind == PollKind.Dates ? options : [], cancellation),
            IsClosed = isClosed,
            Votes = voters.Count,
            // What no member gave, a guest did.
            GuestVotes = Math.Max(0, ballots.Count - voters.Count),
            Voters = await VotersAsync(db, poll, content.Item.GroupId, cancellation),
            Results = areShown ? Tally.Of(poll, options, votes) : null,
            Shown = areShown ? Votes(poll, content.Standing, voters, ballots) : [],
            Mine = isMine && given is not null ? new(Marks.Read(given.Marks), given.Reason) : null,
            MayVote = couldVote && owner is not null,
            LacksOrganisation = couldVote && owner is null,
            Colleague = mine is null || isMine ? null : poll.Secrecy == Secrecy.Secret ? "" : mine.Name,
        };
    }

    /// <summary>The votes one by one, with the names that the viewer may see.</summary>
    private static IReadOnlyList<ShownVote> Votes(Poll poll, Standing standing, IReadOnlyList<Voted> voters, IReadOnlyList<PollBallot> ballots)
    {
        if (!NamesAreShown(poll, standing)) return [.. ballots.Select(b => new ShownVote(null, null, Marks.Read(b.Marks), b.Reason))];

        var byTag = voters.ToDictionary(v => v.VoterId.ToString("N"));
        return [.. ballots.Select(b => (Ballot: b, Voter: byTag.GetValueOrDefault(b.Tag))).OrderBy(v => v.Voter?.Name, StringComparer.CurrentCulture)
            .Select(v => new ShownVote(v.Voter?.Name, v.Voter?.Organisation, Marks.Read(v.Ballot.Marks), v.Ballot.Reason))];
    }

    /// <summary>Whether the viewer sees who voted what.</summary>
    public static bool NamesAreShown(Poll poll, Standing standing) => !poll.HidesNames && (poll.Secrecy == Secrecy.Named || (poll.Secrecy == Secrecy.NamedForAnimators && standing.IsAnimator));

    private sealed record Voted(Guid VoterId, Guid? MemberId, string? Name, string? Organisation);
}
