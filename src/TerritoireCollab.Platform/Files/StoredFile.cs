namespace TerritoireCollab.Platform.Files;

/// <summary>Bytes kept by the file store under their own hash: the same content is kept once.</summary>
public sealed class StoredFile
{
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
}
