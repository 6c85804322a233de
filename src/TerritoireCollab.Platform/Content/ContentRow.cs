using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Paging;

namespace TerritoireCollab.Platform.Content;

/// <summary>A tool's entity with what programs are told of every content.</summary>
public sealed record ContentRow<T> where T : class, IContent
{
    /// <summary>The entity of the tool.</summary>
    public required T Content { get; init; }
    /// <summary>Its shared row.</summary>
    public required ContentItem Item { get; init; }
    /// <summary>Address form of its group.</summary>
    public required string Group { get; init; }
    /// <summary>Handle of the author.</summary>
    public required string Handle { get; init; }
    /// <summary>Name of the author.</summary>
    public required string Name { get; init; }
    /// <summary>What the author wrote it for, or null.</summary>
    public string? Organisation { get; init; }
    /// <summary>Names of its tags.</summary>
    public required List<string> Tags { get; init; }

    /// <summary>The author, as the API names one.</summary>
    public ApiAuthor Author => new(Handle, Name, Organisation);

    /// <summary>Where a page of the newest ends after this one.</summary>
    public PageCursor AtCreation => new(Item.CreatedAt, Item.ShortId);

    /// <summary>Where a page of the last moved ends after this one.</summary>
    public PageCursor AtLastActivity => new(Item.LastActivityAt, Item.ShortId);
}

/// <summary>Reads the contents of a tool for programs, a page at a time.</summary>
public static class ContentRows
{
    /// <summary>The newest first, from behind a cursor; one more than <paramref name="limit"/>, which tells <see cref="PageCursor.Next"/> that there is a page after.</summary>
    public static IQueryable<T> NewestFirst<T>(this IQueryable<T> contents, PageCursor? after, int limit) where T : class, IContent
    {
#pragma warning disable CA1309 // Translated to SQL, where the collation of the column compares.
        if (after is not null) contents = contents.Where(c => c.Item.CreatedAt < after.At || (c.Item.CreatedAt == after.At && string.Compare(c.Item.ShortId, after.Key) > 0));
#pragma warning restore CA1309
        return contents.OrderByDescending(c => c.Item.CreatedAt).ThenBy(c => c.Item.ShortId).Take(limit + 1);
    }

    /// <summary>The last moved first, from behind a cursor; one more than <paramref name="limit"/>, which tells <see cref="PageCursor.Next"/> that there is a page after.</summary>
    public static IQueryable<T> LastMovedFirst<T>(this IQueryable<T> contents, PageCursor? after, int limit) where T : class, IContent
    {
#pragma warning disable CA1309 // Translated to SQL, where the collation of the column compares.
        if (after is not null) contents = contents.Where(c => c.Item.LastActivityAt < after.At || (c.Item.LastActivityAt == after.At && string.Compare(c.Item.ShortId, after.Key) > 0));
#pragma warning restore CA1309
        return contents.OrderByDescending(c => c.Item.LastActivityAt).ThenBy(c => c.Item.ShortId).Take(limit + 1);
    }

    /// <summary>What programs are told of each.</summary>
    public static IQueryable<ContentRow<T>> Rows<T>(this IQueryable<T> contents, AppDbContext db) where T : class, IContent => contents.AsNoTracking().Select(c => new ContentRow<T>
    {
        Content = c,
        Item = c.Item,
        Group = c.Item.Group!.Slug,
        Handle = c.Item.Author!.Handle,
        Name = c.Item.Author.Name,
        Organisation = c.Item.Organisation!.Name,
        Tags = db.Tags.Where(t => t.ItemId == c.Id).OrderBy(t => t.Slug).Select(t => t.Name).ToList(),
    });

    /// <summary>The one of that short identifier.</summary>
    public static IQueryable<T> Of<T>(this IQueryable<T> contents, string shortId) where T : class, IContent => contents.Where(c => c.Item.ShortId == shortId);
}
