using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Bookmarks.Faces;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Quotes;

namespace TerritoireCollab.Bookmarks.Quotes;

/// <summary>A passage quoted from the page of a bookmark, in the API.</summary>
public sealed record ApiBookmarkQuote : ApiQuote
{
    /// <summary>As the API shows it.</summary>
    /// <param name="quote">The passage.</param>
    /// <param name="page">Address of the page that it stands on.</param>
    [SetsRequiredMembers]
    public ApiBookmarkQuote(QuoteView quote, string page) : base(quote, page) => IsPrivate = quote.IsPrivate;

    /// <summary>Whether its author alone reads it.</summary>
    public bool IsPrivate { get; init; }
}

/// <summary>A passage that a program quotes from the page of a bookmark.</summary>
/// <param name="Text">The passage, plain text, at most 1,000 characters.</param>
/// <param name="Note">What is said of it, plain text, at most 1,000 characters.</param>
/// <param name="IsPrivate">Whether its author alone reads it.</param>
public sealed record NewBookmarkQuote(string? Text, string? Note, bool IsPrivate) : NewQuote(Text, Note);

/// <summary>Reads quoted passages for programs, with the rights of the screens.</summary>
internal sealed class ReadQuotes(AppDb database, Rights rights, PlatformOptions site)
{
    /// <summary>Those of a bookmark, in the order in which they were quoted.</summary>
    /// <exception cref="NotFoundException">The bookmark is absent or invisible, or the viewer is no member of its group.</exception>
    public async Task<IReadOnlyList<ApiBookmarkQuote>> ExecuteAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var item = await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.ShortId == shortId && i.Kind == BookmarksModule.BookmarkKind, cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, item.GroupId, cancellation);
        if (!standing.IsMember && !viewer.SeesAll) throw new NotFoundException();

        var page = site.Absolute(BookmarkAddress.Of(standing.Slug, shortId, item.Title)).AbsoluteUri;
        return [.. (await rights.QuotesOfAsync(db, item.Id, standing, cancellation)).Select(q => new ApiBookmarkQuote(q, page))];
    }
}
