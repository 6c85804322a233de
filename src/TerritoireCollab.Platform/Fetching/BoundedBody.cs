using System.IO.Compression;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>Reads the body of an answer, never further than a size, whether packed or unpacked.</summary>
internal static class BoundedBody
{
    private const int MaxCodings = 2;

    /// <summary>The body: its bytes, and whether there were more than <paramref name="maxBytes"/>.</summary>
    /// <exception cref="InvalidDataException">It is packed in a way that is not known, or not as it says.</exception>
    public static async Task<(byte[] Bytes, bool IsLonger)> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellation)
    {
        var codings = content.Headers.ContentEncoding.SelectMany(c => c.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(c => !c.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToList();
        if (codings.Count > MaxCodings) throw new InvalidDataException("Packed too many times.");

        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var (bytes, isLonger) = await ReadAsync(stream, content.Headers.ContentLength, maxBytes, cancellation);

        // What was packed last is unpacked first. An empty body is empty, whatever it says it is packed in.
        for (var i = codings.Count - 1; i >= 0 && bytes.Length > 0; i--)
            (bytes, isLonger) = await UnpackAsync(bytes, codings[i], isLonger, maxBytes, cancellation);
        return (bytes, isLonger);
    }

    private static async Task<(byte[], bool)> UnpackAsync(byte[] packed, string coding, bool isCut, int maxBytes, CancellationToken cancellation)
    {
        await using var source = new MemoryStream(packed, writable: false);
        await using Stream unpacked = coding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            // Half of the servers mean the bare format, half the one with a header, which can be told (RFC 1950).
            "deflate" => packed.Length > 1 && (packed[0] & 0x0F) == 8 && ((packed[0] << 8) | packed[1]) % 31 == 0 ? new ZLibStream(source, CompressionMode.Decompress) : new DeflateStream(source, CompressionMode.Decompress),
            _ => throw new InvalidDataException($"Packed as {coding}."),
        };
        try
        {
            var (bytes, isLonger) = await ReadAsync(unpacked, null, maxBytes, cancellation);
            return (bytes, isLonger || isCut);
        }
        catch (InvalidOperationException failure)
        {
            // What Brotli throws about bad data.
            throw new InvalidDataException(failure.Message, failure);
        }
    }

    private static async Task<(byte[], bool)> ReadAsync(Stream stream, long? announced, int maxBytes, CancellationToken cancellation)
    {
        var buffer = new byte[Math.Min(maxBytes + 1L, announced is > 0 ? announced.Value + 1 : 16 * 1024)];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
            if (read == 0) break;

            length += read;
            if (length > maxBytes) return (buffer[..maxBytes], true);
            if (length == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, maxBytes + 1L));
        }

        return (buffer.Length == length ? buffer : buffer[..length], false);
    }
}
