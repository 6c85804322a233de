using System.Security.Cryptography;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Platform.Files;

/// <summary>Bytes in the store.</summary>
/// <param name="Sha256">Their hash in hexadecimal, which is also their place.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="ContentType">Found by reading the first bytes.</param>
public sealed record StoredBytes(string Sha256, long Length, string ContentType);

/// <summary>Section <c>Territoire:Files</c>.</summary>
public sealed record FileStoreOptions
{
    /// <summary>Folder of the store.</summary>
    public required string Folder { get; init; }

    /// <summary>Largest attachment, in bytes.</summary>
    public long MaxLength { get; init; } = 25 * 1024 * 1024;
}

/// <summary>
/// Files on disk under the hash of their content, outside what the web server serves. A file appears whole or not at all: it is written
/// beside, then renamed. Names given by people are never used as paths.
/// </summary>
public sealed class FileStore(FileStoreOptions options, TimeProvider clock)
{
    /// <summary>Largest attachment, in bytes.</summary>
    public long MaxLength => options.MaxLength;

    /// <summary>Copies <paramref name="content"/> into the store.</summary>
    /// <exception cref="InvalidInputException">Empty, or larger than allowed: nothing is kept.</exception>
    /// <exception cref="StorageFullException">The disk is full: nothing is kept.</exception>
    public async Task<StoredBytes> AddAsync(Stream content, string name, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(options.Folder, "tmp"));
        var temporary = Path.Combine(options.Folder, "tmp", Guid.CreateVersion7().ToString("N"));
        try
        {
            var (hash, length, head) = await CopyAsync(content, temporary, name, cancellation);
            var place = PathOf(hash);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            if (!File.Exists(place)) File.Move(temporary, place, overwrite: true);
            // Sent again: whoever clears away what nobody names leaves it the time to be named.
            else File.SetLastWriteTimeUtc(place, clock.GetUtcNow().UtcDateTime);
            return new(hash, length, FileTypes.Detect(head, name));
        }
        catch (IOException failure) when (failure.HResult is unchecked((int)0x80070070) or 28)
        {
            throw new StorageFullException();
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Opens the bytes of that hash.</summary>
    /// <exception cref="NotFoundException">They are not in the store.</exception>
    public Stream Open(string sha256)
    {
        var place = PathOf(sha256);
        return File.Exists(place)
            ? new FileStream(place, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, Options = FileOptions.Asynchronous | FileOptions.SequentialScan })
            : throw new NotFoundException();
    }

    /// <summary>Where the bytes of that hash are, or would be.</summary>
    public string PathOf(string sha256) => Path.Combine(options.Folder, sha256[..2], sha256[2..4], sha256);

    /// <summary>When the bytes of that hash were last sent (UTC); the year 1601 when they are not there.</summary>
    public DateTime SentAt(string sha256) => File.GetLastWriteTimeUtc(PathOf(sha256));

    /// <summary>Erases the bytes of that hash, if they are there.</summary>
    public void Erase(string sha256)
    {
        var place = PathOf(sha256);
        if (File.Exists(place)) File.Delete(place);
    }

    /// <summary>Hashes of all that the store holds.</summary>
    public IEnumerable<string> All() => Directory.Exists(options.Folder)
        ? Directory.EnumerateFiles(options.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).OfType<string>().Where(n => n.Length == 64)
        : [];

    private async Task<(string Hash, long Length, byte[] Head)> CopyAsync(Stream content, string path, string name, CancellationToken cancellation)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        var buffer = new byte[81920];
        var head = Array.Empty<byte>();
        long length = 0;
        for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (length == 0) head = buffer[..Math.Min(read, 512)];
            length += read;
            if (length > options.MaxLength) throw new InvalidInputException("Files", PlatformTexts.FileTooLarge.With(name, options.MaxLength / 1024 / 1024));
            sha.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        if (length == 0) throw new InvalidInputException("Files", PlatformTexts.FileEmpty.With(name));
        await file.FlushAsync(cancellation);
        return (Convert.ToHexStringLower(sha.GetHashAndReset()), length, head);
    }
}

/// <summary>The disk that holds the files is full.</summary>
public sealed class StorageFullException : Exception
{
    /// <summary>With a sentence for the person.</summary>
    public StorageFullException() : base(PlatformTexts.StorageFull)
    {
    }
}
