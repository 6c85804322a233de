namespace TerritoireCollab.Platform.Fetching;

/// <summary>What is asked of another site.</summary>
public sealed record FetchRequest
{
    /// <summary>Address.</summary>
    public required Uri Address { get; init; }

    /// <summary>Value of <c>Accept</c>.</summary>
    public string Accept { get; init; } = Feeds;

    /// <summary>Validator of what is known already (<c>If-None-Match</c>), as the site gave it.</summary>
    public string? ETag { get; init; }

    /// <summary>Validator of what is known already (<c>If-Modified-Since</c>), as the site gave it.</summary>
    public string? LastModified { get; init; }

    /// <summary>Most bytes of the body, once decompressed.</summary>
    public int MostBytes { get; init; } = 5 * 1024 * 1024;

    /// <summary>What is sent: the request is then a POST, and no redirect is followed.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>Media type of <see cref="Content"/>.</summary>
    public string ContentType { get; init; } = "application/x-www-form-urlencoded";

    /// <summary>Further header fields.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary><c>Accept</c> of who looks for a feed.</summary>
    public const string Feeds = "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/feed+json;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.5, */*;q=0.1";

    /// <summary><c>Accept</c> of who reads a page.</summary>
    public const string Pages = "text/html, application/xhtml+xml, */*;q=0.1";
}

/// <summary>How a fetch ended.</summary>
public enum FetchOutcome
{
    /// <summary>With a body.</summary>
    Ok = 0,
    /// <summary>What is known is still so (304).</summary>
    NotModified = 1,
    /// <summary>It is gone for good (410).</summary>
    Gone = 2,
    /// <summary>The site answered with another error.</summary>
    HttpError = 3,
    /// <summary>Not an address of the web at large.</summary>
    RefusedAddress = 4,
    /// <summary>The name is not known.</summary>
    NameNotFound = 5,
    /// <summary>Nobody answers there.</summary>
    ConnectionFailed = 6,
    /// <summary>Its certificate is not valid.</summary>
    TlsFailure = 7,
    /// <summary>It took too long.</summary>
    TimedOut = 8,
    /// <summary>More than asked for.</summary>
    TooLarge = 9,
    /// <summary>It sends from one address to another without end.</summary>
    TooManyRedirects = 10,
    /// <summary>What it answers is not HTTP, or is cut.</summary>
    BadAnswer = 11,
}

/// <summary>What came of a fetch.</summary>
public sealed record FetchResult
{
    /// <summary>How it ended.</summary>
    public required FetchOutcome Outcome { get; init; }

    /// <summary>Where it ended.</summary>
    public required Uri Address { get; init; }

    /// <summary>HTTP status, where there was one.</summary>
    public int? Status { get; init; }

    /// <summary>The body, decompressed.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Value of <c>Content-Type</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Value of <c>Content-Location</c>.</summary>
    public string? ContentLocation { get; init; }

    /// <summary>Validator to send back.</summary>
    public string? ETag { get; init; }

    /// <summary>Validator to send back.</summary>
    public string? LastModified { get; init; }

    /// <summary>Before when the site does not want to be asked again.</summary>
    public DateTimeOffset? RetryAfter { get; init; }

    /// <summary>Until when the answer is said to be fresh.</summary>
    public DateTimeOffset? FreshUntil { get; init; }

    /// <summary>Where the first address says that it moved for good: the end of the permanent redirects (301, 308) from the start; null without any.</summary>
    public Uri? MovedTo { get; init; }

    /// <summary>Links of the header (RFC 8288): relation and address.</summary>
    public IReadOnlyList<(string Relation, string Address)> Links { get; init; } = [];
}
