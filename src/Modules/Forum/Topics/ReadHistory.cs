using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Forum.Topics;

/// <summary>One edit.</summary>
/// <param name="Editor">Who made it.</param>
/// <param name="At">When.</param>
/// <param name="TitleBefore">The title before it, when it changed it.</param>
/// <param name="TitleAfter">The title after it, when it changed it.</param>
/// <param name="Parts">What it changed in the text, word by word.</param>
public sealed record EditView(string Editor, DateTime At, string? TitleBefore, string? TitleAfter, ImmutableArray<DiffPart> Parts);

/// <summary>The visible history of a thread's first message or of an answer.</summary>
/// <param name="Standing">The group.</param>
/// <param name="ShortId">Short identifier of the thread.</param>
/// <param name="Title">Title of the thread.</param>
/// <param name="Number">Number of the answer; 0 for the first message.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Edits">The latest first.</param>
public sealed record HistoryView(Standing Standing, string ShortId, string Title, int Number, string Author, DateTime CreatedAt, IReadOnlyList<EditView> Edits);

/// <summary>Reads what a text was before each of its edits. Whoever may read the text may read its history.</summary>
internal sealed class ReadHistory(AppDb database, Rights rights)
{
    private const int Most = 50;

    /// <summary>The history of the first message (number 0) or of an answer.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    public async Task<HistoryView> ExecuteAsync(Viewer viewer, string shortId, int number, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var topic = await db.Set<Topic>().AsNoTracking().Where(t => t.Item.ShortId == shortId)
            .Select(t => new { t.Id, t.Body, t.Item.Title, t.Item.GroupId, Author = t.Item.Author!.Name, t.Item.CreatedAt }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, topic.GroupId, cancellation);
        if (number == 0)
            return new(standing, shortId, topic.Title, 0, topic.Author, topic.CreatedAt, await EditsAsync(db, topic.Id, topic.Title, topic.Body, cancellation));

        var answer = await db.Comments.AsNoTracking().Where(c => c.ItemId == topic.Id && c.Number == number && c.Kind == CommentKind.Message)
            .Select(c => new { c.Id, c.Body, Author = c.Author!.Name, c.CreatedAt }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return new(standing, shortId, topic.Title, number, answer.Author, answer.CreatedAt, await EditsAsync(db, answer.Id, null, answer.Body, cancellation));
    }

    private static async Task<IReadOnlyList<EditView>> EditsAsync(AppDbContext db, Guid targetId, string? title, string body, CancellationToken cancellation)
    {
        var revisions = await db.Revisions.AsNoTracking().Where(r => r.TargetId == targetId).OrderByDescending(r => r.At).Take(Most)
            .Select(r => new { r.Title, r.Body, Editor = r.Editor!.Name, r.At }).ToListAsync(cancellation);
        var edits = new List<EditView>(revisions.Count);
        foreach (var before in revisions)
        {
            var retitled = title is not null && before.Title is not null && before.Title != title;
            edits.Add(new(before.Editor, before.At, retitled ? before.Title : null, retitled ? title : null, TextDiff.Between(before.Body, body)));
            (title, body) = (before.Title ?? title, before.Body);
        }

        return edits;
    }
}
