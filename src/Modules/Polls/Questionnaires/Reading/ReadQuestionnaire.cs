using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Polls.Questionnaires.Answering;
using TerritoireCollab.Polls.Questionnaires.Results;

namespace TerritoireCollab.Polls.Questionnaires.Reading;

/// <summary>A questionnaire as its reader may see it.</summary>
public sealed record QuestionnaireView
{
    /// <summary>What the page of any content shows.</summary>
    public required ContentView Content { get; init; }
    /// <summary>The questionnaire.</summary>
    public required Questionnaire Questionnaire { get; init; }
    /// <summary>Its parts.</summary>
    public required IReadOnlyList<FormPart> Parts { get; init; }
    /// <summary>How many answered.</summary>
    public required int Answers { get; init; }
    /// <summary>Whether the viewer has answered.</summary>
    public required bool HasAnswered { get; init; }
    /// <summary>What the viewer answered, where that is found again; null for nothing.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<string>>? Mine { get; init; }
    /// <summary>What the viewer has begun to answer; null for nothing.</summary>
    public TypedAnswers? Draft { get; init; }
    /// <summary>Why no answer is taken any more; null while one is.</summary>
    public string? Closed { get; init; }
    /// <summary>Whether the viewer may answer, or change what was answered.</summary>
    public required bool MayAnswer { get; init; }
    /// <summary>Whether the viewer sees the results.</summary>
    public required bool MaySeeResults { get; init; }
    /// <summary>Whether the viewer sees who answered what, takes the answers along and reminds.</summary>
    public required bool MayLead { get; init; }
}

/// <summary>Reads a questionnaire, with what its reader answered and nobody else's answers.</summary>
internal sealed class ReadQuestionnaire(AppDb database, Rights rights, ReadContent contents, TimeProvider clock)
{
    /// <summary>The questionnaire at a place of its discussion.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<QuestionnaireView> ExecuteAsync(Viewer viewer, string shortId, DiscussionPlace place, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var q = await db.Set<Questionnaire>().AsNoTracking().Include(x => x.Item).FirstOrDefaultAsync(x => x.Item.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        var content = await contents.ExecuteAsync(db, q.Item, place, cancellation);
        var (id, me, now, key) = (q.Id, viewer.MemberId, clock.GetUtcNow().UtcDateTime, AnswerQuestionnaire.DraftKey(q.Id));
        var found = await db.Set<Questionnaire>().Where(x => x.Id == id).Select(_ => new
        {
            Answers = db.Set<Respondent>().Count(r => r.ItemId == id),
            HasAnswered = db.Set<Respondent>().Any(r => r.ItemId == id && r.PersonId == me),
            Mine = db.Set<AnswerSheet>().Where(s => s.ItemId == id && s.PersonId == me).Select(s => s.Answers).FirstOrDefault(),
            Draft = db.Drafts.Where(d => d.MemberId == me && d.Key == key).Select(d => d.Text).FirstOrDefault(),
        }).FirstAsync(cancellation);
        var hasAnswered = viewer.IsMember && found.HasAnswered;
        var closed = AnswerQuestionnaire.Closed(q, found.Answers, hasAnswered, now);
        var leads = rights.Allows(PollsModule.SeeAnswers, content.Standing, q.Item.AuthorId);
        return new()
        {
            Content = content,
            Questionnaire = q,
            Parts = FormParts.Read(q.Parts),
            Answers = found.Answers,
            HasAnswered = hasAnswered,
            Mine = viewer.IsMember && found.Mine is { } mine ? AnswerText.Read(mine) : null,
            Draft = viewer.IsMember ? TypedAnswers.Read(found.Draft) : null,
            Closed = closed,
            MayAnswer = viewer.IsMember && closed is null && !content.Standing.IsArchived && !(hasAnswered && q.IsAnonymous),
            MaySeeResults = ReadResults.AreShown(q, content.Standing, leads),
            MayLead = leads,
        };
    }
}
