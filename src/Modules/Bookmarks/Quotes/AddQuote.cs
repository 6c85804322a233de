using TerritoireCollab.Bookmarks.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Quotes;

namespace TerritoireCollab.Bookmarks.Quotes;

/// <summary>A passage as typed.</summary>
/// <param name="Id">Key proposed by the form, so that sending it twice quotes once; empty to let the database choose.</param>
/// <param name="Text">The passage, plain text.</param>
/// <param name="Note">What the member says of it, or null.</param>
/// <param name="IsPrivate">Whether it is for its author alone.</param>
public sealed record QuoteInput(Guid Id, string? Text, string? Note, bool IsPrivate);

/// <summary>Quotes a passage of the page of a bookmark: for the group whoever may comment, for himself each of its members.</summary>
internal sealed class AddQuote(KeepQuote keep)
{
    /// <summary>Quotes it and returns its key; as many for the group as for each member.</summary>
    /// <exception cref="NotFoundException">The bookmark is absent or invisible.</exception>
    /// <exception cref="ForbiddenException">No member; or, for the group, a reader, a closed discussion, an archived group.</exception>
    /// <exception cref="InvalidInputException">Empty, too long, or one too many.</exception>
    public Task<Guid> ExecuteAsync(Viewer viewer, string shortId, QuoteInput input, CancellationToken cancellation) => keep.ExecuteAsync(viewer, shortId, new Quoting<BookmarkQuote>
    {
        Kind = BookmarksModule.BookmarkKind,
        Permission = PermissionFor(input.IsPrivate),
        Id = input.Id,
        Text = input.Text,
        Note = input.Note,
        Longest = BookmarkQuote.TextLength,
        Counted = q => q.RemovedAt == null && q.IsPrivate == input.IsPrivate,
        TooMany = BookmarksTexts.TooManyQuotes.With(KeepQuote.Most),
        Make = (item, author, at) => RowOf(input, item, author, at),
        IsSilent = input.IsPrivate,
    }, cancellation);

    /// <summary>Breaks a rule for what is wrong with a passage and its note.</summary>
    public static void Check(Rules rules, QuoteInput input) => QuoteText.Check(rules, input.Text, input.Note, BookmarkQuote.TextLength);

    /// <summary>The row of a passage.</summary>
    public static BookmarkQuote RowOf(QuoteInput input, Guid itemId, Guid author, DateTime at) =>
        new() { Id = input.Id, ItemId = itemId, AuthorId = author, Text = QuoteText.Plain(input.Text)!, Note = QuoteText.Plain(input.Note), IsPrivate = input.IsPrivate, At = at };

    /// <summary>What lets quote a passage.</summary>
    public static Permission PermissionFor(bool isPrivate) => isPrivate ? GroupPermissions.Read : GroupPermissions.Comment;
}
