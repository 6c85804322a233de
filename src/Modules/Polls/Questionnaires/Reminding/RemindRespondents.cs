using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Polls.Questionnaires.Answering;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires.Reminding;

/// <summary>Reminds those who have not answered, when whoever leads the questionnaire asks for it: once a day at most.</summary>
internal sealed class RemindRespondents(AppDb database, Rights rights, QuestionnaireLetters letters, MailOutbox outbox, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    /// <summary>Writes to them.</summary>
    /// <returns>To how many.</returns>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator; closed; or reminded less than a day ago.</exception>
    public Task<int> ExecuteAsync(Viewer viewer, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, _) = await rights.RequireItemAsync(db, GroupPermissions.EditItem, shortId, token);
        var (id, now) = (item.Id, clock.GetUtcNow().UtcDateTime);
        var q = await db.Set<Questionnaire>().FirstOrDefaultAsync(x => x.Id == id, token) ?? throw new NotFoundException();
        if (AnswerQuestionnaire.Closed(q, await db.Set<Respondent>().CountAsync(r => r.ItemId == id, token), hasAnswered: false, now) is { } closed) throw new ForbiddenException(closed);
        if (!MayPress(q, now)) throw new ForbiddenException(QuestionnaireTexts.RemindedToday);

        var mails = await letters.RemindAsync(db, q, now.Ticks.ToString("x", System.Globalization.CultureInfo.InvariantCulture), token);
        q.PressedAt = now;
        await outbox.AddAsync(db, mails, token);
        await db.SaveChangesAsync(token);
        return mails.Count;
    }, cancellation);

    /// <summary>Whether nobody was reminded for a day, neither by the button nor by itself.</summary>
    public static bool MayPress(Questionnaire q, DateTime now) => (q.PressedAt is null || q.PressedAt <= now - Pause) && (q.RemindedAt is null || q.RemindedAt <= now - Pause);
}
