namespace TerritoireCollab.Platform.Files;

/// <summary>Bytes as the place where they are kept lists them.</summary>
/// <param name="Sha256">Their hash in hexadecimal.</param>
/// <param name="SentAt">When they were last sent (UTC).</param>
public sealed record KeptBytes(string Sha256, DateTime SentAt);

/// <summary>
/// Where bytes are kept, each content once under its SHA-256: a folder, or a bucket of object storage. Bytes appear whole or not at all and never
/// change. Only <see cref="FileStore"/> asks it.
/// </summary>
public interface IFileStore
{
    /// <summary>Keeps the bytes of a file that was written beside, whose hash the caller has computed. The file may be moved away; the caller erases what is left of it.</summary>
    /// <param name="sha256">Hash of its bytes.</param>
    /// <param name="file">The file, open for reading.</param>
    /// <param name="cancellation">Stops; nothing is kept then.</param>
    Task PutAsync(string sha256, FileStream file, CancellationToken cancellation);

    /// <summary>Opens them for reading from anywhere in them; null when they are not there.</summary>
    Task<Stream?> OpenAsync(string sha256, CancellationToken cancellation);

    /// <summary>When they were last sent (UTC); null when they are not there.</summary>
    Task<DateTime?> SentAtAsync(string sha256, CancellationToken cancellation);

    /// <summary>Notes that they were sent again.</summary>
    Task TouchAsync(string sha256, CancellationToken cancellation);

    /// <summary>Erases them, if they are there.</summary>
    Task EraseAsync(string sha256, CancellationToken cancellation);

    /// <summary>All that is kept.</summary>
    IAsyncEnumerable<KeptBytes> AllAsync(CancellationToken cancellation);
}
