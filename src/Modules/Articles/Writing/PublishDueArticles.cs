using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Articles.Writing;

/// <summary>Wakes the worker that publishes articles at their hour.</summary>
internal sealed class ArticleWake : WorkerWake;

/// <summary>
/// Publishes the drafts whose hour has come, with the rights that whoever said the hour has at that moment. What may not be published stays a
/// draft, and its authors are told why.
/// </summary>
internal sealed class PublishDueArticles(AppDb database, PublishDraft publish, ArticleWake wake, TimeProvider clock) : IWorker
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    /// <inheritdoc />
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        // What is told to the authors is in the language of the house, whoever started the worker.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        var published = 0;
        foreach (var (id, slug, by) in await DueAsync(cancellation))
        {
            try
            {
                if (!await IsActiveAsync(by, cancellation)) throw new NotFoundException();
                await publish.ExecuteAsync(Viewer.Member(by), slug, id, cancellation);
                published++;
            }
            catch (Exception refusal) when (refusal is NotFoundException or ForbiddenException or InvalidInputException)
            {
                await LeaveAsync(id, refusal is NotFoundException ? ArticlesTexts.FailureGone : refusal.Message, cancellation);
            }
        }

        return published;
    }

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => wake.WaitAsync(Pause, cancellation);

    private async Task<List<(Guid Id, string Slug, Guid By)>> DueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await db.Set<ArticleDraft>().Where(d => d.PublishAt <= now && d.ScheduledById != null).OrderBy(d => d.PublishAt)
            .Select(d => new { d.Id, d.Group!.Slug, By = d.ScheduledById!.Value }).ToListAsync(cancellation);
        return [.. due.Select(d => (d.Id, d.Slug, d.By))];
    }

    private async Task<bool> IsActiveAsync(Guid memberId, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await db.Members.AnyAsync(m => m.Id == memberId && m.State == MemberState.Active, cancellation);
    }

    private Task<bool> LeaveAsync(Guid id, string why, CancellationToken cancellation) => database.TransactAsync(Viewer.System, async (db, token) =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var failure = Excerpt.Cut(why, ArticleDraft.FailureLength);
        // Published, taken back or told by another process meanwhile.
        if (await db.Set<ArticleDraft>().Where(d => d.Id == id && d.PublishAt <= now).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.PublishAt, (DateTime?)null).SetProperty(d => d.ScheduledById, (Guid?)null).SetProperty(d => d.Failure, failure).SetProperty(d => d.Version, d => d.Version + 1), token) == 0) return false;

        var authors = await db.Set<DraftAuthor>().Where(a => a.DraftId == id).Select(a => a.MemberId).ToListAsync(token);
        var groupId = await db.Set<ArticleDraft>().Where(d => d.Id == id).Select(d => d.GroupId).FirstAsync(token);
        foreach (var author in authors) db.Activities.Add(new Activity { Kind = LeftInDraft.NoticeKind, GroupId = groupId, ActorId = author, SubjectId = author, Particulars = LeftInDraft.ParticularsOf(id), At = now });
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
