using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication;

/// <summary>A list of subscriptions to be published as OPML 2.0, with folders.</summary>
public sealed record OpmlDocument
{
    /// <summary>Value of the <c>Content-Type</c> header.</summary>
    public const string ContentType = "text/x-opml; charset=utf-8";

    /// <summary>Title, plain text.</summary>
    /// <exception cref="ArgumentException">Nothing legible is left.</exception>
    public required string Title { get; init => field = OpmlOutline.RequireText(value, nameof(Title)); }

    /// <summary>Moment the list was made. Given, never read from the clock.</summary>
    public required DateTimeOffset DateCreated { get; init; }

    /// <summary>Moment of the last change, where known.</summary>
    public DateTimeOffset? DateModified { get; init; }

    /// <summary>Name of the person or group whose list it is. E-mail addresses in it are dropped.</summary>
    public string? OwnerName { get; init => field = AuthorName.CleanOrNull(value); }

    /// <summary>Folders and subscriptions, in order.</summary>
    public IReadOnlyList<OpmlOutline> Outlines { get; init => field = [.. value]; } = [];
}
