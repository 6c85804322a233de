namespace TerritoireCollab.Syndication;

/// <summary>One news of a feed that was read. Texts are clean, addresses are absolute, http or https; what is absent is null.</summary>
public sealed record FeedItem
{
    /// <summary>
    /// What tells the item from the others of its feed, each time it is read: the identifier it gives itself, as written; where it gives
    /// none its address, else a checksum of its text; completed where the feed gives the same one twice.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Title, plain text on one line.</summary>
    public string? Title { get; init; }

    /// <summary>Address of the page.</summary>
    public Uri? Link { get; init; }

    /// <summary>Moment of publication, UTC, as the feed says: it may be in the future.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>Moment of the last change, UTC, as the feed says.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Authors, in order.</summary>
    public IReadOnlyList<FeedPerson> Authors { get; init; } = [];

    /// <summary>Categories, plain text, each once.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Short form, sanitised HTML. Null where the feed gives one text only and calls it the content.</summary>
    public string? Summary { get; init; }

    /// <summary>Whole text, sanitised HTML.</summary>
    public string? Content { get; init; }

    /// <summary>Files that come with it, each address once.</summary>
    public IReadOnlyList<FeedFile> Enclosures { get; init; } = [];

    /// <summary>Address of the page where readers comment.</summary>
    public Uri? Comments { get; init; }

    /// <summary>Picture that stands for the item, where the feed names one.</summary>
    public Uri? Picture { get; init; }

    /// <summary>The feed that the item was taken from, where it says so: its title and address.</summary>
    public FeedCredit? Source { get; init; }
}

/// <summary>A person named by a feed.</summary>
/// <param name="Text">The whole, as the feed shows it: « Nom (adresse) » where both are given.</param>
/// <param name="Name">The name alone, where there is one.</param>
/// <param name="Email">E-mail address. Feeds are public, people often do not know that it is there: it should not be shown further.</param>
/// <param name="Address">Page of the person.</param>
public sealed record FeedPerson(string Text, string? Name = null, string? Email = null, Uri? Address = null);

/// <summary>A file that comes with an item.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Type">Media type as written, or null.</param>
/// <param name="Length">Size in bytes, or null.</param>
public sealed record FeedFile(Uri Url, string? Type, long? Length);

/// <summary>The feed that an item was taken from.</summary>
/// <param name="Title">Its title, plain text.</param>
/// <param name="Address">Address of the feed or of its site.</param>
public sealed record FeedCredit(string? Title, Uri? Address);
