using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Antivirus;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Files;

/// <summary>Bytes in the store.</summary>
/// <param name="Sha256">Their hash in hexadecimal, which is also their place.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="ContentType">Found by reading the first bytes.</param>
public sealed record StoredBytes(string Sha256, long Length, string ContentType)
{
    /// <summary>What the antivirus says of bytes that are new.</summary>
    public FileCheck Check { get; init; }
}

/// <summary>Where bytes are kept.</summary>
public enum FileStoreKind
{
    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A bucket of object storage.</summary>
    S3,
}

/// <summary>Section <c>Territoire:Files</c>.</summary>
public sealed record FileStoreOptions
{
    /// <summary>Folder of the store, and of what is on its way to it.</summary>
    public required string Folder { get; init; }

    /// <summary>Folder of what is being sent piece by piece.</summary>
    public string UploadFolder => Path.Combine(Folder, "depots");

    /// <summary>The bucket, when bytes are kept in one.</summary>
    public S3Options? S3 { get; init; }

    /// <summary>Where the antivirus listens; null when there is none.</summary>
    public ClamAvAddress? ClamAv { get; init; }

    /// <summary>Largest attachment sent with a form, in bytes.</summary>
    public long MaxLength { get; init; } = 25 * 1024 * 1024;

    /// <summary>Largest file sent piece by piece, in bytes.</summary>
    public long MaxUploadLength { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>How much a member may have sent, or begun to send, piece by piece and not used yet, in bytes.</summary>
    public long UploadQuota { get; init; } = 8L * 1024 * 1024 * 1024;

    /// <summary>Most bytes of the files of a group for which nothing else was chosen.</summary>
    public long GroupQuota { get; init; } = 5L * 1024 * 1024 * 1024;
}

/// <summary>
/// Files under the hash of their content. What comes in is written to a file beside while it is hashed, then handed over whole; where it is kept is
/// an <see cref="IFileStore"/>'s affair. What the antivirus has not let through goes out to nobody.
/// </summary>
public sealed class FileStore(IFileStore kept, FileStoreOptions options, AppDb database)
{
    private const int BufferLength = 81_920;

    /// <summary>Largest attachment sent with a form, in bytes.</summary>
    public long MaxLength => options.MaxLength;

    /// <summary>Copies <paramref name="content"/> into the store.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Stops; nothing is kept then.</param>
    /// <param name="most">Most bytes; by default those of an attachment sent with a form.</param>
    /// <exception cref="InvalidInputException">Empty, or larger than allowed: nothing is kept.</exception>
    /// <exception cref="StorageFullException">The disk is full: nothing is kept.</exception>
    public async Task<StoredBytes> AddAsync(Stream content, string name, CancellationToken cancellation, long? most = null)
    {
        var temporary = Temporary();
        try
        {
            await using var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous);
            var (hash, length, head) = await CopyAsync(content, file, name, most ?? options.MaxLength, cancellation);
            await KeepAsync(hash, file, cancellation);
            return Bytes(hash, length, head, name);
        }
        catch (IOException failure) when (StorageFullException.Is(failure))
        {
            throw new StorageFullException();
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>What bytes are.</summary>
    /// <param name="file">The bytes, read from their beginning.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<StoredBytes> ReadAsync(Stream file, string name, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        file.Position = 0;
        var head = new byte[FileTypes.HeadLength];
        var length = await file.ReadAtLeastAsync(head, FileTypes.HeadLength, throwOnEndOfStream: false, cancellation);
        file.Position = 0;
        return Bytes(Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)), file.Length, head.AsSpan(0, length), name);
    }

    /// <summary>Keeps a file that was written beside; it is gone from there afterwards.</summary>
    /// <param name="sha256">Its hash.</param>
    /// <param name="file">The file, open for reading.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="StorageFullException">The disk is full: nothing is kept.</exception>
    public async Task TakeAsync(string sha256, FileStream file, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            await KeepAsync(sha256, file, cancellation);
        }
        catch (IOException failure) when (StorageFullException.Is(failure))
        {
            throw new StorageFullException();
        }

        File.Delete(file.Name);
    }

    /// <summary>Puts bytes back that a backup holds and has checked.</summary>
    public async Task PutBackAsync(string sha256, Stream content, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (await kept.SentAtAsync(sha256, cancellation) is not null) return;

        var temporary = Temporary();
        try
        {
            await using var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous);
            await content.CopyToAsync(file, cancellation);
            await KeepAsync(sha256, file, cancellation);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Opens the bytes of that hash, to give them to somebody. They can be read from anywhere in them.</summary>
    /// <exception cref="NotFoundException">They are not in the store.</exception>
    /// <exception cref="FileHeldException">The antivirus has not looked at them yet, or has put them aside.</exception>
    public async Task<Stream> OpenAsync(string sha256, CancellationToken cancellation)
    {
        await using (var db = database.Open(Viewer.Anonymous))
        {
            var check = await db.Files.Where(f => f.Sha256 == sha256).Select(f => f.Check).FirstOrDefaultAsync(cancellation);
            if (check.IsHeld()) throw new FileHeldException(check);
        }

        return await OpenKeptAsync(sha256, cancellation) ?? throw new NotFoundException();
    }

    /// <summary>Opens the bytes of that hash for the platform itself; null when they are not in the store.</summary>
    public Task<Stream?> OpenKeptAsync(string sha256, CancellationToken cancellation) => kept.OpenAsync(sha256, cancellation);

    /// <summary>When the bytes of that hash were last sent (UTC); null when they are not there.</summary>
    public Task<DateTime?> SentAtAsync(string sha256, CancellationToken cancellation) => kept.SentAtAsync(sha256, cancellation);

    /// <summary>Erases the bytes of that hash, if they are there.</summary>
    public Task EraseAsync(string sha256, CancellationToken cancellation) => kept.EraseAsync(sha256, cancellation);

    /// <summary>All that the store holds.</summary>
    public IAsyncEnumerable<KeptBytes> AllAsync(CancellationToken cancellation) => kept.AllAsync(cancellation);

    /// <summary>Erases what a process was writing when it ended.</summary>
    /// <param name="before">What was written since may be on its way.</param>
    /// <returns>How many files.</returns>
    public int EraseUnfinished(DateTime before)
    {
        var folder = new DirectoryInfo(Path.Combine(options.Folder, "tmp"));
        var left = folder.Exists ? folder.GetFiles().Where(f => f.LastWriteTimeUtc < before).ToList() : [];
        foreach (var file in left) file.Delete();
        return left.Count;
    }

    private StoredBytes Bytes(string sha256, long length, ReadOnlySpan<byte> head, string name) =>
        new(sha256, length, FileTypes.Detect(head, name)) { Check = options.ClamAv is null ? FileCheck.None : FileCheck.Waiting };

    private string Temporary()
    {
        var folder = Path.Combine(options.Folder, "tmp");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, Guid.CreateVersion7().ToString("N"));
    }

    private async Task KeepAsync(string sha256, FileStream file, CancellationToken cancellation)
    {
        // Sent again: whoever clears away what nobody names leaves it the time to be named.
        if (await kept.SentAtAsync(sha256, cancellation) is not null) await kept.TouchAsync(sha256, cancellation);
        else await kept.PutAsync(sha256, file, cancellation);
    }

    private async Task<(string Hash, long Length, byte[] Head)> CopyAsync(Stream content, FileStream file, string name, long most, CancellationToken cancellation)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferLength];
        var head = Array.Empty<byte>();
        long length = 0;
        for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (length == 0) head = buffer[..Math.Min(read, FileTypes.HeadLength)];
            length += read;
            if (length > most) throw new InvalidInputException("Files", PlatformTexts.FileTooLarge.With(name, most / 1024 / 1024));
            sha.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        if (length == 0) throw new InvalidInputException("Files", PlatformTexts.FileEmpty.With(name));
        await file.FlushAsync(cancellation);
        return (Convert.ToHexStringLower(sha.GetHashAndReset()), length, head);
    }
}

/// <summary>The antivirus has not looked at a file yet, or has put it aside: it goes out to nobody.</summary>
/// <param name="check">Which of both.</param>
public sealed class FileHeldException(FileCheck check) : Exception(check == FileCheck.Quarantined ? PlatformTexts.FileQuarantined : PlatformTexts.FileWaits);

/// <summary>The disk that holds the files is full.</summary>
public sealed class StorageFullException : Exception
{
    /// <summary>With a sentence for the person.</summary>
    public StorageFullException() : base(PlatformTexts.StorageFull)
    {
    }

    /// <summary>Whether that is why something could not be written.</summary>
    public static bool Is(IOException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.HResult is unchecked((int)0x80070070) or 28;
    }
}
