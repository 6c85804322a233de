using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Guests;

/// <summary>What somebody without an account is asked to take part in.</summary>
public sealed record GuestOffer
{
    /// <summary>When, where and the like, a line each.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Whether whoever comes by may ask to take part; invited people may whenever there is an offer. Only where everybody may read the content.</summary>
    public bool TakesAnybody { get; init; }

    /// <summary>Why nobody can take part any more; null while one can.</summary>
    public string? Closed { get; init; }
}

/// <summary>
/// A kind of content that people without an account take part in. One class a kind, found by injection; inviting, asking, links, refusals and the time that
/// addresses are kept are the same for all. The tool keeps what a guest answered by a foreign key to <see cref="Guest"/>, which cascades.
/// </summary>
public interface IGuestTool
{
    /// <summary>Key of the kind.</summary>
    string Kind { get; }

    /// <summary>The component that shows the content to a guest and takes the answer, by a parameter <c>Pass</c> (<see cref="GuestPass"/>).</summary>
    Type Page { get; }

    /// <summary>What a guest is asked to take part in; null when this content takes no guests.</summary>
    Task<GuestOffer?> OfferAsync(AppDbContext db, ContentItem item, CancellationToken cancellation);

    /// <summary>When those contents end, or ended; what has no end yet is left out, and its guests are kept.</summary>
    Task<IReadOnlyDictionary<Guid, DateTime>> EndsAsync(AppDbContext db, IReadOnlyCollection<Guid> items, CancellationToken cancellation);

    /// <summary>The guest takes no part any more, or is being removed: gives back what was held for them. The caller holds the content's row, and saves.</summary>
    Task LeftAsync(AppDbContext db, Guest guest, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>An iCalendar document that goes with the mail that invites (RFC 5546, REQUEST); null for none.</summary>
    Task<string?> CalendarAsync(AppDbContext db, ContentItem item, GuestAddress to, GroupLabel label, CancellationToken cancellation) => Task.FromResult<string?>(null);
}

/// <summary>Whom a mail about a content goes to.</summary>
/// <param name="PersonId">Key of the guest, or of the member.</param>
/// <param name="Email">The address.</param>
/// <param name="Name">The name, or empty.</param>
public sealed record GuestAddress(Guid PersonId, string Email, string Name);

/// <summary>A guest with the content, as the personal link opens it.</summary>
public sealed record GuestPass
{
    /// <summary>The token of the link.</summary>
    public required string Token { get; init; }
    /// <summary>The guest.</summary>
    public required Guest Guest { get; init; }
    /// <summary>The content.</summary>
    public required ContentItem Item { get; init; }
    /// <summary>Name of its group, or of the platform where the group is hidden.</summary>
    public required string GroupName { get; init; }
    /// <summary>Whether the group is archived, where nothing is answered any more.</summary>
    public required bool IsArchived { get; init; }
    /// <summary>What one takes part in.</summary>
    public required GuestOffer Offer { get; init; }
    /// <summary>Months after the end of the content for which the name and address are kept.</summary>
    public required int MonthsKept { get; init; }

    /// <summary>Address of the page, relative to the base.</summary>
    public string Address => GuestLinks.Path[1..] + Token;
}

/// <summary>The tools that take guests.</summary>
public sealed class GuestTools(IEnumerable<IGuestTool> tools)
{
    private readonly Dictionary<string, IGuestTool> _tools = tools.ToDictionary(t => t.Kind);

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<IGuestTool> All => _tools.Values;

    /// <summary>That of a kind; null when contents of that kind take no guests.</summary>
    public IGuestTool? Of(string kind) => _tools.GetValueOrDefault(kind);
}
