using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Polls.Questionnaires.Answering;
using TerritoireCollab.Polls.Questionnaires.Reminding;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires.Guests;

/// <summary>
/// Questionnaires as people without an account answer them: invited by the author or an animator, or, where everybody reads it, by asking for a link. That a
/// guest answered is kept by the key of the guest alone; the answers outlive the guest, who is then nobody.
/// </summary>
internal sealed class QuestionnaireGuests(Dates dates, TimeProvider clock) : IGuestTool
{
    /// <inheritdoc />
    public string Kind => PollsModule.QuestionnaireKindKey;

    /// <inheritdoc />
    public Type Page => typeof(Pages.GuestAnswers);

    /// <summary>Whether guests may answer: not in a group that keeps itself hidden.</summary>
    public static bool Takes(GroupVisibility visibility) => visibility != GroupVisibility.Hidden;

    /// <inheritdoc />
    public async Task<GuestOffer?> OfferAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var (id, group) = (item.Id, item.GroupId);
        var q = await db.Set<Questionnaire>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == id, cancellation);
        var visibility = await db.Groups.Where(g => g.Id == group).Select(g => g.Visibility).FirstOrDefaultAsync(cancellation);
        if (q is null || !Takes(visibility)) return null;

        return new()
        {
            Lines = [QuestionnaireTexts.AnswerBefore.With(dates.Exact(q.ClosesAt))],
            TakesAnybody = item.Audience == Audience.Public,
            Closed = AnswerQuestionnaire.Closed(q, await db.Set<Respondent>().CountAsync(r => r.ItemId == id, cancellation), hasAnswered: false, clock.GetUtcNow().UtcDateTime),
        };
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<Guid, DateTime>> EndsAsync(AppDbContext db, IReadOnlyCollection<Guid> items, CancellationToken cancellation) =>
        await db.Set<Questionnaire>().IgnoreQueryFilters([AppDbContext.DeletedFilter]).Where(q => items.Contains(q.Id)).ToDictionaryAsync(q => q.Id, q => q.ClosesAt, cancellation);

    /// <summary>Takes the answers back, as long as they can be changed and are found again.</summary>
    public async Task LeftAsync(AppDbContext db, Guest guest, CancellationToken cancellation)
    {
        var (id, person) = (guest.ItemId, guest.Id);
        var q = await db.Set<Questionnaire>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == id, cancellation);
        if (q is null or { IsAnonymous: true } || q.IsOver(clock.GetUtcNow().UtcDateTime)) return;

        db.RemoveRange(await db.Set<Respondent>().Where(r => r.ItemId == id && r.PersonId == person).ToListAsync(cancellation));
        db.RemoveRange(await db.Set<AnswerSheet>().Where(s => s.ItemId == id && s.PersonId == person).ToListAsync(cancellation));
    }
}

/// <summary>What a guest sees of a questionnaire: what it asks and what the guest answered, no result and no discussion.</summary>
/// <param name="Questionnaire">The questionnaire, with its row.</param>
/// <param name="Parts">Its parts.</param>
/// <param name="HasAnswered">Whether the guest has answered.</param>
/// <param name="Mine">What the guest answered, where that is found again; null for nothing.</param>
/// <param name="Closed">Why no answer is taken any more; null while one is.</param>
public sealed record GuestQuestionnaire(Questionnaire Questionnaire, IReadOnlyList<FormPart> Parts, bool HasAnswered, IReadOnlyDictionary<int, IReadOnlyList<string>>? Mine, string? Closed);

/// <summary>Answers by the personal link of a guest.</summary>
internal sealed class AnswerAsGuest(GuestOfLink guests, TakeAnswers take, QuestionnaireLetters letters, MailOutbox outbox, TimeProvider clock)
{
    /// <summary>Name of the field of the guest's own name.</summary>
    public const string NameField = "Name";

    /// <summary>The questionnaire, for its page.</summary>
    /// <exception cref="NotFoundException">Not a link of ours, or the questionnaire is gone.</exception>
    public Task<GuestQuestionnaire> ReadAsync(string token, CancellationToken cancellation) => guests.WithAsync(PollsModule.QuestionnaireKindKey, token, async (db, guest) =>
    {
        var (id, person) = (guest.ItemId, guest.Id);
        var q = await db.Set<Questionnaire>().AsNoTracking().Include(x => x.Item).FirstOrDefaultAsync(x => x.Id == id, cancellation) ?? throw new NotFoundException();
        var people = await db.Set<Respondent>().Where(r => r.ItemId == id).Select(r => r.PersonId).ToListAsync(cancellation);
        var mine = await db.Set<AnswerSheet>().Where(s => s.ItemId == id && s.PersonId == person).Select(s => s.Answers).FirstOrDefaultAsync(cancellation);
        var hasAnswered = people.Contains(person);
        return new GuestQuestionnaire(q, FormParts.Read(q.Parts), hasAnswered, mine is null ? null : AnswerText.Read(mine), AnswerQuestionnaire.Closed(q, people.Count, hasAnswered, clock.GetUtcNow().UtcDateTime));
    }, cancellation);

    /// <summary>Keeps the answers of the guest.</summary>
    /// <exception cref="NotFoundException">Not a link of ours, or the questionnaire is gone or takes no guests.</exception>
    /// <exception cref="ForbiddenException">Closed, or the group is archived.</exception>
    /// <exception cref="InvalidInputException">No name where names are shown, a question is not answered, or what was typed is no answer to it.</exception>
    public Task<AnswerOutcome> ExecuteAsync(string token, string? name, AnswerInput input, CancellationToken cancellation) => guests.ActAsync(PollsModule.QuestionnaireKindKey, token, async (db, guest, stop) =>
    {
        var id = guest.ItemId;
        var q = await db.Set<Questionnaire>().Include(x => x.Item.Group).FirstOrDefaultAsync(x => x.Id == id, stop) ?? throw new NotFoundException();
        if (!QuestionnaireGuests.Takes(q.Item.Group!.Visibility)) throw new NotFoundException();

        // An anonymous questionnaire asks for no name.
        if (!q.IsAnonymous)
        {
            new Rules().Text(name, NameField, Guest.NameLength).Demand();
            guest.Name = name!.Trim();
        }

        var taken = await take.ExecuteAsync(db, q, guest.Id, null, input, stop);
        if (input.WantsMail && !q.IsAnonymous) await outbox.AddAsync(db, await letters.ConfirmAsync(db, q, guest, taken, stop), stop);
        return taken.Outcome;
    }, cancellation);
}
