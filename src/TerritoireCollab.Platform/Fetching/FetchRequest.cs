namespace TerritoireCollab.Platform.Fetching;

/// <summary>What is hoped for, told to the server as <c>Accept</c>.</summary>
public enum FetchKind
{
    /// <summary>Whatever comes.</summary>
    Any = 0,
    /// <summary>A feed, or the page that names it.</summary>
    Feed = 1,
    /// <summary>A page.</summary>
    Page = 2,
    /// <summary>An answer for programs.</summary>
    Json = 3,
}

/// <summary>One thing to ask of another machine.</summary>
/// <param name="Address">Absolute address.</param>
public sealed record FetchRequest(Uri Address)
{
    /// <summary>Largest body by default: 5 MB, decompressed.</summary>
    public const int DefaultMaxBytes = 5 * 1024 * 1024;

    /// <summary>What is hoped for.</summary>
    public FetchKind Kind { get; init; }

    /// <summary>The validator that the last answer carried, word for word.</summary>
    public string? ETag { get; init; }

    /// <summary>The date that the last answer carried, word for word: some servers compare the text.</summary>
    public string? LastModified { get; init; }

    /// <summary>Largest body, in bytes, decompressed.</summary>
    public int MaxBytes { get; init; } = DefaultMaxBytes;

    /// <summary>Whether a longer body is cut instead of refused: the head of a page says what it is.</summary>
    public bool Cut { get; init; }

    /// <summary>GET, unless something is posted.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>What is posted.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>Media type of what is posted.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>Further headers, such as a signature or a key: they never follow a redirect to another host.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    internal bool IsRead => Method == HttpMethod.Get || Method == HttpMethod.Head;

    internal bool IsConditional => ETag is not null || LastModified is not null;
}
