using TerritoireCollab.Bookmarks.Faces;
using TerritoireCollab.Bookmarks.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Bookmarks.Links;

/// <summary>What is known of a page before it is added.</summary>
/// <param name="Title">Its title; null when it does not answer, or says none.</param>
/// <param name="Said">What came of asking it, in a sentence.</param>
/// <param name="Already">Who has added it to the group, in a sentence; null when nobody has.</param>
/// <param name="AlreadyAddress">Where the bookmark of that page is, from the root.</param>
public sealed record AskedPage(string? Title, string Said, string? Already, string? AlreadyAddress);

/// <summary>Asks a page its title, and the group whether it has a bookmark of that page.</summary>
internal sealed class AskAboutPage(AppDb database, Rights rights, AskPage pages)
{
    /// <summary>What is known.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="groupSlug">The group that it is to be added to; null for one's own list.</param>
    /// <param name="typed">Address of the page, as typed.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="NotFoundException">Nobody is signed in, or the group is absent or hidden, or has no bookmarks.</exception>
    /// <exception cref="ForbiddenException">The viewer may not add one there.</exception>
    /// <exception cref="InvalidInputException">The address is none of a page of the web.</exception>
    public async Task<AskedPage> ExecuteAsync(Viewer viewer, string? groupSlug, string? typed, CancellationToken cancellation)
    {
        if (!PageAddress.TryParse(typed, out var address, out var fault)) throw new InvalidInputException(AddBookmark.AddressField, fault);

        var present = string.IsNullOrEmpty(groupSlug) ? null : await PresentAsync(viewer, groupSlug, address, cancellation);
        var facts = await pages.ExecuteAsync(viewer, address, cancellation);
        return new(
            facts?.Title is { } title ? Excerpt.Cut(title, ContentItem.TitleLength) : null,
            facts is null ? BookmarksTexts.TitleNotFound : facts.Description is { } description ? BookmarksTexts.TitleFoundWith.With(Excerpt.Cut(description, ContentItem.ExcerptLength)) : BookmarksTexts.TitleFound,
            present is null ? null : BookmarksTexts.AlreadyIn.With(present.AlreadyBy, present.Title),
            present is null ? null : BookmarkAddress.Of(groupSlug!, present.ShortId, present.Title));
    }

    private async Task<AddedBookmark?> PresentAsync(Viewer viewer, string groupSlug, Uri address, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, BookmarksModule.Add, groupSlug, cancellation);
        return await AddBookmark.FindAsync(db, standing.GroupId, Bookmark.KeyOf(address), Guid.Empty, cancellation);
    }
}
