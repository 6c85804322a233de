using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires;

/// <summary>How a questionnaire shows itself to the rest of the house: its introduction, what it asks and until when. Never what was answered.</summary>
internal sealed class QuestionnaireFace(Dates dates) : IContentFace
{
    public string Kind => PollsModule.QuestionnaireKindKey;

    public string CreatedVerb => QuestionnaireTexts.OpenedQuestionnaire;

    public string Address(string groupSlug, ContentItem item) => QuestionnaireAddress.Of(groupSlug, item.ShortId, item.Title);

    public async Task<IReadOnlyDictionary<Guid, string>> BodiesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var found = await db.Set<Questionnaire>().AsNoTracking().Where(q => ids.Contains(q.Id)).Select(q => new { q.Id, q.Body, q.Parts, q.ClosesAt }).ToListAsync(cancellation);
        return found.ToDictionary(q => q.Id, q => Text(q.Body, FormParts.Read(q.Parts), q.ClosesAt));
    }

    public async Task<IReadOnlyDictionary<Guid, string>> LinesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        await db.Set<Questionnaire>().Where(q => ids.Contains(q.Id)).ToDictionaryAsync(q => q.Id, q => QuestionnaireTexts.AnswerBefore.With(dates.Exact(q.ClosesAt)), cancellation);

    private string Text(string body, IReadOnlyList<FormPart> parts, DateTime closesAt)
    {
        List<string> texts = [];
        if (body.Length > 0) texts.Add(body);
        if (parts.Any(p => p.IsQuestion)) texts.Add(string.Join('\n', parts.Where(p => p.IsQuestion).Select(p => "- " + PlainMarkdown.Quiet(p.Text))));
        texts.Add(QuestionnaireTexts.AnswerBefore.With(dates.Exact(closesAt)));
        return string.Join("\n\n", texts);
    }
}

/// <summary>Addresses of questionnaires, from the root.</summary>
internal static class QuestionnaireAddress
{
    public static string Under(string groupSlug) => $"/groupes/{groupSlug}/sondages/questionnaires";

    public static string Of(string groupSlug, string shortId, string title) => $"{Under(groupSlug)}/{shortId}-{Slug.Of(title)}";

    /// <summary>Where the files of its answers are, relative to the base; the key of one follows.</summary>
    public static string Files(string groupSlug, string shortId) => Short(groupSlug, shortId)[1..] + "/fichiers";

    /// <summary>Without the title, which the page adds.</summary>
    public static string Short(string groupSlug, string shortId) => $"{Under(groupSlug)}/{shortId}";
}

/// <summary>What goes with a questionnaire that moves: the animators of another group are not those who were to see the names.</summary>
internal sealed class QuestionnaireCompanion : IContentCompanion
{
    public string Kind => PollsModule.QuestionnaireKindKey;

    public async Task MovedAsync(AppDbContext db, ContentItem item, Guid from, CancellationToken cancellation)
    {
        var id = item.Id;
        if (await db.Set<Respondent>().AnyAsync(r => r.ItemId == id, cancellation))
            await db.Set<Questionnaire>().Where(q => q.Id == id).ExecuteUpdateAsync(set => set.SetProperty(q => q.HidesNames, true).SetProperty(q => q.ResultsFor, ResultsFor.Animators), cancellation);
    }
}
