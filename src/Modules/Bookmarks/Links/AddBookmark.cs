using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Bookmarks.Quotes;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Quotes;

namespace TerritoireCollab.Bookmarks.Links;

/// <summary>A bookmark to add.</summary>
/// <param name="Content">Title, why it matters, audience, tags.</param>
/// <param name="Address">Address of the page, as typed.</param>
/// <param name="Passage">A passage quoted from the page, or nothing.</param>
/// <param name="IsPassagePrivate">Whether the passage is for its author alone.</param>
public sealed record AddBookmarkInput(ContentInput Content, string? Address, string? Passage = null, bool IsPassagePrivate = false);

/// <summary>What became of it.</summary>
/// <param name="ShortId">The bookmark of that page.</param>
/// <param name="Title">Its title.</param>
/// <param name="AlreadyBy">Who had added it before; null when it was added now.</param>
public sealed record AddedBookmark(string ShortId, string Title, string? AlreadyBy);

/// <summary>Adds a bookmark to a group, once a page.</summary>
internal sealed class AddBookmark(PublishContent publish, TimeProvider clock)
{
    /// <summary>Name of the field of the address.</summary>
    public const string AddressField = nameof(AddBookmarkInput.Address);

    /// <summary>Publishes the bookmark; where the group has one of that page already, nothing is written and that one is told.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no bookmarks.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or only animators add bookmarks.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, the audience too wide, or the address no page of the web.</exception>
    public async Task<AddedBookmark> ExecuteAsync(Viewer viewer, string groupSlug, AddBookmarkInput input, CancellationToken cancellation)
    {
        var isAddress = PageAddress.TryParse(input.Address, out var address, out var fault);
        var key = isAddress ? Bookmark.KeyOf(address!) : "";
        var passage = QuoteText.Plain(input.Passage) is { } text ? new QuoteInput(Guid.Empty, text, null, input.IsPassagePrivate) : null;
        AddedBookmark? present = null;
        try
        {
            var shortId = await publish.ExecuteAsync(viewer, groupSlug, new Publication<Bookmark>
            {
                Permission = BookmarksModule.Add,
                Kind = BookmarksModule.BookmarkKind,
                // A passage says by itself why the page matters.
                Content = passage is null ? input.Content : input.Content with { IsBodyOptional = true },
                Check = async (db, standing, rules) =>
                {
                    rules.Check(isAddress, AddressField, fault ?? "");
                    rules.Text(passage?.Text, nameof(input.Passage), BookmarkQuote.TextLength, required: false);
                    present = isAddress ? await PresentAsync(db, standing.GroupId, key, input.Content.Id, cancellation) : null;
                    rules.Check(present is null, AddressField, "");
                },
                Make = item => new Bookmark { Id = item.Id, Item = item, Address = address!.AbsoluteUri, AddressKey = key },
                With = (db, bookmark, _) =>
                {
                    if (passage is not null) db.Add(AddQuote.RowOf(passage, bookmark.Item.Id, viewer.MemberId, clock.GetUtcNow().UtcDateTime));
                    return Task.CompletedTask;
                },
            }, cancellation);
            return new(shortId, input.Content.Title.Trim(), null);
        }
        catch (InvalidInputException) when (present is not null)
        {
            return present;
        }
    }

    // Two members who bring the same page at once: the second waits for the first, since whoever publishes in a group holds its row.
    private static async Task<AddedBookmark?> PresentAsync(AppDbContext db, Guid groupId, string key, Guid own, CancellationToken cancellation)
    {
        await ContentWriter.HoldCeilingAsync(db, groupId, cancellation);
        // The same form sent twice is told by its own key, further on.
        return await FindAsync(db, groupId, key, own, cancellation);
    }

    /// <summary>The bookmark of a page in a group, but for that one; null when there is none.</summary>
    public static Task<AddedBookmark?> FindAsync(AppDbContext db, Guid groupId, string key, Guid own, CancellationToken cancellation) =>
        db.Set<Bookmark>().AsNoTracking().Where(b => b.AddressKey == key && b.Item.GroupId == groupId && b.Id != own)
            .Select(b => new AddedBookmark(b.Item.ShortId, b.Item.Title, b.Item.Author!.Name)).FirstOrDefaultAsync(cancellation);
}
