using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Veille.Sources;

/// <summary>Whether a source is asked.</summary>
public enum SourceState
{
    /// <summary>It is asked at its own rhythm.</summary>
    Active = 0,

    /// <summary>Its site said that it is gone for good (410); it is asked again only when somebody retries.</summary>
    Gone = 1,
}

/// <summary>
/// A feed of the web, or a page read by selectors, known once on the whole platform whoever follows it: it is fetched once. What a group
/// calls it and where it files it is a <see cref="GroupSource"/>.
/// </summary>
public sealed class Source : IFetched
{
    /// <summary>Longest address that is asked, in characters: it is indexed whole.</summary>
    public const int AddressLength = 800;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Its address, unique with <see cref="SelectorsKey"/>.</summary>
    public required string Address { get; set; }

    /// <summary>How a page without a feed is read: the selectors, as JSON; null for a feed.</summary>
    public string? Selectors { get; set; }

    /// <summary>Fingerprint of <see cref="Selectors"/>, empty for a feed: one page may be read in several ways.</summary>
    public string SelectorsKey { get; set; } = "";

    /// <summary>What it calls itself; its host until it was read once.</summary>
    public required string Title { get; set; }

    /// <summary>Address of its site, or null.</summary>
    public string? SiteAddress { get; set; }

    /// <summary>What it says of itself.</summary>
    public string? Description { get; set; }

    /// <summary>Language tag, or null.</summary>
    public string? Language { get; set; }

    /// <summary>Whether it is asked.</summary>
    public SourceState State { get; set; }

    /// <summary>When it is asked next (UTC).</summary>
    public required DateTime NextFetchAt { get; set; }

    /// <summary>Until when a process has it in hand.</summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>When it was asked last.</summary>
    public DateTime? LastFetchAt { get; set; }

    /// <summary>When it answered well last, changed or not.</summary>
    public DateTime? LastSuccessAt { get; set; }

    /// <summary>Date of its newest entry.</summary>
    public DateTime? LastEntryAt { get; set; }

    /// <summary>Entries of its last seven days, when it was read last: how often it is asked.</summary>
    public int EntriesInAWeek { get; set; }

    /// <summary>Validator of the last answer (<c>ETag</c>).</summary>
    public string? ETag { get; set; }

    /// <summary>Validator of the last answer (<c>Last-Modified</c>), as it was sent.</summary>
    public string? LastModified { get; set; }

    /// <summary>SHA-256 of the last body, so that a site without validators costs no reading.</summary>
    public string? BodyHash { get; set; }

    /// <summary>How the last fetch ended: name of a <see cref="SourceFault"/>.</summary>
    public SourceFault Fault { get; set; }

    /// <summary>HTTP status behind <see cref="Fault"/>, where there was one.</summary>
    public int? FaultStatus { get; set; }

    /// <summary>Fetches that failed in a row.</summary>
    public int Failures { get; set; }

    /// <summary>Since when it fails.</summary>
    public DateTime? FailingSince { get; set; }

    /// <summary>When its animators were told that it fails; null while it does not, or not for long.</summary>
    public DateTime? FailureToldAt { get; set; }

    /// <summary>What had to be mended to read it, in short; null when it is sound.</summary>
    public string? Repairs { get; set; }

    /// <summary>Where it says it moved for good.</summary>
    public string? MovedTo { get; set; }

    /// <summary>Since when it says so, always the same address.</summary>
    public DateTime? MovedSince { get; set; }
}

/// <summary>What is wrong with a source.</summary>
public enum SourceFault
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>It was never asked.</summary>
    NeverAsked = 1,
    /// <summary>The site answered with an error.</summary>
    HttpError = 2,
    /// <summary>The site says that it is gone for good.</summary>
    Gone = 3,
    /// <summary>The name is not known.</summary>
    NameNotFound = 4,
    /// <summary>Nobody answers there.</summary>
    ConnectionFailed = 5,
    /// <summary>Its certificate is not valid.</summary>
    TlsFailure = 6,
    /// <summary>It took too long.</summary>
    TimedOut = 7,
    /// <summary>It is too large.</summary>
    TooLarge = 8,
    /// <summary>It sends from one address to another without end.</summary>
    TooManyRedirects = 9,
    /// <summary>It is not an address of the web at large.</summary>
    RefusedAddress = 10,
    /// <summary>What it answers is not HTTP.</summary>
    BadAnswer = 11,
    /// <summary>What it answers is no feed.</summary>
    NotAFeed = 12,
    /// <summary>The selectors find nothing on the page.</summary>
    NothingFound = 13,
}
