using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Polls.Reading;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Creating;

/// <summary>A poll rewritten.</summary>
/// <param name="Content">Question, context, audience, tags.</param>
/// <param name="Details">How one votes, until when, on what.</param>
/// <param name="Version">The version that was read.</param>
/// <param name="Files">Files to add and to take off; null for none.</param>
public sealed record EditPollInput(ContentInput Content, PollDetails Details, int Version, FileChanges? Files = null);

/// <summary>
/// Rewrites a poll. Once somebody voted, what the vote was given to stays as it is: kind, options, who sees the votes and who reads them; what remains is
/// the text, the end while it is open, the reminder, and the places as far as they hold those who have one.
/// </summary>
internal sealed class EditPoll(AppDb database, EditContent edit, AttachmentWriter attachments, BallotTags tags, Dates dates, TimeProvider clock)
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
            Files = await AttachmentWriter.OfAsync(db, poll.Id, cancellation),
            IsClosed = poll.IsClosed(clock.GetUtcNow().UtcDateTime),
        };
    }

    /// <summary>Saves the poll.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">A field cannot be read, is too long, the audience too wide, or it was edited meanwhile.</exception>
    public Task<ContentItem> ExecuteAsync(Viewer viewer, string shortId, EditPollInput input, CancellationToken cancellation)
    {
        var (hasVotes, isClosed, files) = (false, false, input.Files ?? FileChanges.None);
        PollTerms? terms = null;
        DateTime? end = null;
        IReadOnlyDictionary<PollOption, int?> places = new Dictionary<PollOption, int?>();
        return edit.ExecuteAsync(viewer, shortId, new Rewriting<Poll>
        {
            Content = input.Content with { IsBodyOptional = true },
            Version = input.Version,
            Check = async (db, poll, _, rules) =>
            {
                var now = clock.GetUtcNow().UtcDateTime;
                (hasVotes, isClosed) = (await HasVotesAsync(db, poll.Id, cancellation), poll.IsClosed(now));
                if (isClosed) end = poll.ClosesAt;
                else if (hasVotes) (end, places) = (PollTerms.End(input.Details, rules, dates, now), await PlacesAsync(db, poll, input.Details, rules, cancellation));
                else terms = PollTerms.Read(input.Details, rules, dates, now);
                await AttachmentWriter.CheckAsync(db, poll.Id, files, rules, cancellation);
                // Whoever voted was told who would see it.
                rules.Check(!hasVotes || poll.Secrecy == Secrecy.Secret || input.Content.Audience is null || input.Content.Audience <= poll.Item.Audience, nameof(input.Content.Audience), PollsTexts.AudiencePromised);
            },
            With = async (db, poll) =>
            {
                await attachments.ChangeAsync(db, poll.Item, files, cancellation);
                if (terms is null)
                {
                    poll.ClosesAt = end!.Value;
                    if (!isClosed) poll.RemindBefore = input.Details.RemindBefore;
                    foreach (var (option, most) in places) option.Places = most;
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

    // What the form does not name, because somebody added it meanwhile, stays as it is.
    private async Task<IReadOnlyDictionary<PollOption, int?>> PlacesAsync(AppDbContext db, Poll poll, PollDetails details, Rules rules, CancellationToken cancellation)
    {
        var (id, me, changed) = (poll.Id, db.Viewer.MemberId, new Dictionary<PollOption, int?>());
        if (!OptionPlaces.Has(poll.Kind)) return changed;

        var field = poll.Kind == PollKind.Dates ? nameof(details.Dates) : nameof(details.Places);
        var byText = PollTerms.PlacesOf(details, rules);
        var byStart = PollTerms.DatesOf(details.Dates, field, rules, dates).DistinctBy(d => d.StartUtc).ToDictionary(d => d.StartUtc!.Value, d => d.Places);
        foreach (var option in await db.Set<PollOption>().Where(o => o.ItemId == id).ToListAsync(cancellation))
            if ((option.StartUtc is { } start ? byStart.TryGetValue(start, out var most) : byText.TryGetValue(option.Text, out most)) && most != option.Places) changed[option] = most;
        var lowered = changed.Where(c => c.Value is { } most && (c.Key.Places is not { } before || most < before)).ToList();
        if (lowered.Count == 0) return changed;

        // Whoever tried how far places can go down would read the votes that are hidden.
        var areShown = ReadPoll.AreShown(poll, isClosed: false, await db.Set<PollVoter>().AnyAsync(v => v.ItemId == id && v.MemberId == me, cancellation));
        rules.Check(areShown, field, PollsTexts.PlacesOnlyMore);
        if (!areShown) return changed;

        var taken = await OptionPlaces.TakenAsync(db, poll, null, cancellation);
        foreach (var (option, most) in lowered.Where(l => taken.GetValueOrDefault(l.Key.Number) > l.Value)) rules.Check(false, field, PollsTexts.PlacesBelowVotes.With(PollWords.Of(option, dates), taken[option.Number]));
        return changed;
    }

    private static async Task ReplaceOptionsAsync(AppDbContext db, Poll poll, IReadOnlyList<ReadOption> wanted, CancellationToken cancellation)
    {
        var present = await db.Set<PollOption>().Where(o => o.ItemId == poll.Id).OrderBy(o => o.Position).ToListAsync(cancellation);
        if (present.Select(o => new ReadOption(o.Text, o.StartUtc, o.EndUtc, o.Places)).SequenceEqual(wanted)) return;

        db.RemoveRange(present);
        CreatePoll.AddOptions(db, poll, wanted);
    }
}
