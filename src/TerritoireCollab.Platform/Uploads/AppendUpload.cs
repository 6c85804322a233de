using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Platform.Uploads;

/// <summary>A piece does not begin where the last one ended.</summary>
public sealed class UploadOffsetException() : Exception("The piece does not begin where the last one ended.");

/// <summary>A piece holds more than the file has left; none of it was kept.</summary>
public sealed class UploadTooLongException() : Exception("The piece is longer than what is missing.");

/// <summary>A piece is not what its checksum says; none of it was kept.</summary>
public sealed class UploadChecksumException() : Exception("The piece is not what its checksum says.");

/// <summary>Checksum of a piece, as its sender computed it.</summary>
/// <param name="Algorithm">Which.</param>
/// <param name="Value">The checksum.</param>
public sealed record PieceChecksum(HashAlgorithmName Algorithm, byte[] Value);

/// <summary>Adds a piece to an upload. What came before the connection was cut stays, and the next piece begins there.</summary>
public sealed class AppendUpload(AppDb database, UploadFolder folder, FinishUpload finish, TimeProvider clock)
{
    private const int BufferLength = 81_920;

    /// <summary>Adds it, and puts the file into the store when that was the last one.</summary>
    /// <exception cref="NotFoundException">Absent, given up, used, or of somebody else.</exception>
    /// <exception cref="UploadBusyException">Another request is adding to it.</exception>
    /// <exception cref="UploadOffsetException">Does not begin where the last piece ended.</exception>
    /// <exception cref="UploadTooLongException">Holds more than is missing.</exception>
    /// <exception cref="UploadChecksumException">Is not what its checksum says.</exception>
    /// <exception cref="StorageFullException">The disk is full: what came before stays.</exception>
    public async Task<UploadState> ExecuteAsync(Viewer viewer, Guid id, long offset, Stream piece, long? pieceLength, PieceChecksum? checksum, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(piece);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = database.Open(viewer);
        var upload = await ReadUploads.RequireAsync(db, id, now, cancellation);
        if (upload.Sha256 is not null) return offset == upload.Length ? await finish.ExecuteAsync(viewer, upload, cancellation) : throw new UploadOffsetException();

        long length;
        await using (var file = folder.Open(id) ?? throw new NotFoundException())
        {
            if (file.Length != offset) throw new UploadOffsetException();
            if (pieceLength > upload.Length - offset) throw new UploadTooLongException();

            length = await WriteAsync(file, upload, piece, checksum, cancellation);
        }

        if (length == upload.Length) return await finish.ExecuteAsync(viewer, upload, cancellation);

        var expires = now + Upload.Waits;
        await db.Uploads.Where(u => u.Id == id).ExecuteUpdateAsync(set => set.SetProperty(u => u.ExpiresAt, expires), cancellation);
        return new(upload.Name, length, upload.Length, expires);
    }

    private async Task<long> WriteAsync(FileStream file, Upload upload, Stream piece, PieceChecksum? checksum, CancellationToken cancellation)
    {
        try
        {
            file.Position = file.Length;
            if (checksum is null) await CopyAsync(piece, file, upload.Length - file.Length, null, cancellation);
            else await CheckedAsync(file, upload, piece, checksum, cancellation);
            return file.Length;
        }
        catch (IOException failure) when (StorageFullException.Is(failure))
        {
            throw new StorageFullException();
        }
    }

    // Beside first: bytes that nobody has checked must not count, not even after a process that ended in the middle.
    private async Task CheckedAsync(FileStream file, Upload upload, Stream piece, PieceChecksum checksum, CancellationToken cancellation)
    {
        await using var beside = folder.Beside(upload.Id);
        using var hash = IncrementalHash.CreateHash(checksum.Algorithm);
        await CopyAsync(piece, beside, upload.Length - file.Length, hash, cancellation);
        if (!CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), checksum.Value)) throw new UploadChecksumException();

        beside.Position = 0;
        await beside.CopyToAsync(file, BufferLength, cancellation);
    }

    private static async Task CopyAsync(Stream piece, FileStream file, long room, IncrementalHash? hash, CancellationToken cancellation)
    {
        var start = file.Length;
        var buffer = new byte[BufferLength];
        for (int read; (read = await piece.ReadAsync(buffer, cancellation)) > 0;)
        {
            room -= read;
            if (room < 0)
            {
                file.SetLength(start);
                throw new UploadTooLongException();
            }

            hash?.AppendData(buffer, 0, read);
            // Not given up in the middle: what came is kept.
            await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
        }
    }
}
