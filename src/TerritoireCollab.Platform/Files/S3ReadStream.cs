using Amazon.S3;
using Amazon.S3.Model;

namespace TerritoireCollab.Platform.Files;

/// <summary>An object of a bucket, read from wherever it is asked for: a request begins at the first byte that is read and goes on as long as one reads on.</summary>
internal sealed class S3ReadStream(AmazonS3Client client, string bucket, string key, long length) : Stream
{
    private GetObjectResponse? _answer;
    private long _position;
    private long _answerAt;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= length || buffer.Length == 0) return 0;

        try
        {
            var content = await ContentAsync(cancellationToken);
            var read = await content.ReadAsync(buffer, cancellationToken);
            _position += read;
            _answerAt = _position;
            return read;
        }
        catch (Exception failure) when (S3Store.IsTheirs(failure))
        {
            throw new StorageUnavailableException(failure);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _answer?.Dispose();
        base.Dispose(disposing);
    }

    private async Task<Stream> ContentAsync(CancellationToken cancellation)
    {
        if (_answer is not null && _answerAt == _position) return _answer.ResponseStream;

        _answer?.Dispose();
        _answer = await client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key, ByteRange = new ByteRange(_position, length - 1) }, cancellation);
        _answerAt = _position;
        return _answer.ResponseStream;
    }
}
