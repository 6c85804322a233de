using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Revisions;

/// <summary>One edit.</summary>
/// <param name="Editor">Who made it.</param>
/// <param name="At">When.</param>
/// <param name="TitleBefore">The title before it, when it changed it.</param>
/// <param name="TitleAfter">The title after it, when it changed it.</param>
/// <param name="Parts">What it changed in the text, word by word.</param>
public sealed record EditView(string Editor, DateTime At, string? TitleBefore, string? TitleAfter, ImmutableArray<DiffPart> Parts);

/// <summary>The visible history of a content's own text or of one of its comments.</summary>
/// <param name="Standing">The group.</param>
/// <param name="ShortId">Short identifier of the content.</param>
/// <param name="Title">Title of the content.</param>
/// <param name="Number">Number of the comment; 0 for the content's own text.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Edits">The latest first.</param>
/// <param name="Address">Where the text stands now, from the root.</param>
public sealed record HistoryView(Standing Standing, string ShortId, string Title, int Number, string Author, DateTime CreatedAt, IReadOnlyList<EditView> Edits, string Address)
{
    /// <summary>Kind of the content.</summary>
    public required string Kind { get; init; }
}

/// <summary>Reads what a text was before each of its edits. Whoever may read the text may read its history.</summary>
public sealed class ReadHistory(AppDb database, Rights rights, Faces faces)
{
    private const int Most = 50;

    /// <summary>The history of the content's own text (number 0) or of a comment.</summary>
    /// <param name="viewer">The reader.</param>
    /// <param name="kind">Kind that the content must be of, or null for any.</param>
    /// <param name="shortId">Short identifier of the content.</param>
    /// <param name="number">Number of the comment; 0 for the content's own text.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or of another kind.</exception>
    public async Task<HistoryView> ExecuteAsync(Viewer viewer, string? kind, string shortId, int number, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var found = await db.Items.AsNoTracking().Where(i => i.ShortId == shortId && (kind == null || i.Kind == kind)).Select(i => new { Item = i, Author = i.Author!.Name }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        var item = found.Item;
        var standing = await rights.StandingAsync(db, item.GroupId, cancellation);
        var face = faces.Of(item.Kind);
        if (number == 0)
        {
            var body = (await face.BodiesAsync(db, [item.Id], cancellation)).GetValueOrDefault(item.Id, "");
            return new(standing, shortId, item.Title, 0, found.Author, item.CreatedAt, await EditsAsync(db, item.Id, item.Title, body, cancellation), face.Address(standing.Slug, item)) { Kind = item.Kind };
        }

        var comment = await db.Comments.AsNoTracking().Where(c => c.ItemId == item.Id && c.Number == number && c.Kind == CommentKind.Message)
            .Select(c => new { c.Id, c.Body, Author = c.Author!.Name, c.CreatedAt }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return new(standing, shortId, item.Title, number, comment.Author, comment.CreatedAt, await EditsAsync(db, comment.Id, null, comment.Body, cancellation), face.CommentAddress(standing.Slug, item, number)) { Kind = item.Kind };
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
