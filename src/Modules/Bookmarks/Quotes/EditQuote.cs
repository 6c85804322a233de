using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Quotes;
using TerritoireCollab.Platform.Resources;

namespace TerritoireCollab.Bookmarks.Quotes;

/// <summary>A passage as its form shows it.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Item">The bookmark's content row.</param>
/// <param name="Quote">The passage.</param>
public sealed record QuoteForm(Standing Standing, ContentItem Item, BookmarkQuote Quote);

/// <summary>Rewrites a passage and its note: whoever quotes it may, and nobody else.</summary>
internal sealed class EditQuote(AppDb database, Rights rights, ContentWriter writer)
{
    /// <summary>The passage as it stands.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Somebody else's.</exception>
    public async Task<QuoteForm> ReadAsync(Viewer viewer, string shortId, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (quote, standing) = await OwnAsync(db, shortId, id, cancellation);
        return new(standing, quote.Item, quote);
    }

    /// <summary>Saves the passage.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Somebody else's, or not allowed in the group any more.</exception>
    /// <exception cref="InvalidInputException">Empty, too long, or rewritten meanwhile.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, QuoteInput input, int version, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (quote, standing) = await OwnAsync(db, shortId, input.Id, token);
        rights.Require(AddQuote.PermissionFor(input.IsPrivate), standing, quote.AuthorId, quote.Item.LockedAt is not null && quote.IsPrivate && !input.IsPrivate);
        var rules = new Rules();
        AddQuote.Check(rules, input);
        rules.Check(quote.Version == version, nameof(input.Note), PlatformTexts.EditedMeanwhile);
        rules.Demand();

        var isNew = quote.IsPrivate && !input.IsPrivate;
        if (!quote.IsPrivate || isNew) writer.Record(db, ActivityKinds.Annotated, quote.Item, quiet: !isNew);
        (quote.Text, quote.Note, quote.IsPrivate) = (QuoteText.Plain(input.Text)!, QuoteText.Plain(input.Note), input.IsPrivate);
        quote.Version++;
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    private async Task<(BookmarkQuote Quote, Standing Standing)> OwnAsync(AppDbContext db, string shortId, Guid id, CancellationToken cancellation)
    {
        var (quote, standing) = await rights.RequireQuoteAsync(db, GroupPermissions.EditComment, shortId, id, cancellation);
        return quote.AuthorId == db.Viewer.MemberId ? (quote, standing) : throw new ForbiddenException(PlatformTexts.NotAllowed);
    }
}

/// <summary>Takes a passage off, and puts it back: its author may, and the animators where it is the group's.</summary>
internal sealed class RemoveQuote(AppDb database, Rights rights, ContentWriter writer, TimeProvider clock)
{
    /// <summary>Takes it off; nothing happens when it is gone already.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, Guid id, CancellationToken cancellation) => SetAsync(viewer, shortId, id, clock.GetUtcNow().UtcDateTime, cancellation);

    /// <summary>Puts it back.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task UndoAsync(Viewer viewer, string shortId, Guid id, CancellationToken cancellation) => SetAsync(viewer, shortId, id, null, cancellation);

    private Task<bool> SetAsync(Viewer viewer, string shortId, Guid id, DateTime? removedAt, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var quote = await db.MemberQuotes<BookmarkQuote>().Include(q => q.Item).FirstOrDefaultAsync(q => q.Id == id && q.Item.ShortId == shortId, token) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, quote.Item.GroupId, token);
        var may = QuoteRights.MayRemove(rights, standing, quote);
        // Whoever could not take it off was never told that it was there.
        if (!may && quote.RemovedAt is not null) throw new NotFoundException();
        if (!may) throw new ForbiddenException(PlatformTexts.NotAllowed);
        if (quote.RemovedAt is null == removedAt is null) return false;

        quote.RemovedAt = removedAt;
        quote.Version++;
        if (!quote.IsPrivate) writer.Record(db, ActivityKinds.Annotated, quote.Item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}

/// <summary>Erases at night the passages that were taken off as long ago as the trash is kept.</summary>
internal sealed class EraseQuotes(AppDb database, TimeProvider clock) : IRecurringJob
{
    /// <inheritdoc />
    public string Key => "favoris.passages";

    /// <summary>Every night at 3:45.</summary>
    public string Hours => "0 45 3 * * ?";

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellation)
    {
        var removed = clock.GetUtcNow().UtcDateTime - Retention.Trash;
        await using var db = database.Open(Viewer.System);
        await db.Set<BookmarkQuote>().IgnoreQueryFilters([AppDbContext.DeletedFilter]).Where(q => q.RemovedAt < removed).ExecuteDeleteAsync(cancellation);
    }
}
