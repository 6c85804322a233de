using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Quotes;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Platform.Revisions;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A marked passage as the form of its note shows it.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Item">The find's content row.</param>
/// <param name="Quote">The passage.</param>
public sealed record QuoteForm(Standing Standing, ContentItem Item, FindQuote Quote);

/// <summary>The note of a passage, rewritten.</summary>
/// <param name="Note">What is said of it; empty for nothing.</param>
/// <param name="Seen">The note that was read; another one by now means that somebody has rewritten it since.</param>
public sealed record EditQuoteInput(string? Note, string? Seen);

/// <summary>Rewrites the note of a passage: its author and the animators may. The passage itself is what the page says.</summary>
internal sealed class EditQuote(AppDb database, Rights rights, ContentWriter writer)
{
    /// <summary>The passage as it stands.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<QuoteForm> ReadAsync(Viewer viewer, string shortId, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (quote, standing) = await rights.RequireQuoteAsync(db, GroupPermissions.EditComment, shortId, id, cancellation);
        return new(standing, quote.Item, quote);
    }

    /// <summary>Saves the note.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">Too long, or rewritten meanwhile.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, Guid id, EditQuoteInput input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (quote, _) = await rights.RequireQuoteAsync(db, GroupPermissions.EditComment, shortId, id, token);
        var rules = new Rules();
        QuoteText.Check(rules, quote.Text, input.Note, FindQuote.TextLength);
        rules.Check(QuoteText.Plain(input.Seen) == quote.Note, nameof(input.Note), PlatformTexts.EditedMeanwhile);
        rules.Demand();

        quote.Note = QuoteText.Plain(input.Note);
        writer.Record(db, ActivityKinds.Annotated, quote.Item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}

/// <summary>
/// Takes a passage off a find, and puts it back. What was taken off is kept as older texts are, readable by nobody, until the nightly purge
/// finds that it belongs to nothing any more.
/// </summary>
internal sealed class RemoveQuote(AppDb database, Rights rights, ContentWriter writer, TimeProvider clock)
{
    /// <summary>Takes it off.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, Guid id, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (quote, _) = await rights.RequireQuoteAsync(db, GroupPermissions.RemoveComment, shortId, id, token);
        var kept = JsonSerializer.Serialize(new Kept(quote.AuthorId, quote.Text, quote.Note, quote.At));
        db.Revisions.Add(new Revision { TargetId = quote.Id, ItemId = quote.ItemId, Body = kept, EditorId = viewer.MemberId, At = clock.GetUtcNow().UtcDateTime });
        db.Remove(quote);
        writer.Record(db, ActivityKinds.Annotated, quote.Item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    /// <summary>Puts it back.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task UndoAsync(Viewer viewer, string shortId, Guid id, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        if (await db.MemberQuotes<FindQuote>().AnyAsync(q => q.Id == id && q.Item.ShortId == shortId, token)) return false;

        var removed = await db.Revisions.Include(r => r.Item).Where(r => r.TargetId == id && r.Item.ShortId == shortId && r.Item.Kind == VeilleModule.FindKind && r.TargetId != r.ItemId)
            .OrderByDescending(r => r.At).FirstOrDefaultAsync(token) ?? throw new NotFoundException();
        if (await db.Comments.IgnoreQueryFilters([AppDbContext.DeletedFilter]).AnyAsync(c => c.Id == id, token)) throw new NotFoundException();

        var kept = JsonSerializer.Deserialize<Kept>(removed.Body)!;
        var standing = await rights.StandingAsync(db, removed.Item.GroupId, token);
        // Whoever could not take it off was never told that it was there.
        if (!rights.Allows(GroupPermissions.RemoveComment, standing, kept.AuthorId)) throw new NotFoundException();

        db.Add(new FindQuote { Id = id, ItemId = removed.ItemId, AuthorId = kept.AuthorId, Text = kept.Text, Note = kept.Note, At = kept.At });
        db.Remove(removed);
        writer.Record(db, ActivityKinds.Annotated, removed.Item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    private sealed record Kept(Guid AuthorId, string Text, string? Note, DateTime At);
}
