namespace TerritoireCollab.Syndication;

/// <summary>Families of formats that feeds come in.</summary>
public enum FeedDialect
{
    /// <summary>RSS 2.0, and RSS that says no version.</summary>
    Rss2,

    /// <summary>RSS 1.0 and 1.1, in RDF.</summary>
    Rss1,

    /// <summary>RSS 0.90 to 0.94, and CDF, of which RSS was born.</summary>
    Rss09,

    /// <summary>Atom 0.3 and 1.0.</summary>
    Atom,

    /// <summary>JSON Feed 1.0 and 1.1.</summary>
    Json,
}

/// <summary>Where a document comes from, as HTTP told it. All of it may be unknown.</summary>
public sealed record FeedOrigin
{
    /// <summary>Nothing is known.</summary>
    public static FeedOrigin Unknown { get; } = new();

    /// <summary>Value of <c>Content-Type</c>: only its charset counts, since servers lie about the rest.</summary>
    public string? ContentType { get; init; }

    /// <summary>Address of the document, after redirections.</summary>
    public Uri? Address { get; init; }

    /// <summary>Value of <c>Content-Location</c>, absolute or relative to <see cref="Address"/>.</summary>
    public string? ContentLocation { get; init; }
}

/// <summary>What a feed says. Texts are clean, addresses are absolute, http or https; what is absent is null.</summary>
public sealed record FeedReading
{
    /// <summary>Family of its format.</summary>
    public required FeedDialect Dialect { get; init; }

    /// <summary>What had to be mended or left out, in order. Empty for a sound document.</summary>
    public IReadOnlyList<FeedRepair> Repairs { get; init; } = [];

    /// <summary>Identifier that the feed gives itself, as written.</summary>
    public string? Id { get; init; }

    /// <summary>Title, plain text on one line.</summary>
    public string? Title { get; init; }

    /// <summary>Address of the site.</summary>
    public Uri? Link { get; init; }

    /// <summary>What the feed is about, sanitised HTML.</summary>
    public string? Description { get; init; }

    /// <summary>Language tag, as written.</summary>
    public string? Language { get; init; }

    /// <summary>Copyright line, plain text.</summary>
    public string? Rights { get; init; }

    /// <summary>Author of the whole feed.</summary>
    public FeedPerson? Author { get; init; }

    /// <summary>Categories of the whole feed, plain text.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Moment of its last change, UTC, as the feed says: it may be in the future.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Logo or banner.</summary>
    public Uri? Picture { get; init; }

    /// <summary>Small square icon.</summary>
    public Uri? Icon { get; init; }

    /// <summary>Address that the feed gives itself: the topic of a WebSub subscription.</summary>
    public Uri? Self { get; init; }

    /// <summary>WebSub hubs that announce its changes.</summary>
    public IReadOnlyList<Uri> Hubs { get; init; } = [];

    /// <summary>How often the feed asks to be read (<c>ttl</c>, <c>sy:updatePeriod</c>); not judged, it may be a minute or a year.</summary>
    public TimeSpan? RefreshInterval { get; init; }

    /// <summary>Its news, in the order of the document; no two have the same <see cref="FeedItem.Id"/>.</summary>
    public IReadOnlyList<FeedItem> Items { get; init; } = [];

    /// <summary>How many older items were left out, because there are more than <see cref="FeedReader.MostItems"/>.</summary>
    public int OmittedItems { get; init; }
}
