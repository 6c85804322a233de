using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Mails;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Voting;

/// <summary>What somebody adds to vote on.</summary>
/// <param name="Text">Words of an option, where options have words.</param>
/// <param name="Dates">Dates, in a poll on dates.</param>
public sealed record AddedOptions(string? Text, IReadOnlyList<TypedDate> Dates);

/// <summary>Adds options or dates to an open poll: whoever may vote, where its author lets them; the author and the animators always.</summary>
internal sealed class AddOption(AppDb database, Rights rights, ContentWriter writer, PollLetters letters, MailOutbox outbox, Dates dates, TimeProvider clock)
{
    /// <summary>Name of the field of an option.</summary>
    public const string Field = "NewOption";

    /// <summary>Name of the fields of dates.</summary>
    public const string DatesField = "NewDates";

    /// <summary>Whether something can be added to that kind of poll: an answer to a proposal cannot.</summary>
    public static bool IsPossible(Poll poll) => poll.Kind != PollKind.Consent;

    /// <summary>Adds it. Votes that were given stay as they are and say nothing of what is new; those who gave them are told, and can change them.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Not for the viewer to add to, or closed.</exception>
    /// <exception cref="InvalidInputException">Empty, unreadable, too long, there already, or one too many.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, AddedOptions input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var poll = await db.Set<Poll>().Include(p => p.Item).FirstOrDefaultAsync(p => p.Item.ShortId == shortId, token) ?? throw new NotFoundException();
        var (item, _) = await rights.RequireItemAsync(db, poll.TakesOptions ? PollsModule.Vote : GroupPermissions.EditItem, shortId, token);
        if (!IsPossible(poll) || poll.IsClosed(clock.GetUtcNow().UtcDateTime)) throw new ForbiddenException(PollsTexts.IsClosed);

        var id = poll.Id;
        var present = await db.Set<PollOption>().Where(o => o.ItemId == id).OrderBy(o => o.Position).ToListAsync(token);
        var added = CreatePoll.AddOptions(db, poll, poll.Kind == PollKind.Dates ? ReadDates(present, input.Dates) : [ReadText(present, input.Text)], isAdded: item.AuthorId != viewer.MemberId);
        if (poll.Kind == PollKind.Dates) Sort([.. present, .. added]);
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(token);
        await outbox.AddAsync(db, await letters.AddedAsync(db, poll, added, viewer.MemberId, token), token);
        return true;
    }, cancellation);

    private static ReadOption ReadText(List<PollOption> present, string? text)
    {
        var option = text?.ReplaceLineEndings(" ").Trim();
        new Rules().Text(option, Field, PollOption.TextLength).Check(present.Count < Poll.MostOptions, Field, PollsTexts.TooManyOptions.With(Poll.MostOptions))
            .Check(present.TrueForAll(o => !o.Text.Equals(option, StringComparison.OrdinalIgnoreCase)), Field, PollsTexts.OptionThere).Demand();
        return new(option!);
    }

    private IReadOnlyList<ReadOption> ReadDates(List<PollOption> present, IReadOnlyList<TypedDate> typed)
    {
        var rules = new Rules();
        var read = PollTerms.DatesOf(typed, DatesField, rules, dates);
        rules.Check(typed.Any(d => !d.IsEmpty), DatesField, PollsTexts.DateNeeded)
            .Check(present.Count + read.Count <= Poll.MostOptions, DatesField, PollsTexts.TooManyOptions.With(Poll.MostOptions))
            .Check(!read.Any(r => present.Exists(o => o.StartUtc == r.StartUtc)), DatesField, PollsTexts.DateThere).Demand();
        return read;
    }

    // Dates are read in their order, whenever they were added; votes name them by their numbers.
    private static void Sort(IEnumerable<PollOption> options)
    {
        foreach (var (at, option) in options.OrderBy(o => o.StartUtc).Index()) option.Position = at + 1;
    }
}
