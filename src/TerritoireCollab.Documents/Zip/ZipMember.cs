namespace TerritoireCollab.Documents.Zip;

/// <summary>A member of an archive, as its central directory tells: nothing here is to be trusted.</summary>
public sealed record ZipMember
{
    /// <summary>Path, decoded, otherwise as written.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes that it says it unpacks to.</summary>
    public required long DeclaredLength { get; init; }

    /// <summary>Bytes that it says it takes in the archive.</summary>
    public required long PackedLength { get; init; }

    /// <summary>When it was changed, by the clock of whoever packed it; null when that is no date.</summary>
    public DateTime? Modified { get; init; }

    /// <summary>Whether it is protected by a password.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Whether its name or its attributes say that it is a folder.</summary>
    public bool IsFolder { get; init; }

    /// <summary>Whether it is a link, a device or a pipe of a Unix file system.</summary>
    public bool IsSpecial { get; init; }

    /// <summary>Whether its compression is one that is read here.</summary>
    public bool IsReadable => Method is Stored or Deflated;

    internal const int Stored = 0;
    internal const int Deflated = 8;

    internal int Method { get; init; }

    internal uint Crc { get; init; }

    internal long HeaderOffset { get; init; }

    // What its local header and its bytes take at least: two members that share bytes are a bomb.
    internal long LeastEnd => HeaderOffset + 30 + PackedLength;
}
