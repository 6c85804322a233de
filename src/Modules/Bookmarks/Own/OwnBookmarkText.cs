using TerritoireCollab.Bookmarks.Links;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Bookmarks.Own;

/// <summary>A link of one's own as typed.</summary>
/// <param name="Address">Address of the page.</param>
/// <param name="Title">Title.</param>
/// <param name="Note">What the member says of it.</param>
/// <param name="Tags">Tags separated by commas.</param>
public sealed record OwnBookmarkInput(string? Address, string? Title, string? Note, string? Tags);

/// <summary>What was typed, once it holds.</summary>
internal sealed record OwnBookmarkText
{
    private const int MostWords = 5000;

    /// <summary>Address of the page.</summary>
    public required Uri Address { get; init; }

    /// <summary>Its fingerprint.</summary>
    public required string Key { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Note.</summary>
    public required string Note { get; init; }

    /// <summary>Tags.</summary>
    public required IReadOnlyList<(string Slug, string Name)> Tags { get; init; }

    /// <summary>The text of an input.</summary>
    /// <exception cref="InvalidInputException">A field is empty or too long, or the address no page of the web.</exception>
    public static OwnBookmarkText Of(OwnBookmarkInput input)
    {
        var isAddress = PageAddress.TryParse(input.Address, out var address, out var fault);
        new Rules().Check(isAddress, nameof(input.Address), fault ?? "")
            .Text(input.Title, nameof(input.Title), ContentItem.TitleLength).Text(input.Note, nameof(input.Note), OwnBookmark.NoteLength, required: false).Demand();
        return new()
        {
            Address = address!,
            Key = Bookmark.KeyOf(address!),
            Title = input.Title!.Trim(),
            Note = (input.Note ?? "").Trim(),
            Tags = [.. TagList.Parse(input.Tags).Take(TagList.Most)],
        };
    }

    /// <summary>Writes it into a link that is kept, or about to be.</summary>
    public void Into(OwnBookmark bookmark)
    {
        (bookmark.Address, bookmark.AddressKey, bookmark.Title, bookmark.Note) = (Address.AbsoluteUri, Key, Title, Note);
        bookmark.Words = FoldedName.Of(string.Join(' ', [Title, Note, PageAddress.Name(Address), .. Tags.Select(t => t.Name)]), MostWords);
        bookmark.Tags.RemoveAll(t => !Tags.Any(w => w.Slug == t.Slug));
        foreach (var (slug, name) in Tags)
        {
            if (bookmark.Tags.Find(t => t.Slug == slug) is { } present) present.Name = name;
            else bookmark.Tags.Add(new OwnBookmarkTag { BookmarkId = bookmark.Id, Slug = slug, Name = name });
        }
    }
}
