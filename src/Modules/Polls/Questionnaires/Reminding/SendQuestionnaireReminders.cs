using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Polls.Questionnaires.Answering;

namespace TerritoireCollab.Polls.Questionnaires.Reminding;

/// <summary>Every quarter of an hour: reminds, once, those who have not answered a questionnaire that closes soon.</summary>
internal sealed class SendQuestionnaireReminders(AppDb database, QuestionnaireLetters letters, MailOutbox outbox, TimeProvider clock) : IRecurringJob
{
    // A host that was down half a day still reminds; later than that it would come out of nowhere.
    private static readonly TimeSpan Late = TimeSpan.FromHours(12);
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(15);

    public string Key => "sondages.questionnaires";

    public string Hours => "0 0/15 * * * ?";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var limit = now + Farthest;
        await using var db = database.Open(Viewer.System);
        var soon = await db.Set<Questionnaire>().AsNoTracking().Where(q => q.ClosesAt > now && q.ClosesAt < limit && q.RemindBefore > 0 && q.RemindedAt == null && q.Item.Group!.ArchivedAt == null)
            .Select(q => new { q.Id, q.Item.ShortId, q.ClosesAt, q.RemindBefore, q.Item.CreatedAt }).ToListAsync(cancellation);
        foreach (var one in soon)
        {
            var due = one.ClosesAt.AddHours(-one.RemindBefore);
            if (due <= now && due > now - Late && due > one.CreatedAt) await RemindAsync(one.ShortId, one.Id, cancellation);
        }
    }

    private Task RemindAsync(string shortId, Guid id, CancellationToken cancellation) => database.TransactAsync(Viewer.System, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var q = await db.Set<Questionnaire>().FirstOrDefaultAsync(x => x.Id == id && x.RemindedAt == null, token);
        if (q is null) return false;

        var now = clock.GetUtcNow().UtcDateTime;
        var isOpen = AnswerQuestionnaire.Closed(q, await db.Set<Respondent>().CountAsync(r => r.ItemId == id, token), hasAnswered: false, now) is null;
        q.RemindedAt = now;
        if (isOpen && RemindRespondents.MayPress(new() { PressedAt = q.PressedAt }, now)) await outbox.AddAsync(db, await letters.RemindAsync(db, q, "fin", token), token);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
