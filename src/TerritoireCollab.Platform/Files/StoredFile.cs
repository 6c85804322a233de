namespace TerritoireCollab.Platform.Files;

/// <summary>What the antivirus says of bytes.</summary>
public enum FileCheck
{
    /// <summary>Nobody looked: there was no antivirus, or it takes none as large.</summary>
    None,

    /// <summary>It has not looked yet: they go out to nobody.</summary>
    Waiting,

    /// <summary>It found nothing.</summary>
    Clean,

    /// <summary>It found something: they go out to nobody.</summary>
    Quarantined,
}

/// <summary>What follows from what the antivirus says.</summary>
public static class FileChecks
{
    /// <summary>Whether the bytes go out to nobody.</summary>
    public static bool IsHeld(this FileCheck check) => check is FileCheck.Waiting or FileCheck.Quarantined;
}

/// <summary>Bytes kept by the file store under their own hash: the same content is kept once.</summary>
public sealed class StoredFile
{
    /// <summary>Longest name of what the antivirus found.</summary>
    public const int ThreatLength = 200;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>SHA-256 in hexadecimal: its place in the store.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Content type found by reading the first bytes, never the one announced.</summary>
    public required string ContentType { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>What the antivirus says.</summary>
    public FileCheck Check { get; set; }

    /// <summary>When it was asked; null when it never was.</summary>
    public DateTime? CheckedAt { get; set; }

    /// <summary>What it found, by its own name.</summary>
    public string? Threat { get; set; }
}
