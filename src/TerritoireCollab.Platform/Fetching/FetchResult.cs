namespace TerritoireCollab.Platform.Fetching;

/// <summary>How a fetch ended.</summary>
public enum FetchOutcome
{
    /// <summary>An answer of 200 to 299, with its body.</summary>
    Ok = 0,
    /// <summary>Nothing new since the validators that were sent.</summary>
    NotModified = 1,
    /// <summary>410: gone for good.</summary>
    Gone = 2,
    /// <summary>Another status: see <see cref="FetchResult.Status"/>.</summary>
    HttpError = 3,
    /// <summary>The address, or one to which it redirects, may not be asked.</summary>
    RefusedAddress = 4,
    /// <summary>No such name.</summary>
    NameNotFound = 5,
    /// <summary>No connection.</summary>
    ConnectionFailed = 6,
    /// <summary>The certificate is not to be believed, or the protection is too old.</summary>
    TlsFailure = 7,
    /// <summary>Too slow.</summary>
    TimedOut = 8,
    /// <summary>The body is larger than asked for.</summary>
    TooLarge = 9,
    /// <summary>A loop, or a chain too long.</summary>
    TooManyRedirects = 10,
    /// <summary>Not the HTTP that was announced: cut short, badly packed, an answer to another question.</summary>
    BadAnswer = 11,
}

/// <summary>
/// What came of a fetch. It is said in full or not at all: of an address that was refused, or that could not be connected to, nothing is told
/// that depends on what is there.
/// </summary>
/// <param name="Outcome">How it ended.</param>
public sealed record FetchResult(FetchOutcome Outcome)
{
    /// <summary>Status of the last answer; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>The body, decompressed; empty unless the outcome is <see cref="FetchOutcome.Ok"/>, or an answer to a post.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Whether the body was cut at the size asked for.</summary>
    public bool IsCut { get; init; }

    /// <summary>Content-Type, word for word.</summary>
    public string? ContentType { get; init; }

    /// <summary>Content-Location, made absolute.</summary>
    public Uri? ContentLocation { get; init; }

    /// <summary>ETag, word for word.</summary>
    public string? ETag { get; init; }

    /// <summary>Last-Modified, word for word.</summary>
    public string? LastModified { get; init; }

    /// <summary>Before which moment the server wishes not to be asked again (Retry-After).</summary>
    public DateTime? RetryAfter { get; init; }

    /// <summary>Until when the answer stays good (Cache-Control max-age, else Expires).</summary>
    public DateTime? FreshUntil { get; init; }

    /// <summary>The last address that answered; the one asked for when none did.</summary>
    public required Uri FinalAddress { get; init; }

    /// <summary>Where the address has moved for good: the end of an unbroken chain of 301 and 308 from the start; null without one.</summary>
    public Uri? PermanentAddress { get; init; }

    /// <summary>Hubs named by Link headers (WebSub).</summary>
    public IReadOnlyList<Uri> Hubs { get; init; } = [];

    /// <summary>The address that the server gives itself by a Link header; the topic, for a hub.</summary>
    public Uri? Self { get; init; }

    /// <summary>Values of <c>X-Robots-Tag</c>, word for word: what the site allows to be done with the page.</summary>
    public IReadOnlyList<string> Robots { get; init; } = [];

    /// <summary>Value of <c>TDM-Reservation</c>, word for word; <c>1</c> reserves the page from text and data mining.</summary>
    public string? Reservation { get; init; }
}
