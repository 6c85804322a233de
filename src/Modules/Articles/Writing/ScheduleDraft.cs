using TerritoireCollab.Articles.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Articles.Writing;

/// <summary>Says when a draft is to be published, or that it is not any more.</summary>
internal sealed class ScheduleDraft(AppDb database, Rights rights, ArticleWake wake, TimeProvider clock)
{
    /// <summary>Says that hour; null takes it back.</summary>
    /// <exception cref="NotFoundException">Absent, or the viewer is none of its authors.</exception>
    /// <exception cref="ForbiddenException">The viewer may not publish articles there.</exception>
    /// <exception cref="InvalidInputException">The hour is past, or the article is not whole.</exception>
    public Task ExecuteAsync(Viewer viewer, string groupSlug, Guid id, DateTime? at, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, ArticlesModule.WriteArticle, groupSlug, token);
        await db.LockDraftAsync(id, token);
        var draft = await DraftRights.RequireDraftAsync(db, standing.GroupId, id, token);
        if (at is { } moment)
        {
            var rules = new Rules();
            PublishDraft.Check(rules, draft, standing);
            CheckHour(rules, moment);
            rules.Demand();
        }

        (draft.PublishAt, draft.ScheduledById, draft.Failure) = (at, at is null ? null : viewer.MemberId, null);
        draft.Version++;
        await db.SaveChangesAsync(token);
        db.OnceCommitted(wake.Wake);
        return true;
    }, cancellation);

    /// <summary>Breaks a rule when that hour is not to come.</summary>
    public void CheckHour(Rules rules, DateTime moment) => rules.Check(moment > clock.GetUtcNow().UtcDateTime, ArticleFields.Date, ArticlesTexts.HourIsPast);
}
