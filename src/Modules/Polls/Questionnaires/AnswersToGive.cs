using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires;

/// <summary>Open questionnaires of a member's groups that the member has not answered.</summary>
internal sealed class AnswersToGive(Dates dates) : IMemberTasks
{
    public async Task<IReadOnlyList<MemberTask>> ReadAsync(AppDbContext db, IReadOnlyCollection<Guid> groups, DateTime now, int most, CancellationToken cancellation)
    {
        var (me, off) = (db.Viewer.MemberId, db.GroupsWithout(PollsModule.ToolKey));
        var found = await db.Set<Questionnaire>().AsNoTracking()
            .Where(q => groups.Contains(q.Item.GroupId) && q.ClosesAt > now && q.Item.AuthorId != me
                && !off.Contains(q.Item.GroupId)
                && !db.Set<Respondent>().Any(r => r.ItemId == q.Id && r.PersonId == me))
            .OrderBy(q => q.ClosesAt).Take(most).Select(q => new { q.Item.ShortId, q.Item.Title, q.Item.Group!.Slug, q.ClosesAt }).ToListAsync(cancellation);
        return [.. found.Select(q => new MemberTask(q.Title, QuestionnaireAddress.Of(q.Slug, q.ShortId, q.Title), QuestionnaireTexts.AnswerUntil.With(dates.Coming(q.ClosesAt)), q.ClosesAt))];
    }
}
