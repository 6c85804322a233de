using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Revisions;

namespace TerritoireCollab.Platform.Comments;

/// <summary>A comment rewritten.</summary>
/// <param name="Body">Markdown.</param>
/// <param name="Version">The version that was read; another one means that somebody has edited since.</param>
public sealed record EditCommentInput(string Body, int Version);

/// <summary>A comment as its form shows it.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Item">The content it stands under.</param>
/// <param name="Number">Its number.</param>
/// <param name="Body">Markdown.</param>
/// <param name="Version">Its version.</param>
public sealed record CommentForm(Standing Standing, ContentItem Item, int Number, string Body, int Version);

/// <summary>Rewrites a comment; what it was stays visible in its history.</summary>
public sealed class EditComment(AppDb database, Rights rights, Bodies bodies, ContentWriter writer, TimeProvider clock)
{
    /// <summary>The comment of that number as it stands, to fill the form.</summary>
    /// <param name="viewer">Who would edit it.</param>
    /// <param name="kind">Kind that the content must be of, or null for any.</param>
    /// <param name="shortId">Short identifier of the content.</param>
    /// <param name="number">Number of the comment.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or of another kind.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<CommentForm> ReadAsync(Viewer viewer, string? kind, string shortId, int number, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var comment = await db.Comments.AsNoTracking().Where(c => c.Item.ShortId == shortId && (kind == null || c.Item.Kind == kind) && c.Number == number && c.Kind == CommentKind.Message)
            .Select(c => new { c.AuthorId, c.Body, c.Version, c.Item }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, comment.Item.GroupId, cancellation);
        rights.Require(GroupPermissions.EditComment, standing, comment.AuthorId);
        return new(standing, comment.Item, number, comment.Body, comment.Version);
    }

    /// <summary>Saves the new text.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">Empty, too long, or edited meanwhile.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, int number, EditCommentInput input, CancellationToken cancellation) =>
        database.TransactAsync(viewer, (db, token) => WriteAsync(db, shortId, number, input, token), cancellation);

    private async Task<bool> WriteAsync(AppDbContext db, string shortId, int number, EditCommentInput input, CancellationToken cancellation)
    {
        await db.LockAsync(shortId, cancellation);
        var comment = await CommentRights.RequireAsync(db, rights, GroupPermissions.EditComment, shortId, number, cancellation);
        var rules = new Rules();
        Bodies.Check(rules, input.Body, nameof(input.Body));
        rules.Check(comment.Version == input.Version, nameof(input.Body), PlatformTexts.EditedMeanwhile);
        rules.Demand();
        if (comment.Body == input.Body) return false;

        var body = await bodies.RenderAsync(db, input.Body, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        db.Revisions.Add(new Revision { TargetId = comment.Id, ItemId = comment.ItemId, Body = comment.Body, EditorId = db.Viewer.MemberId, At = now });
        (comment.Body, comment.BodyHtml, comment.BodyRenderer, comment.EditedAt) = (input.Body, body.Html, body.Renderer, now);
        comment.Version++;
        writer.Record(db, ActivityKinds.CommentEdited, comment.Item, comment.Id, quiet: true);
        await db.SaveChangesAsync(cancellation);
        return true;
    }
}

/// <summary>Puts a comment into the trash, and takes it out.</summary>
public sealed class RemoveComment(AppDb database, Rights rights, ContentWriter writer, TimeProvider clock)
{
    /// <summary>Puts the comment into the trash.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, int number, CancellationToken cancellation) => SetAsync(viewer, shortId, number, true, cancellation);

    /// <summary>Takes the comment out of the trash.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task UndoAsync(Viewer viewer, string shortId, int number, CancellationToken cancellation) => SetAsync(viewer, shortId, number, false, cancellation);

    private Task<bool> SetAsync(Viewer viewer, string shortId, int number, bool removed, CancellationToken cancellation) =>
        database.TransactAsync(viewer, async (db, token) =>
        {
            await db.LockAsync(shortId, token);
            var comment = await CommentRights.RequireAsync(db, rights, GroupPermissions.RemoveComment, shortId, number, token);
            if (comment.DeletedAt is not null == removed) return false;

            comment.DeletedAt = removed ? clock.GetUtcNow().UtcDateTime : null;
            comment.DeletedById = removed ? viewer.MemberId : null;
            comment.Version++;
            writer.Record(db, ActivityKinds.CommentRemoved, comment.Item, comment.Id, quiet: true);
            await db.SaveChangesAsync(token);
            await db.Items.Where(i => i.Id == comment.ItemId).ExecuteUpdateAsync(
                set => set.SetProperty(i => i.CommentCount, i => i.CommentCount + (removed ? -1 : 1)), token);
            return true;
        }, cancellation);
}

internal static class CommentRights
{
    // The trash is opened on purpose: taking a comment out of it is asked of the same people as putting it in.
    public static async Task<Comment> RequireAsync(AppDbContext db, Rights rights, Permission permission, string shortId, int number, CancellationToken cancellation)
    {
        var comment = await db.Comments.IgnoreQueryFilters([AppDbContext.DeletedFilter]).Include(c => c.Item)
            .FirstOrDefaultAsync(c => c.Item.ShortId == shortId && c.Item.DeletedAt == null && c.Number == number && c.Kind == CommentKind.Message, cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, comment.Item.GroupId, cancellation);
        rights.Require(permission, standing, comment.AuthorId);
        return comment;
    }
}
