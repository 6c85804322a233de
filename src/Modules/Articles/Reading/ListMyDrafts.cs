using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Articles.Reading;

/// <summary>A draft of the viewer, with its group.</summary>
/// <param name="Draft">The draft.</param>
/// <param name="GroupSlug">Address of the group.</param>
/// <param name="GroupName">Its name.</param>
public sealed record MyDraft(DraftRow Draft, string GroupSlug, string GroupName);

/// <summary>Lists the drafts of which the viewer is an author, in every group.</summary>
internal sealed class ListMyDrafts(AppDb database)
{
    private const int Most = 100;

    /// <summary>Those that are to be published first, then the last changed.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    public async Task<IReadOnlyList<MyDraft>> ExecuteAsync(Viewer viewer, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();

        await using var db = database.Open(viewer);
        var (me, off) = (viewer.MemberId, db.GroupsWithout(ArticlesModule.ToolKey));
        var found = await db.Set<ArticleDraft>().AsNoTracking().Where(d => d.Authors.Any(a => a.MemberId == me) && !off.Contains(d.GroupId))
            .OrderBy(d => d.PublishAt == null).ThenBy(d => d.PublishAt).ThenByDescending(d => d.UpdatedAt).Take(Most)
            .Select(d => new { d.Id, d.Title, d.Audience, d.UpdatedAt, d.PublishAt, d.Failure, d.Group!.Slug, d.Group.Name, Others = d.Authors.Where(a => a.MemberId != me).OrderBy(a => a.Position).Select(a => a.Member!.Name).ToList() })
            .AsSingleQuery().ToListAsync(cancellation);
        return found.ConvertAll(d => new MyDraft(new(d.Id, d.Title, d.Audience, d.UpdatedAt, d.PublishAt, d.Failure, d.Others), d.Slug, d.Name));
    }
}
