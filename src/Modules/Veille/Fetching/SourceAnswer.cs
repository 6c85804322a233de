using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Veille.Hubs;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Fetching;

/// <summary>An entry of a source, as the pool takes it: texts plain, addresses absolute.</summary>
/// <param name="Identifier">What it is known by in its source.</param>
/// <param name="Address">Its page.</param>
/// <param name="Title">Title.</param>
/// <param name="Author">Author, or null.</param>
/// <param name="Excerpt">Its beginning.</param>
/// <param name="PublishedAt">Its date (UTC), or null.</param>
internal sealed record SourceEntry(string Identifier, Uri Address, string Title, string? Author, string Excerpt, DateTime? PublishedAt);

/// <summary>What a source says of itself.</summary>
/// <param name="Title">Title, or null.</param>
/// <param name="SiteAddress">Address of its site, or null.</param>
/// <param name="Description">Description, or null.</param>
/// <param name="Language">Language tag, or null.</param>
/// <param name="Repairs">What had to be mended to read it, or null.</param>
/// <param name="Entries">Its entries, as they stand in it.</param>
internal sealed record SourceReading(string? Title, string? SiteAddress, string? Description, string? Language, string? Repairs, IReadOnlyList<SourceEntry> Entries)
{
    /// <summary>How often it asks to be read; null when it does not say.</summary>
    public TimeSpan? RefreshInterval { get; init; }

    /// <summary>Hubs that it names.</summary>
    public IReadOnlyList<Uri> Hubs { get; init; } = [];

    /// <summary>The address that it gives itself; null when it gives none.</summary>
    public Uri? Self { get; init; }
}

/// <summary>What became of asking a source.</summary>
internal sealed record SourceAnswer
{
    /// <summary>The source.</summary>
    public required Guid SourceId { get; init; }
    /// <summary>When it was asked.</summary>
    public required DateTime At { get; init; }
    /// <summary>What is wrong, or nothing.</summary>
    public required SourceFault Fault { get; init; }
    /// <summary>How the fetch ended.</summary>
    public FetchOutcome Outcome { get; init; }
    /// <summary>HTTP status, where there was one.</summary>
    public int? Status { get; init; }
    /// <summary>What it says; null when it has not changed, or could not be read.</summary>
    public SourceReading? Reading { get; init; }
    /// <summary>The hub that it names, when it was read; null when it names none.</summary>
    public HubOffer? Offer { get; init; }
    /// <summary>SHA-256 of the body, when there was one.</summary>
    public string? BodyHash { get; init; }
    /// <summary>Validator to send back.</summary>
    public string? ETag { get; init; }
    /// <summary>Validator to send back.</summary>
    public string? LastModified { get; init; }
    /// <summary>Where it says it moved for good, or null.</summary>
    public string? MovedTo { get; init; }
    /// <summary>Entries of its last seven days.</summary>
    public int EntriesInAWeek { get; init; }
    /// <summary>When to ask again.</summary>
    public required DateTime NextFetchAt { get; init; }
}
