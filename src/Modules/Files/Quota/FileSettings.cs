namespace TerritoireCollab.Files.Quota;

/// <summary>What was chosen for the files of a group. No row means the platform's own.</summary>
public sealed class FileSettings
{
    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>Most bytes of its files, as an administrator chose; null for the platform's own.</summary>
    public long? QuotaBytes { get; set; }

    /// <summary>Whether its files may be shared by a link without an account, as its animators chose.</summary>
    public bool AllowsSharing { get; set; }
}
