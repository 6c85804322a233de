using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Reminders;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Agenda.Registrations;

/// <summary>Writes down an answer to a date, a member's or a guest's alike. Whoever comes by the site gets the date for a calendar by mail. The caller holds the content's row.</summary>
internal sealed class TakeAnswer(Places places, EventLetters letters, MailOutbox outbox, TimeProvider clock)
{
    /// <summary>Writes it.</summary>
    /// <param name="db">The context.</param>
    /// <param name="e">The event, with its row.</param>
    /// <param name="date">The date.</param>
    /// <param name="present">What the person answered before; null for nothing.</param>
    /// <param name="registration">The row, added where it is new.</param>
    /// <param name="input">The answer.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether the person waits for a place.</returns>
    /// <exception cref="ForbiddenException">The date is over, cancelled or closed.</exception>
    /// <exception cref="InvalidInputException">A question is not answered.</exception>
    public async Task<bool> ExecuteAsync(AppDbContext db, AgendaEvent e, EventDate date, IRegistration? present, IRegistration registration, RegisterInput input, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (Register.Refusal(e, date, input.Answer, now) is { } refusal) throw new ForbiddenException(refusal);

        var hadPlace = present is { Answer: Answer.Yes, WaitingSince: null };
        var waited = present?.WaitingSince;
        if (input.Answer != Answer.No && input.Answers is { } answers) registration.Answers = Read(Question.Parse(e.Questions), answers);
        (registration.Answer, registration.AnsweredAt) = (input.Answer, now);
        registration.Attendance = e.Attendance == Attendance.Both ? input.Attendance == Attendance.Online ? Attendance.Online : Attendance.OnSite : e.Attendance;
        registration.WaitingSince = input.Answer != Answer.Yes || hadPlace ? null
            : e.Places is { } most && await Places.TakenAsync(db, e.Id, date.Key, cancellation) >= most ? waited ?? now : null;
        await db.SaveChangesAsync(cancellation);
        if (hadPlace && input.Answer != Answer.Yes) await places.PromoteAsync(db, e, date.Key, cancellation);
        if (!hadPlace && !input.IsByCalendar && registration is { Answer: Answer.Yes, WaitingSince: null })
            await outbox.AddAsync(db, await letters.RegisteredAsync(db, e, date, registration, cancellation), cancellation);
        return registration.WaitingSince is not null;
    }

    private static string Read(IReadOnlyList<Question> questions, IReadOnlyList<string?> answers)
    {
        var rules = new Rules();
        var lines = new List<string>();
        for (var at = 0; at < questions.Count; at++)
        {
            var (question, answer) = (questions[at], (answers.ElementAtOrDefault(at) ?? "").ReplaceLineEndings(" ").Trim());
            rules.Check(answer.Length > 0 || !question.IsRequired, Register.Field(at), AgendaTexts.AnswerNeeded.With(question.Text))
                .Check(answer.Length == 0 || question.Choices.Count == 0 || question.Choices.Contains(answer), Register.Field(at), AgendaTexts.AnswerUnknown)
                .Text(answer, Register.Field(at), Registration.AnswersLength / Question.Most, required: false);
            lines.Add(answer);
        }

        rules.Demand();
        return string.Join('\n', lines);
    }
}
