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

/// <summary>« Je participe », from the mail that announced an event: to its next date.</summary>
internal sealed class TakePartByMail(AppDb database, Register register, TimeProvider clock) : IMailAct
{
    /// <inheritdoc />
    public string Key => "participer";

    /// <inheritdoc />
    public string? ContentKind => AgendaModule.EventKindKey;

    /// <inheritdoc />
    public bool CanUndo => true;

    /// <inheritdoc />
    public MailActOffer? Offer(Activity activity, NotificationReason reason) =>
        activity is { Kind: ActivityKinds.ItemCreated, ItemId: { } item } ? new(AgendaTexts.Yes, item) : null;

    /// <inheritdoc />
    public async Task<MailActPage?> ReadAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var e = await db.Set<AgendaEvent>().AsNoTracking().Include(x => x.Item.Group).FirstOrDefaultAsync(x => x.Id == target.Id, cancellation);
        if (e?.Item.Group is not { } group) return null;

        var now = clock.GetUtcNow().UtcDateTime;
        if (await ReadEvent.DateAsync(db, e.Id, null, now, cancellation) is not { } date) return null;

        var closed = Register.Closed(e, date, now);
        var mine = await db.Set<Registration>().AsNoTracking().FirstOrDefaultAsync(r => r.ItemId == e.Id && r.Key == date.Key && r.MemberId == viewer.MemberId, cancellation);
        var asks = Question.Parse(e.Questions).Any(q => q.IsRequired);
        var isDone = mine?.Answer == Answer.Yes;
        return new()
        {
            Title = e.Item.Title,
            Text = isDone ? (mine!.WaitingSince is null ? AgendaTexts.ActDone : AgendaTexts.ActWaiting).With(EventWords.When(date))
                : closed ?? (asks ? AgendaTexts.ActAsks : AgendaTexts.ActText).With(EventWords.When(date)),
            Button = isDone || closed is not null || asks ? null : AgendaTexts.Yes,
            Address = EventAddress.Of(group.Slug, e.Item.ShortId, e.Item.Title),
            AddressLabel = AgendaTexts.SeeEvent,
        };
    }

    /// <inheritdoc />
    public Task DoAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation) => AnswerAsync(viewer, target, Answer.Yes, cancellation);

    /// <inheritdoc />
    public Task UndoAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation) => AnswerAsync(viewer, target, Answer.No, cancellation);

    private async Task AnswerAsync(Viewer viewer, MailActTarget target, Answer answer, CancellationToken cancellation)
    {
        string shortId;
        await using (var db = database.Open(viewer))
        {
            var e = await db.Set<AgendaEvent>().AsNoTracking().Include(x => x.Item).FirstOrDefaultAsync(x => x.Id == target.Id, cancellation) ?? throw new NotFoundException();
            if (answer == Answer.Yes && Question.Parse(e.Questions).Any(q => q.IsRequired)) throw new ForbiddenException(AgendaTexts.ActAsks.With(e.Item.Title));
            shortId = e.Item.ShortId;
        }

        await register.ExecuteAsync(viewer, shortId, new(null, answer), cancellation);
    }
}
