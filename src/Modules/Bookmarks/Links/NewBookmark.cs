using TerritoireCollab.Bookmarks.Own;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Tags;

namespace TerritoireCollab.Bookmarks.Links;

/// <summary>What the form of a bookmark shows.</summary>
/// <param name="Standing">The group.</param>
/// <param name="PlatformMembers">Active members of the platform, for the sentence on who will read.</param>
/// <param name="ShortId">Short identifier, or null for a new one.</param>
/// <param name="Address">Address of the page.</param>
/// <param name="Title">Title.</param>
/// <param name="Body">Why it matters, in Markdown.</param>
/// <param name="Tags">Tags separated by commas.</param>
/// <param name="Audience">Who may read it.</param>
/// <param name="Version">Its version; 0 for a new one.</param>
/// <param name="UsualTags">The group's dictionary.</param>
public sealed record BookmarkForm(
    Standing Standing, int PlatformMembers, string? ShortId, string Address, string Title, string Body, string Tags, Audience Audience, int Version, IReadOnlyList<string> UsualTags);

/// <summary>Reads what the form of a new bookmark shows.</summary>
internal sealed class NewBookmark(AppDb database, Rights rights, KeepDrafts drafts)
{
    /// <summary>Key of the draft of a new bookmark in a group.</summary>
    public static string DraftKey(Guid groupId) => $"favori-nouveau/{groupId:N}";

    /// <summary>The form, filled with the draft that was kept, or with a link of the viewer's own list.</summary>
    /// <param name="viewer">Whoever adds.</param>
    /// <param name="groupSlug">The group.</param>
    /// <param name="own">Short identifier of the link of one's own to share, or null.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no bookmarks; or the viewer keeps no such link.</exception>
    /// <exception cref="ForbiddenException">The viewer may not add one there.</exception>
    public async Task<BookmarkForm> ExecuteAsync(Viewer viewer, string groupSlug, string? own, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, BookmarksModule.Add, groupSlug, cancellation);
        var draft = await drafts.ReadAsync(viewer, DraftKey(standing.GroupId), cancellation);
        var shared = own is null ? null : await EditOwnBookmark.ReadAsync(db, own, cancellation);
        return new(standing, await EditContent.PlatformMembersAsync(db, cancellation), null, shared?.Address ?? "", shared?.Title ?? "", shared?.Note is { Length: > 0 } note ? note : draft ?? "", shared?.Tags ?? "", standing.ProposedAudience, 0,
            await UsualTags.OfAsync(db, standing.GroupId, BookmarksModule.BookmarkKind, cancellation));
    }
}
