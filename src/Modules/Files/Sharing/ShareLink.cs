using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Files.Sharing;

/// <summary>A link by which somebody without an account gets a file, for some days. Only the hash of its secret is kept.</summary>
public sealed class ShareLink
{
    /// <summary>Most days.</summary>
    public const int MostDays = 90;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The file.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The file, whose rights hold.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>Hash of the secret.</summary>
    public required string TokenHash { get; init; }

    /// <summary>Hash of the password; null when none is asked.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Until when it serves.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>How often the file may be downloaded by it; null for as often as one likes.</summary>
    public int? MostDownloads { get; init; }

    /// <summary>How often it was.</summary>
    public int Downloads { get; set; }

    /// <summary>Wrong passwords since <see cref="FailingSince"/>.</summary>
    public int Failures { get; set; }

    /// <summary>When the first of them was typed.</summary>
    public DateTime? FailingSince { get; set; }

    /// <summary>Who made it; it serves as long as that member may make it.</summary>
    public required Guid CreatedById { get; init; }

    /// <summary>Who made it.</summary>
    public Member? CreatedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was taken back.</summary>
    public DateTime? RevokedAt { get; set; }
}
