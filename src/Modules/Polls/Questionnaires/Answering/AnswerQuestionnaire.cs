using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Polls.Questionnaires.Reminding;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires.Answering;

/// <summary>What somebody answers.</summary>
/// <param name="Answers">The fields as they were filled in.</param>
/// <param name="WantsMail">Whether the answers are to be mailed to whoever gave them; never in an anonymous questionnaire, where a mail would lead from one to the other.</param>
/// <param name="Files">The files that come with them; null for none.</param>
public sealed record AnswerInput(TypedAnswers Answers, bool WantsMail = false, ReceivedAnswers? Files = null);

/// <summary>What became of it.</summary>
public enum AnswerOutcome
{
    /// <summary>Kept.</summary>
    Kept = 0,
    /// <summary>Kept in the place of what was answered before.</summary>
    Changed = 1,
    /// <summary>Left as it was: an anonymous answer is found again by nobody, and one has answered already.</summary>
    AlreadyGiven = 2,
}

/// <summary>What somebody answered, once it is kept.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Parts">The parts of the questionnaire.</param>
/// <param name="Answers">By the number of the question; empty where nothing was kept.</param>
internal sealed record TakenAnswers(AnswerOutcome Outcome, IReadOnlyList<FormPart> Parts, IReadOnlyDictionary<int, IReadOnlyList<string>> Answers);

/// <summary>Keeps the answers of somebody, one sheet for each. The caller holds the row of the content, so that all wait for one another, and saves.</summary>
internal sealed class TakeAnswers(IEnumerable<IGroupPlace> places, TimeProvider clock)
{
    private static readonly Dictionary<int, IReadOnlyList<string>> Nothing = [];

    /// <summary>Keeps them.</summary>
    /// <exception cref="ForbiddenException">Closed.</exception>
    /// <exception cref="InvalidInputException">A question is not answered, what was typed is no answer to it, or the group has no place for a file.</exception>
    public async Task<TakenAnswers> ExecuteAsync(AppDbContext db, Questionnaire q, Guid person, Guid? member, AnswerInput input, CancellationToken cancellation)
    {
        var present = await PresentAsync(db, q, person, cancellation);
        var parts = FormParts.Read(q.Parts);
        if (present is not null && q.IsAnonymous) return new(AnswerOutcome.AlreadyGiven, parts, Nothing);

        var (id, rules, files) = (q.Id, new Rules(), input.Files ?? ReceivedAnswers.None);
        var before = present is null ? null : await db.Set<AnswerSheet>().FirstOrDefaultAsync(s => s.ItemId == id && s.PersonId == person, cancellation);
        var answers = AnswerRules.Read(parts, input.Answers, files, before is null ? null : AnswerText.Read(before.Answers), rules);
        rules.Check(answers.Count > 0, "", QuestionnaireTexts.NothingAnswered).Demand();
        var sheet = Keep(db, q, present, before, person, member, AnswerText.Write(answers));
        await KeepFilesAsync(db, q, sheet, answers, files, cancellation);
        return new(present is null ? AnswerOutcome.Kept : AnswerOutcome.Changed, parts, answers);
    }

    /// <summary>The row that says that somebody has answered; null when not.</summary>
    /// <exception cref="ForbiddenException">Closed.</exception>
    public async Task<Respondent?> PresentAsync(AppDbContext db, Questionnaire q, Guid person, CancellationToken cancellation)
    {
        var id = q.Id;
        var present = await db.Set<Respondent>().FirstOrDefaultAsync(r => r.ItemId == id && r.PersonId == person, cancellation);
        var count = q.MostAnswers is null ? 0 : await db.Set<Respondent>().CountAsync(r => r.ItemId == id, cancellation);
        return AnswerQuestionnaire.Closed(q, count, present is not null, clock.GetUtcNow().UtcDateTime) is { } closed ? throw new ForbiddenException(closed) : present;
    }

    private AnswerSheet Keep(AppDbContext db, Questionnaire q, Respondent? present, AnswerSheet? before, Guid person, Guid? member, string answers)
    {
        var (id, now) = (q.Id, clock.GetUtcNow().UtcDateTime);
        if (before is not null)
        {
            (before.Answers, before.AnsweredAt) = (answers, now);
            return before;
        }

        if (present is null) db.Add(new Respondent { ItemId = id, PersonId = person, MemberId = member });
        var sheet = new AnswerSheet { ItemId = id, PersonId = q.IsAnonymous ? null : person, Answers = answers, AnsweredAt = q.IsAnonymous ? null : now };
        db.Add(sheet);
        return sheet;
    }

    // What the answers name no more goes; what came with them is named from now on.
    private async Task KeepFilesAsync(AppDbContext db, Questionnaire q, AnswerSheet sheet, IReadOnlyDictionary<int, IReadOnlyList<string>> answers, ReceivedAnswers received, CancellationToken cancellation)
    {
        if (!FormParts.Read(q.Parts).Any(p => p.Kind == PartKind.File)) return;

        var (id, named) = (sheet.Id, answers.Values.SelectMany(v => v).Select(GivenFile.Read).OfType<GivenFile>().Select(f => f.Id).ToHashSet());
        db.RemoveRange((await db.Set<AnswerFile>().Where(f => f.SheetId == id).ToListAsync(cancellation)).Where(f => !named.Contains(f.Id)));
        // Of anonymous answers no moment is kept, that of their files neither.
        var now = clock.GetUtcNow().UtcDateTime;
        var sent = received.Files.Where(f => answers.ContainsKey(f.Key)).ToList();
        await RequirePlaceAsync(db, q.Item.GroupId, sent, cancellation);
        foreach (var (number, file) in sent)
        {
            var row = await StoredAsync(db, number, file, q.IsAnonymous ? now.Date : now, cancellation);
            db.Add(new AnswerFile { Id = GivenFile.Read(answers[number][0])!.Id, ItemId = q.Id, SheetId = sheet.Id, Question = number, FileId = row.Id, Name = file.Name });
        }
    }

    // How much place a group has is said to its members alone.
    private async Task RequirePlaceAsync(AppDbContext db, Guid groupId, List<KeyValuePair<int, ReceivedFile>> sent, CancellationToken cancellation)
    {
        if (sent.Count == 0) return;

        try
        {
            foreach (var place in places) await place.RequireAsync(db, groupId, [.. sent.Select(f => f.Value.Stored)], cancellation);
        }
        catch (InvalidInputException)
        {
            throw new InvalidInputException(TypedAnswers.Field(sent[0].Key), QuestionnaireTexts.NoPlaceForFiles);
        }
    }

    private static async Task<StoredFile> StoredAsync(AppDbContext db, int number, ReceivedFile file, DateTime now, CancellationToken cancellation)
    {
        try
        {
            return await AttachmentWriter.StoredFileAsync(db, file, now, cancellation);
        }
        catch (InvalidInputException refused)
        {
            throw new InvalidInputException(TypedAnswers.Field(number), refused.Rules[0].Message);
        }
    }
}

/// <summary>
/// Takes the answers of a member: whoever is signed in and may read a questionnaire may answer it, member of its group or not. One sheet for each, however
/// often and by however many hands at once it is sent.
/// </summary>
internal sealed class AnswerQuestionnaire(AppDb database, Rights rights, TakeAnswers take, QuestionnaireLetters letters, MailOutbox outbox)
{
    /// <summary>Key of what somebody has begun to answer.</summary>
    public static string DraftKey(Guid id) => $"questionnaire/{id:N}";

    /// <summary>Keeps the answers.</summary>
    /// <exception cref="NotFoundException">Absent or invisible, or nobody is signed in.</exception>
    /// <exception cref="ForbiddenException">An archived group, or a questionnaire that is closed.</exception>
    /// <exception cref="InvalidInputException">A question is not answered, or what was typed is no answer to it.</exception>
    public Task<AnswerOutcome> ExecuteAsync(Viewer viewer, string shortId, AnswerInput input, CancellationToken cancellation) => WriteAsync(viewer, shortId, async (db, q, token) =>
    {
        var me = viewer.MemberId;
        var taken = await take.ExecuteAsync(db, q, me, me, input, token);
        var key = DraftKey(q.Id);
        await db.Drafts.Where(d => d.MemberId == me && d.Key == key).ExecuteDeleteAsync(token);
        if (input.WantsMail && !q.IsAnonymous) await outbox.AddAsync(db, await letters.ConfirmAsync(db, q, taken, token), token);
        return taken.Outcome;
    }, cancellation);

    /// <summary>Takes the answers back, where they are found again.</summary>
    /// <exception cref="NotFoundException">Absent or invisible, or nobody is signed in.</exception>
    /// <exception cref="ForbiddenException">An archived group, or a questionnaire that is closed or anonymous.</exception>
    public Task WithdrawAsync(Viewer viewer, string shortId, CancellationToken cancellation) => WriteAsync(viewer, shortId, async (db, q, token) =>
    {
        if (q.IsAnonymous) throw new ForbiddenException(QuestionnaireTexts.AnonymousStays);

        var (id, me) = (q.Id, viewer.MemberId);
        if (await take.PresentAsync(db, q, me, token) is not { } present) return AnswerOutcome.AlreadyGiven;

        db.Remove(present);
        db.RemoveRange(await db.Set<AnswerSheet>().Where(s => s.ItemId == id && s.PersonId == me).ToListAsync(token));
        return AnswerOutcome.Changed;
    }, cancellation);

    /// <summary>Why no answer is taken any more; null while one is.</summary>
    public static string? Closed(Questionnaire q, int answers, bool hasAnswered, DateTime now) =>
        q.IsOver(now) ? QuestionnaireTexts.IsOver
        : q.MostAnswers is { } most && answers >= most && !hasAnswered ? QuestionnaireTexts.IsFull
        : null;

    private Task<AnswerOutcome> WriteAsync(Viewer viewer, string shortId, Func<AppDbContext, Questionnaire, CancellationToken, Task<AnswerOutcome>> write, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        if (!viewer.IsMember) throw new NotFoundException();

        await db.LockAsync(shortId, token);
        var q = await db.Set<Questionnaire>().Include(x => x.Item).FirstOrDefaultAsync(x => x.Item.ShortId == shortId, token) ?? throw new NotFoundException();
        if ((await rights.StandingAsync(db, q.Item.GroupId, token)).IsArchived) throw new ForbiddenException(QuestionnaireTexts.ArchivedNoAnswer);

        var outcome = await write(db, q, token);
        await db.SaveChangesAsync(token);
        return outcome;
    }, cancellation);
}
