using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Links;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Platform.Content;

/// <summary>What the page of a content shows whatever tool made it; the tool adds its own.</summary>
public sealed record ContentView
{
    /// <summary>Its discussion, with its row and its group.</summary>
    public required CommentsView Comments { get; init; }

    /// <summary>Who wrote it.</summary>
    public required AuthorView Author { get; init; }

    /// <summary>Who wrote it with the author, in order.</summary>
    public IReadOnlyList<AuthorView> CoAuthors { get; init; } = [];

    /// <summary>Tags: address form and word.</summary>
    public required IReadOnlyList<(string Slug, string Name)> Tags { get; init; }

    /// <summary>What it was made from, and what was made from it.</summary>
    public required IReadOnlyList<LinkedContent> Links { get; init; }

    /// <summary>What the viewer chose for it.</summary>
    public Following? Following { get; init; }

    /// <summary>Number of the last comment that the viewer had read before this page; null when it was never opened.</summary>
    public int? ReadBefore { get; init; }

    /// <summary>Whether the viewer may edit it.</summary>
    public required bool MayEdit { get; init; }

    /// <summary>Whether the viewer may put it into the trash.</summary>
    public required bool MayRemove { get; init; }

    /// <summary>Whether the viewer may pin, close and move it.</summary>
    public required bool MayModerate { get; init; }

    /// <summary>Whether the viewer may show it on the platform's home page, or take it off.</summary>
    public bool MayFeature { get; init; }

    /// <summary>The group.</summary>
    public Standing Standing => Comments.Standing;

    /// <summary>The shared row.</summary>
    public ContentItem Item => Comments.Item;

    /// <summary>Its address, relative to the base.</summary>
    public string Address => Comments.Address;

    /// <summary>Its text as the message that opens its discussion.</summary>
    /// <param name="html">Sanitised HTML.</param>
    /// <param name="editedAt">Last edit.</param>
    public CommentView Opening(string html, DateTime? editedAt) => new()
    {
        Id = Item.Id,
        Number = 0,
        RootNumber = 0,
        Kind = CommentKind.Message,
        Author = Author,
        Html = html,
        CreatedAt = Item.CreatedAt,
        EditedAt = editedAt,
        ThanksCount = Item.ThanksCount,
        UsefulCount = Item.UsefulCount,
        ThankedByMe = Comments.Comments.ItemThankedByMe,
        UsefulToMe = Comments.Comments.ItemUsefulToMe,
        Files = Comments.Comments.ItemFiles,
    };
}
