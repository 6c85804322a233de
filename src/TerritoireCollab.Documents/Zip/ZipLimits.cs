namespace TerritoireCollab.Documents.Zip;

/// <summary>How much of an archive may be read. Sizes are counted as they are unpacked, never as they are declared.</summary>
public sealed record ZipLimits
{
    /// <summary>Limits for an office document: its text is wanted, not its pictures.</summary>
    public static ZipLimits Office { get; } = new();

    /// <summary>Most members.</summary>
    public int Members { get; init; } = 20_000;

    /// <summary>Most bytes of the central directory, which is kept in memory.</summary>
    public int DirectoryBytes { get; init; } = 16 << 20;

    /// <summary>Most bytes that all members read from one archive may give.</summary>
    public long UnpackedBytes { get; init; } = 128L << 20;

    /// <summary>Most bytes that one member may give.</summary>
    public long MemberBytes { get; init; } = 48L << 20;

    /// <summary>Most bytes unpacked from one byte, looked at beyond <see cref="RatioFrom"/>. Deflate itself stops at 1032.</summary>
    public int Ratio { get; init; } = 1_100;

    /// <summary>Bytes that a member may give before its ratio is looked at: a short file of blanks is no bomb.</summary>
    public long RatioFrom { get; init; } = 10L << 20;
}
