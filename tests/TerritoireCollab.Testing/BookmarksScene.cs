using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Bookmarks.Copies;
using TerritoireCollab.Bookmarks.Links;
using TerritoireCollab.Bookmarks.Quotes;
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

    /// <summary>Quotes a passage of the page of a bookmark, and returns its key.</summary>
    public static Task<Guid> QuotePassageAsync(this Scene scene, string bookmark, Member author, string text, string? note = null, bool isPrivate = false) =>
        scene.Instance.Services.GetRequiredService<AddQuote>().ExecuteAsync(Viewer.Member(author.Id), bookmark, new(Guid.Empty, text, note, isPrivate), default);

    /// <summary>A copy that a member keeps of a page, as the page said it; returns its key.</summary>
    public static async Task<Guid> CopyAsync(this Scene scene, Member owner, string address, string title, string html)
    {
        var copy = new PageCopy { Id = Guid.CreateVersion7(), MemberId = owner.Id, Address = address, AddressKey = Bookmark.KeyOf(new Uri(address)), Title = title, Html = html, At = scene.Now };
        await using var db = scene.Instance.Open(Viewer.System);
        db.Add(copy);
        await db.SaveChangesAsync();
        return copy.Id;
    }
}
