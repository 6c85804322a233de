using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Faces;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Agenda.Registrations;

/// <summary>An answer from the mail that announced an event: for its next date.</summary>
internal abstract class AnswerEventByMail(AppDb database, Register register, TimeProvider clock, string key, Answer answer) : IMailAct
{
    /// <inheritdoc />
    public string Key => key;

    /// <inheritdoc />
    public string? ContentKind => AgendaModule.EventKindKey;

    /// <inheritdoc />
    public bool CanUndo => answer == Answer.Yes;

    /// <inheritdoc />
    public MailActOffer? Offer(Activity activity, NotificationReason reason) =>
        activity is { Kind: ActivityKinds.ItemCreated, ItemId: { } item } ? new(Label, item) : null;

    private string Label => answer switch { Answer.Yes => AgendaTexts.Yes, Answer.Maybe => AgendaTexts.Maybe, _ => AgendaTexts.ComeNot };

    /// <inheritdoc />
    public async Task<MailActPage?> ReadAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var e = await db.Set<AgendaEvent>().AsNoTracking().Include(x => x.Item.Group).FirstOrDefaultAsync(x => x.Id == target.Id, cancellation);
        if (e?.Item.Group is not { } group) return null;

        var now = clock.GetUtcNow().UtcDateTime;
        if (await ReadEvent.DateAsync(db, e.Id, null, now, cancellation) is not { } date) return null;

        var closed = Register.Refusal(e, date, answer, now);
        var mine = await db.Set<Registration>().AsNoTracking().FirstOrDefaultAsync(r => r.ItemId == e.Id && r.Key == date.Key && r.MemberId == viewer.MemberId, cancellation);
        var asks = Asks(e);
        var isDone = mine?.Answer == answer;
        return new()
        {
            Title = e.Item.Title,
            Text = isDone ? Done(mine!).With(EventWords.When(date)) : closed ?? (asks ? AgendaTexts.ActAsks : Proposed).With(EventWords.When(date)),
            Button = isDone || closed is not null || asks ? null : Label,
            Address = EventAddress.Of(group.Slug, e.Item.ShortId, e.Item.Title),
            AddressLabel = AgendaTexts.SeeEvent,
        };
    }

    /// <inheritdoc />
    public Task DoAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation) => AnswerAsync(viewer, target, answer, cancellation);

    /// <inheritdoc />
    public Task UndoAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation) => AnswerAsync(viewer, target, Answer.No, cancellation);

    private string Proposed => answer switch { Answer.Yes => AgendaTexts.ActText, Answer.Maybe => AgendaTexts.ActMaybe, _ => AgendaTexts.ActNo };

    private static string Done(Registration mine) => mine switch
    {
        { WaitingSince: not null } => AgendaTexts.ActWaiting,
        { Answer: Answer.Yes } => AgendaTexts.ActDone,
        { Answer: Answer.Maybe } => AgendaTexts.ActMaybeDone,
        _ => AgendaTexts.ActNoDone,
    };

    // A mail asks no question: whoever may come answers it on the page.
    private bool Asks(AgendaEvent e) => answer != Answer.No && Question.Parse(e.Questions).Any(q => q.IsRequired);

    private async Task AnswerAsync(Viewer viewer, MailActTarget target, Answer given, CancellationToken cancellation)
    {
        string shortId;
        await using (var db = database.Open(viewer))
        {
            var e = await db.Set<AgendaEvent>().AsNoTracking().Include(x => x.Item).FirstOrDefaultAsync(x => x.Id == target.Id, cancellation) ?? throw new NotFoundException();
            if (given != Answer.No && Asks(e)) throw new ForbiddenException(AgendaTexts.ActAsks.With(e.Item.Title));
            shortId = e.Item.ShortId;
        }

        await register.ExecuteAsync(viewer, shortId, new(null, given), cancellation);
    }
}

/// <summary>« Je participe ».</summary>
internal sealed class TakePartByMail(AppDb database, Register register, TimeProvider clock) : AnswerEventByMail(database, register, clock, "participer", Answer.Yes);

/// <summary>« Peut-être ».</summary>
internal sealed class MaybeByMail(AppDb database, Register register, TimeProvider clock) : AnswerEventByMail(database, register, clock, "peut-etre", Answer.Maybe);

/// <summary>« Je ne viens pas ».</summary>
internal sealed class DeclineByMail(AppDb database, Register register, TimeProvider clock) : AnswerEventByMail(database, register, clock, "ne-pas-venir", Answer.No);
