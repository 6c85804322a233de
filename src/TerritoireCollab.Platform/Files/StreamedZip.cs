using System.IO.Compression;
using System.Text;

namespace TerritoireCollab.Platform.Files;

/// <summary>A ZIP archive written into an answer while its files are read: nothing of it is kept in memory but the end of a file.</summary>
public sealed class StreamedZip : IAsyncDisposable
{
    // What the packer still holds when an entry ends, in bytes: a block of at most 64 KiB and its header.
    private const int EndOfEntry = 256 * 1024;

    private readonly BufferedStream _pending;
    private readonly ZipArchive _archive;

    private StreamedZip(BufferedStream pending, ZipArchive archive) => (_pending, _archive) = (pending, archive);

    /// <summary>Begins an archive.</summary>
    /// <param name="output">Where it goes; left open.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<StreamedZip> CreateAsync(Stream output, CancellationToken cancellation)
    {
        // The end of an entry is written synchronously, which an answer of the server does not take: it waits here for the next write.
        var pending = new BufferedStream(output, EndOfEntry);
        return new(pending, await ZipArchive.CreateAsync(pending, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellation));
    }

    /// <summary>Adds a file.</summary>
    /// <param name="path">Where it stands in the archive.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="level">How much time its packing may take.</param>
    /// <param name="at">When it was last written, on the clocks of its readers; now when null.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task AddAsync(string path, Stream content, CompressionLevel level, DateTimeOffset? at, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        var entry = _archive.CreateEntry(path, level);
        if (at is { } written) entry.LastWriteTime = written;
        await using var target = await entry.OpenAsync(cancellation);
        await content.CopyToAsync(target, cancellation);
        await _pending.FlushAsync(cancellation);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _archive.DisposeAsync();
        await _pending.FlushAsync();
    }
}
