using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Modules;

/// <summary>A content that an administrator shows on the platform's home page.</summary>
public sealed record FeaturedContent
{
    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Address from the root.</summary>
    public required string Address { get; init; }

    /// <summary>A sentence or two, plain text.</summary>
    public required string Text { get; init; }

    /// <summary>Who wrote it, in order.</summary>
    public required IReadOnlyList<string> Authors { get; init; }

    /// <summary>In whose name its first author spoke, or null.</summary>
    public string? Organisation { get; init; }

    /// <summary>Name of its group.</summary>
    public required string GroupName { get; init; }

    /// <summary>Address of its cover from the root, or null.</summary>
    public string? CoverAddress { get; init; }

    /// <summary>First publication.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Since when it is shown there.</summary>
    public required DateTime FeaturedAt { get; init; }
}

/// <summary>
/// What a tool has among the contents that administrators show on the platform's home page: those of kinds with <see cref="Capability.Featured"/>. What the
/// viewer may not read, or only the members of a group, is left out at each reading.
/// </summary>
public interface IFeaturedContents
{
    /// <summary>Those that <paramref name="db"/>'s viewer may read, the one chosen last first.</summary>
    Task<IReadOnlyList<FeaturedContent>> ReadAsync(AppDbContext db, int most, CancellationToken cancellation);
}
