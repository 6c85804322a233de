using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Polls.Questionnaires.Answering;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires.Results;

/// <summary>What a questionnaire gave, as its reader may see it.</summary>
public sealed record ResultsView
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>The questionnaire, with its row.</summary>
    public required Questionnaire Questionnaire { get; init; }
    /// <summary>How many answered.</summary>
    public required int Answers { get; init; }
    /// <summary>What each question was answered.</summary>
    public required IReadOnlyList<QuestionSummary> Questions { get; init; }
    /// <summary>Whether the viewer may take the answers along.</summary>
    public required bool MayLead { get; init; }
    /// <summary>Whether the button that reminds may be pressed now.</summary>
    public bool MayRemind(DateTime now) => MayLead && !Standing.IsArchived && !Questionnaire.IsOver(now) && (Questionnaire.MostAnswers is not { } most || Answers < most) && Reminding.RemindRespondents.MayPress(Questionnaire, now);
    /// <summary>Whether the answers are shown one by one, with names.</summary>
    public bool HasNames => MayLead && !Questionnaire.IsAnonymous && !Questionnaire.HidesNames;
}

/// <summary>One sheet, with who filled it in.</summary>
public sealed record SheetView
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>The questionnaire, with its row.</summary>
    public required Questionnaire Questionnaire { get; init; }
    /// <summary>Its parts.</summary>
    public required IReadOnlyList<FormPart> Parts { get; init; }
    /// <summary>The sheet; null when nobody has answered.</summary>
    public NamedSheet? Sheet { get; init; }
    /// <summary>Its place, from 1.</summary>
    public required int Page { get; init; }
    /// <summary>How many there are.</summary>
    public required int Count { get; init; }
}

/// <summary>Answers with who gave them.</summary>
/// <param name="Name">Who; null where no name is shown.</param>
/// <param name="Organisation">In whose name, or null.</param>
/// <param name="AnsweredAt">When; null where it is not kept.</param>
/// <param name="Answers">By the number of the question.</param>
public sealed record NamedSheet(string? Name, string? Organisation, DateTime? AnsweredAt, IReadOnlyDictionary<int, IReadOnlyList<string>> Answers);

/// <summary>Reads what a questionnaire gave, and no more of it than whoever answered was promised.</summary>
internal sealed class ReadResults(AppDb database, Rights rights)
{
    /// <summary>The answers summed up.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">The results are not for the viewer.</exception>
    public async Task<ResultsView> ExecuteAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (q, standing, leads) = await RequireAsync(db, shortId, cancellation);
        var id = q.Id;
        var sheets = await db.Set<AnswerSheet>().AsNoTracking().Where(s => s.ItemId == id).Select(s => s.Answers).ToListAsync(cancellation);
        var answers = sheets.ConvertAll(AnswerText.Read);
        return new() { Standing = standing, Questionnaire = q, Answers = answers.Count, Questions = [.. FormParts.Read(q.Parts).Where(p => p.IsQuestion).Select(p => Summary.Of(p, answers))], MayLead = leads };
    }

    /// <summary>One sheet after the other, by name.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Neither the author nor an animator, or names are not shown.</exception>
    public async Task<SheetView> SheetAsync(Viewer viewer, string shortId, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (q, standing, leads) = await RequireAsync(db, shortId, cancellation);
        if (!leads || q.IsAnonymous || q.HidesNames) throw new ForbiddenException(QuestionnaireTexts.NoNames);

        var id = q.Id;
        var count = await db.Set<AnswerSheet>().CountAsync(s => s.ItemId == id, cancellation);
        page = Math.Clamp(page, 1, Math.Max(1, count));
        var found = await Named(db, id).Skip(page - 1).Take(1).ToListAsync(cancellation);
        return new() { Standing = standing, Questionnaire = q, Parts = FormParts.Read(q.Parts), Sheet = found.Select(f => f.View()).FirstOrDefault(), Page = page, Count = count };
    }

    /// <summary>All sheets, for a table; without names or moments where those are not shown.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Neither the author nor an animator.</exception>
    public async Task<(Questionnaire Questionnaire, bool HasNames, IReadOnlyList<NamedSheet> Sheets)> AllAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (q, _, leads) = await RequireAsync(db, shortId, cancellation);
        if (!leads) throw new ForbiddenException(QuestionnaireTexts.ResultsNotForYou);

        var id = q.Id;
        var hasNames = !q.IsAnonymous && !q.HidesNames;
        if (hasNames) return (q, true, (await Named(db, id).ToListAsync(cancellation)).ConvertAll(f => f.View()));

        var sheets = await db.Set<AnswerSheet>().AsNoTracking().Where(s => s.ItemId == id).OrderBy(s => s.Id).Select(s => s.Answers).ToListAsync(cancellation);
        return (q, false, sheets.ConvertAll(s => new NamedSheet(null, null, null, AnswerText.Read(s))));
    }

    /// <summary>Whether somebody sees the results: those who lead, and the members of the group where they are for them too.</summary>
    public static bool AreShown(Questionnaire q, Standing standing, bool leads) => leads || (q.ResultsFor == ResultsFor.Members && standing.IsMember);

    private async Task<(Questionnaire Questionnaire, Standing Standing, bool Leads)> RequireAsync(AppDbContext db, string shortId, CancellationToken cancellation)
    {
        var q = await db.Set<Questionnaire>().AsNoTracking().Include(x => x.Item).FirstOrDefaultAsync(x => x.Item.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, q.Item.GroupId, cancellation);
        var leads = rights.Allows(PollsModule.SeeAnswers, standing, q.Item.AuthorId);
        return AreShown(q, standing, leads) ? (q, standing, leads) : throw new ForbiddenException(QuestionnaireTexts.ResultsNotForYou);
    }

    private static IQueryable<Found> Named(AppDbContext db, Guid id) =>
        from s in db.Set<AnswerSheet>().AsNoTracking()
        where s.ItemId == id
        join r in db.Set<Respondent>() on new { s.ItemId, Person = s.PersonId } equals new { r.ItemId, Person = (Guid?)r.PersonId }
        orderby r.Member!.FoldedName, s.Id
        select new Found(r.Member!.Name ?? db.Guests.Where(g => g.Id == r.PersonId).Select(g => g.Name).FirstOrDefault() ?? QuestionnaireTexts.FormerGuest, db.Affiliations.Where(a => a.MemberId == r.MemberId && a.IsPrincipal && a.Until == null).Select(a => a.Organisation!.Name).FirstOrDefault(), s.AnsweredAt, s.Answers);

    private sealed record Found(string? Name, string? Organisation, DateTime? AnsweredAt, string Answers)
    {
        public NamedSheet View() => new(Name, Organisation, AnsweredAt, AnswerText.Read(Answers));
    }
}
