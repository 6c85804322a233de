using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Voting;

/// <summary>Adds an option to an open poll: whoever may vote, where its author lets them; the author and the animators always.</summary>
internal sealed class AddOption(AppDb database, Rights rights, ContentWriter writer, TimeProvider clock)
{
    /// <summary>Name of the field.</summary>
    public const string Field = "NewOption";

    /// <summary>Whether options can be added to that kind of poll: a date or an answer to a proposal cannot.</summary>
    public static bool IsPossible(Poll poll) => poll.Kind is not (PollKind.Dates or PollKind.Consent);

    /// <summary>Adds it at the end. Votes that were given stay as they are, and can be changed.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Not for the viewer to add to, or closed.</exception>
    /// <exception cref="InvalidInputException">Empty, too long, there already, or one too many.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, string? text, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var poll = await db.Set<Poll>().Include(p => p.Item).FirstOrDefaultAsync(p => p.Item.ShortId == shortId, token) ?? throw new NotFoundException();
        var (item, _) = await rights.RequireItemAsync(db, poll.TakesOptions ? PollsModule.Vote : GroupPermissions.EditItem, shortId, token);
        if (!IsPossible(poll) || poll.IsClosed(clock.GetUtcNow().UtcDateTime)) throw new ForbiddenException(PollsTexts.IsClosed);

        var present = await EditPoll.OptionsAsync(db, poll.Id, token);
        var option = text?.ReplaceLineEndings(" ").Trim();
        new Rules().Text(option, Field, PollOption.TextLength).Check(present.Count < Poll.MostOptions, Field, PollsTexts.TooManyOptions.With(Poll.MostOptions))
            .Check(present.TrueForAll(o => !o.Text.Equals(option, StringComparison.OrdinalIgnoreCase)), Field, PollsTexts.OptionThere).Demand();
        CreatePoll.AddOptions(db, poll, [new(option!)], isAdded: item.AuthorId != viewer.MemberId);
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
