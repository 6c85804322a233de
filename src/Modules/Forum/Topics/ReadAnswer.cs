using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Forum.Topics;

/// <summary>An answer as its form shows it.</summary>
public sealed record AnswerForm(Standing Standing, string ShortId, string Title, int Number, string Body, int Version);

/// <summary>Reads an answer to edit it.</summary>
internal sealed class ReadAnswer(AppDb database, Rights rights)
{
    /// <summary>The answer of that number.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<AnswerForm> ExecuteAsync(Viewer viewer, string shortId, int number, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var answer = await db.Comments.AsNoTracking().Where(c => c.Item.ShortId == shortId && c.Item.Kind == ForumModule.TopicKind && c.Number == number && c.Kind == CommentKind.Message)
            .Select(c => new { c.AuthorId, c.Body, c.Version, c.Item.GroupId, c.Item.Title }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, answer.GroupId, cancellation);
        rights.Require(GroupPermissions.EditComment, standing, answer.AuthorId);
        return new(standing, shortId, answer.Title, number, answer.Body, answer.Version);
    }
}
