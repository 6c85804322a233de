using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Bookmarks.Links;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Testing;

/// <summary>Bookmarks for tests.</summary>
public static class BookmarksScene
{
    /// <summary>Adds a bookmark of a page of its own, and returns its short identifier.</summary>
    public static async Task<string> BookmarkAsync(this Scene scene, Group group, Member author, string title, string body = "Utile.", Audience? audience = null, string? tags = null, string? address = null)
    {
        var add = scene.Instance.Services.GetRequiredService<AddBookmark>();
        return (await add.ExecuteAsync(Viewer.Member(author.Id), group.Slug, new(new ContentInput { Title = title, Body = body, Audience = audience, Tags = tags }, address ?? $"https://exemple.invalid/{Guid.NewGuid():N}"), default)).ShortId;
    }
}
