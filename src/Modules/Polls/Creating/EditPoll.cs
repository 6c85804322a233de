using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Creating;

/// <summary>A poll rewritten.</summary>
/// <param name="Content">Question, context, audience, tags.</param>
/// <param name="Details">How one votes, until when, on what.</param>
/// <param name="Version">The version that was read.</param>
public sealed record EditPollInput(ContentInput Content, PollDetails Details, int Version);

/// <summary>
/// Rewrites a poll. Once somebody voted, what the vote was given to stays as it is: kind, options, who sees the votes and who reads them; what remains is
/// the text, the end while it is open, and the reminder.
/// </summary>
internal sealed class EditPoll(AppDb database, EditContent edit, BallotTags tags, Dates dates, TimeProvider clock)
{
    /// <summary>The poll as it stands, to fill the form.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<PollForm> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (standing, poll, written, members) = await edit.ReadAsync<Poll>(db, GroupPermissions.EditItem, shortId, cancellation);
        return new()
        {
            Standing = standing, PlatformMembers = members, ShortId = shortId, Title = poll.Item.Title, Body = poll.Body, Tags = written, Audience = poll.Item.Audience, Version = poll.Item.Version,
            Details = PollDetails.Of(poll, await OptionsAsync(db, poll.Id, cancellation), dates),
            HasVotes = await HasVotesAsync(db, poll.Id, cancellation),
            IsClosed = poll.IsClosed(clock.GetUtcNow().UtcDateTime),
        };
    }

    /// <summary>Saves the poll.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">A field cannot be read, is too long, the audience too wide, or it was edited meanwhile.</exception>
    public Task<ContentItem> ExecuteAsync(Viewer viewer, string shortId, EditPollInput input, CancellationToken cancellation)
    {
        var (hasVotes, isClosed) = (false, false);
        PollTerms? terms = null;
        DateTime? end = null;
        return edit.ExecuteAsync(viewer, shortId, new Rewriting<Poll>
        {
            Content = input.Content with { IsBodyOptional = true },
            Version = input.Version,
            Check = async (db, poll, _, rules) =>
            {
                var now = clock.GetUtcNow().UtcDateTime;
                (hasVotes, isClosed) = (await HasVotesAsync(db, poll.Id, cancellation), poll.IsClosed(now));
                if (isClosed) end = poll.ClosesAt;
                else if (hasVotes) end = PollTerms.End(input.Details, rules, dates, now);
                else terms = PollTerms.Read(input.Details, rules, dates, now);
                // Whoever voted was told who would see it.
                rules.Check(!hasVotes || poll.Secrecy == Secrecy.Secret || input.Content.Audience is null || input.Content.Audience <= poll.Item.Audience, nameof(input.Content.Audience), PollsTexts.AudiencePromised);
            },
            With = async (db, poll) =>
            {
                if (terms is null)
                {
                    poll.ClosesAt = end!.Value;
                    if (!isClosed) poll.RemindBefore = input.Details.RemindBefore;
                    return;
                }

                var secrecy = poll.Secrecy;
                terms.Into(poll, input.Details);
                if (poll.Secrecy != secrecy) poll.Seal = tags.NewSeal(poll.Secrecy);
                await ReplaceOptionsAsync(db, poll, terms.Options, cancellation);
            },
        }, cancellation);
    }

    /// <summary>The options of a poll, in order.</summary>
    public static Task<List<PollOption>> OptionsAsync(AppDbContext db, Guid id, CancellationToken cancellation) =>
        db.Set<PollOption>().AsNoTracking().Where(o => o.ItemId == id).OrderBy(o => o.Position).ToListAsync(cancellation);

    private static Task<bool> HasVotesAsync(AppDbContext db, Guid id, CancellationToken cancellation) => db.Set<PollBallot>().AnyAsync(b => b.ItemId == id, cancellation);

    private static async Task ReplaceOptionsAsync(AppDbContext db, Poll poll, IReadOnlyList<ReadOption> wanted, CancellationToken cancellation)
    {
        var present = await db.Set<PollOption>().Where(o => o.ItemId == poll.Id).OrderBy(o => o.Position).ToListAsync(cancellation);
        if (present.Select(o => new ReadOption(o.Text, o.StartUtc, o.EndUtc)).SequenceEqual(wanted)) return;

        db.RemoveRange(present);
        CreatePoll.AddOptions(db, poll, wanted);
    }
}
