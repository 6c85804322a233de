using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Faces;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Mails;

/// <summary>
/// A vote by a link of a mail, one for each option, where one chooses a single one; otherwise by one link to a page with the form. An objection says why, and so is
/// given on the page of the poll.
/// </summary>
internal sealed class VoteByMail(AppDb database, CastVote cast, BallotTags tags, VoteLinks votes, TimeProvider clock) : IMailAct
{
    /// <summary>Key of the act.</summary>
    public const string ActKey = "voter";

    // More links than that are no shorter way than the page.
    private const int MostLinks = 10;

    /// <inheritdoc />
    public string Key => ActKey;

    /// <inheritdoc />
    public string? ContentKind => PollsModule.PollKindKey;

    /// <inheritdoc />
    public bool CanUndo => true;

    /// <summary>The links that a mail about that poll offers.</summary>
    public static IReadOnlyList<MailActOffer> Choices(Poll poll, IReadOnlyList<PollOption> written)
    {
        var options = PollWords.Options(poll, written).Where(o => poll.Kind != PollKind.Consent || o.Number != ConsentAnswers.Objection).ToList();
        if (poll.Kind is not (PollKind.OneChoice or PollKind.Consent) || options.Count > MostLinks) return [];

        return [.. options.Select(o => new MailActOffer(PollsTexts.VoteFor.With(o.Text), poll.Id, default, o.Number))];
    }

    /// <inheritdoc />
    public MailActOffer? Offer(Activity activity, NotificationReason reason) => null;

    /// <inheritdoc />
    public async Task<IReadOnlyList<MailActOffer>> ChoicesAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        if (activity is not { Kind: ActivityKinds.ItemCreated, ItemId: { } id }) return [];
        if (await db.Set<Poll>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancellation) is not { } poll || poll.IsClosed(clock.GetUtcNow().UtcDateTime)) return [];

        return Choices(poll, await EditPoll.OptionsAsync(db, id, cancellation)) is { Count: > 0 } choices ? choices : [new(PollsTexts.VoteNow, id)];
    }

    /// <inheritdoc />
    public string? Address(Guid memberId, MailActOffer offer) => offer.Number == 0 ? votes.Of(memberId, offer.Id) : null;

    /// <inheritdoc />
    public async Task<MailActPage?> ReadAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var poll = await db.Set<Poll>().AsNoTracking().Include(p => p.Item.Group).FirstOrDefaultAsync(p => p.Id == target.Id, cancellation);
        if (poll?.Item.Group is not { } group) return null;
        if (PollWords.Options(poll, await EditPoll.OptionsAsync(db, poll.Id, cancellation)).FirstOrDefault(o => o.Number == target.Number) is not { } option) return null;

        var isDone = await IsDoneAsync(db, poll, viewer.MemberId, target.Number, cancellation);
        var why = poll.IsClosed(clock.GetUtcNow().UtcDateTime) ? PollsTexts.IsClosed : isDone ? PollsTexts.ActDone.With(option.Text) : await ObstacleAsync(db, poll, option, viewer.MemberId, cancellation);
        return new()
        {
            Title = poll.Item.Title,
            Text = why ?? PollsTexts.ActText.With(option.Text, PollWords.WhoSees(poll, group.Name)),
            Button = why is null ? PollsTexts.VoteFor.With(option.Text) : null,
            Address = PollAddress.Of(group.Slug, poll.Item.ShortId, poll.Item.Title),
            AddressLabel = PollsTexts.SeePoll,
        };
    }

    /// <inheritdoc />
    public async Task DoAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation) =>
        await cast.ExecuteAsync(viewer, await ShortIdAsync(viewer, target, cancellation), new(new Dictionary<int, int> { [target.Number] = 1 }), cancellation);

    /// <inheritdoc />
    public async Task UndoAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation) => await cast.WithdrawAsync(viewer, await ShortIdAsync(viewer, target, cancellation), cancellation);

    private async Task<string> ShortIdAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return await db.Set<Poll>().Where(p => p.Id == target.Id).Select(p => p.Item.ShortId).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
    }

    private async Task<bool> IsDoneAsync(AppDbContext db, Poll poll, Guid member, int number, CancellationToken cancellation)
    {
        if (await CastVote.OwnerAsync(db, poll, member, cancellation) is not { } owner || tags.Of(poll, owner.VoterId) is not { } tag) return false;

        var id = poll.Id;
        var marks = await db.Set<PollBallot>().Where(b => b.ItemId == id && b.Tag == tag && db.Set<PollVoter>().Any(v => v.ItemId == id && v.VoterId == owner.VoterId && v.MemberId == member)).Select(b => b.Marks).FirstOrDefaultAsync(cancellation);
        return marks is not null && Marks.Read(marks).ContainsKey(number);
    }

    // What one link cannot settle is settled on the page.
    private async Task<string?> ObstacleAsync(AppDbContext db, Poll poll, PollOption option, Guid member, CancellationToken cancellation)
    {
        if (await CastVote.OwnerAsync(db, poll, member, cancellation) is not { } owner) return PollsTexts.NoOrganisation;

        var id = poll.Id;
        if (option.Places is { } places && (await OptionPlaces.TakenAsync(db, poll, tags.Of(poll, owner.VoterId), cancellation)).GetValueOrDefault(option.Number) >= places) return PollsTexts.OptionFull.With(option.Text);

        return await db.Set<PollVoter>().AnyAsync(v => v.ItemId == id && v.VoterId == owner.VoterId && v.MemberId != member, cancellation) ? PollsTexts.SomebodyVoted : null;
    }
}
