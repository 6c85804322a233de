using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Forum.Topics;

/// <summary>An answer to choose.</summary>
public sealed record AnswerChoice(int Number, string Author, string Extract, DateTime CreatedAt);

/// <summary>What an animator can do to a thread.</summary>
public sealed record ModerationView(
    Standing Standing, string ShortId, string Title, bool IsPinned, bool IsLocked,
    IReadOnlyList<AnswerChoice> Answers, int Page, int PageCount, IReadOnlyList<(string Slug, string Name)> Groups, IReadOnlyList<(string ShortId, string Title)> Threads);

/// <summary>Reads what the page of an animator's gestures shows.</summary>
internal sealed class ReadModeration(AppDb database, Rights rights)
{
    private const int PageSize = 50;
    private const int MostThreads = 100;
    private const int ExtractLength = 120;

    /// <summary>The gestures, with a page of the answers to choose from.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    public async Task<ModerationView> ExecuteAsync(Viewer viewer, string shortId, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (item, standing) = await rights.RequireTopicAsync(db, GroupPermissions.Moderate, shortId, cancellation);
        var pages = Math.Max(1, (item.CommentCount + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var answers = await db.Comments.AsNoTracking().Where(c => c.ItemId == item.Id && c.Kind == CommentKind.Message)
            .OrderBy(c => c.Number).Skip((page - 1) * PageSize).Take(PageSize)
            .Select(c => new AnswerChoice(c.Number, c.Author!.Name, c.Body, c.CreatedAt)).ToListAsync(cancellation);
        var groups = await MoveContent.GroupsAsync(db, item.GroupId, cancellation);
        var threads = await db.Set<Topic>().AsNoTracking().Where(t => t.Item.GroupId == item.GroupId && t.Id != item.Id && t.Item.Audience <= item.Audience)
            .OrderByDescending(t => t.Item.LastActivityAt).Take(MostThreads).Select(t => new { t.Item.ShortId, t.Item.Title }).ToListAsync(cancellation);
        return new(standing, shortId, item.Title, item.PinnedAt is not null, item.LockedAt is not null,
            [.. answers.Select(a => a with { Extract = Excerpt.Of(a.Extract, ExtractLength) })], page, pages,
            groups, [.. threads.Select(t => (t.ShortId, t.Title))]);
    }
}
