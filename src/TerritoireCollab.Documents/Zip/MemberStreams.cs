using System.IO.Hashing;

namespace TerritoireCollab.Documents.Zip;

/// <summary>What may still be unpacked from one archive.</summary>
internal sealed class UnpackBudget(ZipLimits limits)
{
    private long _left = limits.UnpackedBytes;

    /// <summary>Limits of the archive.</summary>
    public ZipLimits Limits { get; } = limits;

    /// <summary>Counts bytes that came out.</summary>
    public void Take(int count)
    {
        _left -= count;
        if (_left < 0) throw new DocumentException(DocumentFault.TooLarge);
    }
}

/// <summary>Read-only streams that cannot seek.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>The bytes of a member as they are packed: a stretch of the archive.</summary>
internal sealed class PackedStream(Stream archive, long start, long length) : ForwardStream
{
    private long _position;

    public override int Read(Span<byte> buffer)
    {
        archive.Position = start + _position;
        var read = archive.Read(buffer[..(int)Math.Min(buffer.Length, length - _position)]);
        _position += read;
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        archive.Position = start + _position;
        var read = await archive.ReadAsync(buffer[..(int)Math.Min(buffer.Length, length - _position)], cancellationToken).ConfigureAwait(false);
        _position += read;
        return read;
    }
}

/// <summary>A member unpacked: counts what comes out, stops at the limits, and compares length and checksum at the end.</summary>
internal sealed class UnpackedStream(Stream data, ZipMember member, UnpackBudget budget, CancellationToken cancellation) : ForwardStream
{
    private readonly Crc32 _crc = new();
    private long _count;
    private bool _isDone;

    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var read = data.Read(buffer);
            Count(buffer[..read], buffer.Length);
            return read;
        }
        catch (InvalidDataException error)
        {
            throw new DocumentException(DocumentFault.Broken, error);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var read = await data.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            Count(buffer.Span[..read], buffer.Length);
            return read;
        }
        catch (InvalidDataException error)
        {
            throw new DocumentException(DocumentFault.Broken, error);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) data.Dispose();
        base.Dispose(disposing);
    }

    private void Count(ReadOnlySpan<byte> bytes, int wanted)
    {
        if (bytes.IsEmpty && wanted > 0)
        {
            Check();
            return;
        }

        _count += bytes.Length;
        _crc.Append(bytes);
        budget.Take(bytes.Length);
        var limits = budget.Limits;
        if (_count > limits.MemberBytes || (_count > limits.RatioFrom && _count / limits.Ratio > member.PackedLength)) throw new DocumentException(DocumentFault.TooLarge);

        // More than it declares is never given out: whoever checked a quota against it was lied to.
        if (_count > member.DeclaredLength) throw new DocumentException(DocumentFault.Broken);
    }

    private void Check()
    {
        if (_isDone) return;
        _isDone = true;
        if (_count != member.DeclaredLength || _crc.GetCurrentHashAsUInt32() != member.Crc) throw new DocumentException(DocumentFault.Broken);
    }
}
