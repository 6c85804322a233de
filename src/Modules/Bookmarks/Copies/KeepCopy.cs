using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Bookmarks.Links;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Bookmarks.Copies;

/// <summary>What became of keeping the text of a page.</summary>
public enum CopyOutcome
{
    /// <summary>It is kept.</summary>
    Kept = 0,
    /// <summary>The site does not answer, or not with a page.</summary>
    NotReached = 1,
    /// <summary>The site asks not to be copied.</summary>
    Reserved = 2,
    /// <summary>The page is for those who pay.</summary>
    Paywall = 3,
    /// <summary>No text stands out on the page.</summary>
    NothingFound = 4,
    /// <summary>The text is too long.</summary>
    TooLong = 5,
    /// <summary>The member keeps as many copies as one may.</summary>
    TooMany = 6,
}

/// <summary>Keeps the text of a page for the use of the member who asks for it, when its site lets it be kept; a page that is kept already is read anew.</summary>
internal sealed class KeepCopy(AppDb database, OutgoingClient client, TimeProvider clock)
{
    /// <summary>Copies of one member at most.</summary>
    public const int Most = 200;

    /// <summary>Asks the page and keeps its text. Where that fails, an earlier copy stays as it is.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in: strangers ask no other site through this one.</exception>
    /// <exception cref="InvalidInputException">The address is none of a page of the web.</exception>
    public async Task<CopyOutcome> ExecuteAsync(Viewer viewer, string? typed, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();
        if (!PageAddress.TryParse(typed, out var address, out var fault)) throw new InvalidInputException(AddBookmark.AddressField, fault);

        var key = Bookmark.KeyOf(address);
        await using (var db = database.Open(viewer))
            if (await db.OwnCopies().CountAsync(c => c.AddressKey != key, cancellation) >= Most) return CopyOutcome.TooMany;

        var answer = await client.FetchAsync(new FetchRequest(address) { Kind = FetchKind.Page }, cancellation);
        if (answer.Status is 401 or 402) return CopyOutcome.Paywall;
        if (answer.Outcome != FetchOutcome.Ok) return CopyOutcome.NotReached;
        if (answer.ContentType is { } type && !type.Contains("html", StringComparison.OrdinalIgnoreCase)) return CopyOutcome.NothingFound;

        var article = await ArticleReader.ReadAsync(answer, cancellation);
        if (article.Outcome != ArticleOutcome.Read)
            return article.Outcome switch { ArticleOutcome.Reserved => CopyOutcome.Reserved, ArticleOutcome.Paywall => CopyOutcome.Paywall, _ => CopyOutcome.NothingFound };
        if (article.Html.Length > PageCopy.HtmlLength) return CopyOutcome.TooLong;

        // The page's own title: what a group calls it is the group's.
        var title = PageReader.Read(answer.Body.Span, answer.ContentType, answer.FinalAddress).Title ?? PageAddress.Name(address);
        return await StoreAsync(viewer, address, key, Excerpt.Cut(title, ContentItem.TitleLength), article.Html, cancellation);
    }

    private async Task<CopyOutcome> StoreAsync(Viewer viewer, Uri address, string key, string title, string html, CancellationToken cancellation)
    {
        try
        {
            return await database.TransactAsync(viewer, async (db, token) =>
            {
                var now = clock.GetUtcNow().UtcDateTime;
                if (await db.OwnCopies().FirstOrDefaultAsync(c => c.AddressKey == key, token) is { } copy) (copy.Title, copy.Html, copy.At) = (title, html, now);
                else db.Add(new PageCopy { Id = Guid.CreateVersion7(), MemberId = viewer.MemberId, Address = address.AbsoluteUri, AddressKey = key, Title = title, Html = html, At = now });
                await db.SaveChangesAsync(token);
                return CopyOutcome.Kept;
            }, cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Asked for twice at once: the other one keeps it.
            return CopyOutcome.Kept;
        }
    }
}

/// <summary>Takes a copy away for good.</summary>
internal sealed class RemoveCopy(AppDb database)
{
    /// <summary>Erases it; nothing happens when it is gone already, and to others than its owner it never was.</summary>
    public async Task ExecuteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        await db.OwnCopies().Where(c => c.Id == id).ExecuteDeleteAsync(cancellation);
    }
}
