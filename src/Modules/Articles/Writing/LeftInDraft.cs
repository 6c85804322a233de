using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Faces;
using TerritoireCollab.Articles.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Articles.Writing;

/// <summary>An article that was not published at its hour, told to each of its authors: in their news and by mail.</summary>
internal sealed class LeftInDraft : IGroupNotice
{
    /// <summary>Kind of the activity.</summary>
    public const string NoticeKind = "articles.left-in-draft";

    public string Kind => NoticeKind;

    public bool IsPersonal => true;

    public string Speaker => ArticlesTexts.Articles;

    public string Address(string groupSlug) => ArticleAddress.List(groupSlug);

    public string Why(string groupName) => ArticlesTexts.LeftWhy.With(groupName);

    // Without the title, which other authors may have changed since the member left the group.
    public string Line(string groupName, ActivityParticulars particulars) => ArticlesTexts.LeftLine.With(groupName);

    public async Task<NoticeLetter?> WriteAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        var draft = await Left(db, activity).Select(d => new { d.Title, d.Failure, Group = d.Group!.Name }).FirstOrDefaultAsync(cancellation);
        if (draft is null) return null;

        return new(ArticlesTexts.LeftTitle, ArticlesTexts.LeftText.With(draft.Group), [(draft.Title.Length == 0 ? ArticlesTexts.Untitled : draft.Title, draft.Failure!)], ArticlesTexts.SeeMyDrafts);
    }

    public Task<bool> IsStillSoAsync(AppDbContext db, Activity activity, CancellationToken cancellation) => Left(db, activity).AnyAsync(cancellation);

    /// <summary>What the activity carries: which draft.</summary>
    public static string ParticularsOf(Guid draftId) => JsonSerializer.Serialize(new ActivityParticulars { Note = draftId.ToString("N") });

    /// <summary>Which draft the activity carries.</summary>
    public static Guid DraftOf(Activity activity) => Guid.TryParse(ActivityParticulars.Of(activity).Note, out var draftId) ? draftId : Guid.Empty;

    private static IQueryable<ArticleDraft> Left(AppDbContext db, Activity activity)
    {
        var id = DraftOf(activity);
        return db.Set<ArticleDraft>().Where(d => d.Id == id && d.Failure != null && d.Authors.Any(a => a.MemberId == activity.SubjectId));
    }
}
