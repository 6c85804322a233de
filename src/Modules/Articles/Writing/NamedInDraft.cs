using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Faces;
using TerritoireCollab.Articles.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Articles.Writing;

/// <summary>A member was put among the authors of a draft: told to that member alone, in the news and by mail.</summary>
internal sealed class NamedInDraft : IGroupNotice
{
    /// <summary>Kind of the activity.</summary>
    public const string NoticeKind = "articles.named-in-draft";

    public string Kind => NoticeKind;

    public bool IsPersonal => true;

    public string Speaker => ArticlesTexts.Articles;

    public string Address(string groupSlug) => ArticleAddress.MyDrafts;

    public string Why(string groupName) => ArticlesTexts.LeftWhy.With(groupName);

    // Without the title, which other authors may have changed since the member left the group.
    public string Line(string groupName, ActivityParticulars particulars) => ArticlesTexts.NamedLine.With(groupName);

    public async Task<NoticeLetter?> WriteAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        var draft = await Named(db, activity).Select(d => new { d.Title, Group = d.Group!.Name, Authors = d.Authors.OrderBy(a => a.Position).Select(a => a.Member!.Name).ToList() }).AsSingleQuery().FirstOrDefaultAsync(cancellation);
        var by = await db.Members.Where(m => m.Id == activity.ActorId).Select(m => m.Name).FirstOrDefaultAsync(cancellation);
        if (draft is null || by is null) return null;

        return new(ArticlesTexts.NamedTitle, ArticlesTexts.NamedText.With(by, draft.Group), [(draft.Title.Length == 0 ? ArticlesTexts.Untitled : draft.Title, string.Join(", ", draft.Authors))], ArticlesTexts.SeeMyDrafts);
    }

    public Task<bool> IsStillSoAsync(AppDbContext db, Activity activity, CancellationToken cancellation) => Named(db, activity).AnyAsync(cancellation);

    private static IQueryable<ArticleDraft> Named(AppDbContext db, Activity activity)
    {
        var id = LeftInDraft.DraftOf(activity);
        return db.Set<ArticleDraft>().Where(d => d.Id == id && d.Authors.Any(a => a.MemberId == activity.SubjectId));
    }
}
