using TerritoireCollab.Bookmarks.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Tags;

namespace TerritoireCollab.Bookmarks.Links;

/// <summary>A bookmark rewritten.</summary>
/// <param name="Content">Title, why it matters, audience, tags.</param>
/// <param name="Address">Address of the page, as typed; null leaves it.</param>
/// <param name="Version">The version that was read; another one means that somebody has edited since.</param>
public sealed record EditBookmarkInput(ContentInput Content, string? Address, int Version);

/// <summary>Rewrites a bookmark: pages move, and their links can be mended.</summary>
internal sealed class EditBookmark(AppDb database, EditContent edit)
{
    /// <summary>The bookmark as it stands, to fill the form.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<BookmarkForm> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (standing, bookmark, tags, members) = await edit.ReadAsync<Bookmark>(db, GroupPermissions.EditItem, shortId, cancellation);
        return new(standing, members, shortId, bookmark.Address, bookmark.Item.Title, bookmark.Body, tags, bookmark.Item.Audience, bookmark.Item.Version,
            await UsualTags.OfAsync(db, standing.GroupId, BookmarksModule.BookmarkKind, cancellation));
    }

    /// <summary>Saves the bookmark.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, the audience too wide, the address no page of the web or one that the group has already, or it was edited meanwhile.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, EditBookmarkInput input, CancellationToken cancellation)
    {
        string? fault = null;
        var address = input.Address is null || !PageAddress.TryParse(input.Address, out var typed, out fault) ? null : typed;
        return edit.ExecuteAsync(viewer, shortId, new Rewriting<Bookmark>
        {
            Content = input.Content,
            Version = input.Version,
            Check = async (db, bookmark, standing, rules) =>
            {
                rules.Check(fault is null, AddBookmark.AddressField, fault ?? "");
                if (address is null || Bookmark.KeyOf(address) is var key && key == bookmark.AddressKey) return;

                var present = await AddBookmark.FindAsync(db, standing.GroupId, key, bookmark.Id, cancellation);
                rules.Check(present is null, AddBookmark.AddressField, BookmarksTexts.AlreadyIn.With(present?.AlreadyBy ?? "", present?.Title ?? ""));
            },
            With = (_, bookmark) =>
            {
                if (address is not null && address.AbsoluteUri != bookmark.Address)
                    (bookmark.Address, bookmark.AddressKey, bookmark.CheckedAt, bookmark.Failures, bookmark.FailingSince) = (address.AbsoluteUri, Bookmark.KeyOf(address), null, 0, null);
                return Task.CompletedTask;
            },
        }, cancellation);
    }
}
