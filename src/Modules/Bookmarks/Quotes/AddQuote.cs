using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Bookmarks.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;

namespace TerritoireCollab.Bookmarks.Quotes;

/// <summary>A passage as typed.</summary>
/// <param name="Id">Key proposed by the form, so that sending it twice quotes once; empty to let the database choose.</param>
/// <param name="Text">The passage, plain text.</param>
/// <param name="Note">What the member says of it, or null.</param>
/// <param name="IsPrivate">Whether it is for its author alone.</param>
public sealed record QuoteInput(Guid Id, string? Text, string? Note, bool IsPrivate);

/// <summary>Quotes a passage of the page of a bookmark: for the group whoever may comment, for himself each of its members.</summary>
internal sealed class AddQuote(AppDb database, Rights rights, ContentWriter writer, TimeProvider clock)
{
    /// <summary>Passages of one bookmark at most, for the group and for each member: it is a discussion of a page, not a copy of it.</summary>
    public const int Most = 50;

    /// <summary>Quotes it and returns its key.</summary>
    /// <exception cref="NotFoundException">The bookmark is absent or invisible.</exception>
    /// <exception cref="ForbiddenException">No member; or, for the group, a reader, a closed discussion, an archived group.</exception>
    /// <exception cref="InvalidInputException">Empty, too long, or one too many.</exception>
    public async Task<Guid> ExecuteAsync(Viewer viewer, string shortId, QuoteInput input, CancellationToken cancellation)
    {
        try
        {
            return await database.TransactAsync(viewer, (db, token) => WriteAsync(db, shortId, input, token), cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate() && input.Id != Guid.Empty)
        {
            // The key is that of a passage of another bookmark.
            throw new NotFoundException();
        }
    }

    /// <summary>Breaks a rule for what is wrong with a passage and its note.</summary>
    public static void Check(Rules rules, QuoteInput input)
    {
        rules.Text(Plain(input.Text), nameof(input.Text), BookmarkQuote.TextLength);
        rules.Text(Plain(input.Note), nameof(input.Note), BookmarkQuote.NoteLength, required: false);
    }

    /// <summary>A text as it is kept; null when nothing is written.</summary>
    public static string? Plain(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.ReplaceLineEndings("\n").Trim();

    /// <summary>The row of a passage.</summary>
    public static BookmarkQuote RowOf(QuoteInput input, Guid itemId, Guid author, DateTime at) =>
        new() { Id = input.Id, ItemId = itemId, AuthorId = author, Text = Plain(input.Text)!, Note = Plain(input.Note), IsPrivate = input.IsPrivate, At = at };

    private async Task<Guid> WriteAsync(AppDbContext db, string shortId, QuoteInput input, CancellationToken cancellation)
    {
        await db.LockAsync(shortId, cancellation);
        var (item, _) = await rights.RequireItemAsync(db, PermissionFor(input.IsPrivate), shortId, cancellation);
        if (item.Kind != BookmarksModule.BookmarkKind) throw new NotFoundException();

        var me = db.Viewer.MemberId;
        var present = db.Set<BookmarkQuote>().Where(q => q.ItemId == item.Id);
        if (input.Id != Guid.Empty && await present.AnyAsync(q => q.Id == input.Id && q.AuthorId == me, cancellation)) return input.Id;

        var rules = new Rules();
        Check(rules, input);
        rules.Check(await present.CountAsync(q => q.RemovedAt == null && q.IsPrivate == input.IsPrivate, cancellation) < Most, nameof(input.Text), BookmarksTexts.TooManyQuotes.With(Most));
        rules.Demand();

        var now = clock.GetUtcNow().UtcDateTime;
        var quote = RowOf(input, item.Id, me, now);
        db.Add(quote);
        // What somebody keeps to himself leaves no trace that others could read.
        if (!input.IsPrivate)
        {
            writer.Record(db, ActivityKinds.Annotated, item);
            (item.LastActivityAt, item.LastActorId) = (now, me);
        }

        await db.SaveChangesAsync(cancellation);
        return quote.Id;
    }

    /// <summary>What lets quote a passage.</summary>
    public static Permission PermissionFor(bool isPrivate) => isPrivate ? GroupPermissions.Read : GroupPermissions.Comment;
}
