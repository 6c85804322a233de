using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Paging;

namespace TerritoireCollab.Platform.Comments;

/// <summary>A person in the API.</summary>
public sealed record ApiAuthor(string Handle, string Name, string? Organisation);

/// <summary>An answer in the API.</summary>
public sealed record ApiComment
{
    /// <summary>Its number in the thread.</summary>
    public required int Number { get; init; }
    /// <summary>Number of the answer it answers, or null.</summary>
    public int? ReplyTo { get; init; }
    /// <summary>Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>The passage of the content that it is about, or null.</summary>
    public string? Quote { get; init; }
    /// <summary>Since when what it says of the passage is settled, or null.</summary>
    public DateTime? ResolvedAt { get; init; }
    /// <summary>Sanitised HTML.</summary>
    public required string BodyHtml { get; init; }
    /// <summary>Who wrote it.</summary>
    public required ApiAuthor Author { get; init; }
    /// <summary>« Merci » given.</summary>
    public required int ThanksCount { get; init; }
    /// <summary>« Utile » given.</summary>
    public required int UsefulCount { get; init; }
    /// <summary>When it was written.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Last edit, or null.</summary>
    public DateTime? EditedAt { get; init; }
    /// <summary>Address of its place in the thread.</summary>
    public required string Url { get; init; }
}

/// <summary>An answer that a program writes.</summary>
/// <param name="Body">Markdown.</param>
/// <param name="ReplyTo">Number of the answer that it answers, or null.</param>
/// <param name="Quote">The passage of a page that it is about, word for word.</param>
/// <param name="QuoteBefore">The words before that passage, which tell it from others alike.</param>
public sealed record NewComment(string? Body, int? ReplyTo, string? Quote = null, string? QuoteBefore = null);

/// <summary>Reads the answers of any content for programs, with the rights of the screens, and publishes theirs.</summary>
public sealed class ReadComments(AppDb database, AddComment add, Faces faces, PlatformOptions site)
{
    /// <summary>A page of a content's answers, in the order of their numbers.</summary>
    /// <param name="viewer">The reader.</param>
    /// <param name="kind">Kind that the content must be of: others have their own addresses.</param>
    /// <param name="shortId">Short identifier of the content.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="limit">Answers on a page.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or of another kind.</exception>
    public async Task<CursorPage<ApiComment>> PageAsync(Viewer viewer, string kind, string shortId, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var place = await PlaceAsync(db, kind, shortId, cancellation);
        var from = after is null ? 0 : int.TryParse(after.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw PageCursor.Unknown();
        var rows = await db.Comments.AsNoTracking().Where(c => c.ItemId == place.Item.Id && c.Kind == CommentKind.Message && c.Number > from).OrderBy(c => c.Number).Take(limit + 1)
            .Select(c => new { Comment = c, c.Author!.Handle, c.Author.Name, Organisation = c.Organisation!.Name }).ToListAsync(cancellation);
        var shown = rows.Take(limit).Select(r => Json(r.Comment, new(r.Handle, r.Name, r.Organisation), place)).ToList();
        return new(shown, rows.Count > limit ? new PageCursor(shown[^1].CreatedAt, $"{shown[^1].Number}").ToString() : null);
    }

    /// <summary>Publishes an answer and reads it, wherever it stands by then; null when its writer may not read it there.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or of another kind.</exception>
    /// <exception cref="ForbiddenException">Reader, locked thread, archived group.</exception>
    /// <exception cref="InvalidInputException">Empty or too long.</exception>
    public async Task<ApiComment?> WriteAsync(Viewer viewer, string kind, string shortId, NewComment input, CancellationToken cancellation)
    {
        await using (var before = database.Open(viewer)) await PlaceAsync(before, kind, shortId, cancellation);
        var key = Guid.CreateVersion7();
        await add.ExecuteAsync(viewer, shortId, new AddCommentInput { Id = key, Body = input.Body ?? "", ReplyTo = input.ReplyTo, Quote = input.Quote, QuoteBefore = input.QuoteBefore }, cancellation);

        await using var db = database.Open(viewer);
        var row = await db.Comments.AsNoTracking().Where(c => c.Id == key)
            .Select(c => new { Comment = c, c.Author!.Handle, c.Author.Name, Organisation = c.Organisation!.Name, c.Item, c.Item.Group!.Slug }).FirstOrDefaultAsync(cancellation);
        return row is null ? null : Json(row.Comment, new(row.Handle, row.Name, row.Organisation), new(row.Item, row.Slug));
    }

    private static async Task<Place> PlaceAsync(AppDbContext db, string kind, string shortId, CancellationToken cancellation) =>
        await db.Items.AsNoTracking().Where(i => i.ShortId == shortId && i.Kind == kind).Select(i => new Place(i, i.Group!.Slug)).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();

    private ApiComment Json(Comment comment, ApiAuthor author, Place place) => new()
    {
        Number = comment.Number,
        ReplyTo = comment.ParentNumber,
        Body = comment.Body,
        Quote = comment.Quote,
        ResolvedAt = comment.ResolvedAt,
        BodyHtml = comment.BodyHtml,
        Author = author,
        ThanksCount = comment.ThanksCount,
        UsefulCount = comment.UsefulCount,
        CreatedAt = comment.CreatedAt,
        EditedAt = comment.EditedAt,
        Url = site.Absolute(faces.Of(place.Item.Kind).CommentAddress(place.Group, place.Item, comment.Number)).ToString(),
    };

    private sealed record Place(ContentItem Item, string Group);
}
