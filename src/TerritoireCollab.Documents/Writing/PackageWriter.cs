using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace TerritoireCollab.Documents.Writing;

/// <summary>
/// Writes a small archive forward, to a stream that need not seek: each part is made in memory, so that its size stands before it. The first part of
/// an OpenDocument must be stored so, which the framework's writer does only where it can go back.
/// </summary>
internal sealed class PackageWriter : IDisposable
{
    private const ushort Version = 20;
    private const ushort Utf8Names = 0x800;

    private readonly BinaryWriter _writer;
    private readonly uint _time;
    private readonly List<Entry> _entries = [];
    private long _position;

    public PackageWriter(Stream output, DateTimeOffset time)
    {
        _writer = new BinaryWriter(output, Encoding.UTF8, leaveOpen: true);
        _time = DosTime(time);
    }

    /// <summary>A part as it is.</summary>
    public void Store(string name, ReadOnlySpan<byte> content) => Write(name, content, content, 0);

    /// <summary>A picture, which is packed already.</summary>
    public void Store(string name, Func<Stream> open)
    {
        using var content = new MemoryStream();
        using (var source = open()) source.CopyTo(content);
        Store(name, content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <summary>A part of XML.</summary>
    public void Add(string name, Action<Stream> write)
    {
        using var content = new MemoryStream();
        write(content);
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(content.GetBuffer(), 0, (int)content.Length);
        Write(name, content.GetBuffer().AsSpan(0, (int)content.Length), packed.GetBuffer().AsSpan(0, (int)packed.Length), 8);
    }

    /// <summary>Writes the directory.</summary>
    public void Dispose()
    {
        var start = _position;
        foreach (var entry in _entries) WriteMember(entry);
        var size = _position - start;
        _writer.Write(0x06054b50);
        _writer.Write(0);
        _writer.Write((ushort)_entries.Count);
        _writer.Write((ushort)_entries.Count);
        _writer.Write((uint)size);
        _writer.Write((uint)start);
        _writer.Write((ushort)0);
        _writer.Dispose();
    }

    private void Write(string name, ReadOnlySpan<byte> content, ReadOnlySpan<byte> packed, ushort method)
    {
        var entry = new Entry(Encoding.UTF8.GetBytes(name), method, Crc32.HashToUInt32(content), (uint)packed.Length, (uint)content.Length, (uint)_position);
        _entries.Add(entry);
        _writer.Write(0x04034b50);
        WriteFields(entry);
        _writer.Write(entry.Name);
        _writer.Write(packed);
        _position += 30 + entry.Name.Length + packed.Length;
    }

    private void WriteMember(Entry entry)
    {
        _writer.Write(0x02014b50);
        _writer.Write(Version);
        WriteFields(entry);
        _writer.Write((ushort)0);
        _writer.Write((ushort)0);
        _writer.Write((ushort)0);
        _writer.Write(0);
        _writer.Write(entry.Offset);
        _writer.Write(entry.Name);
        _position += 46 + entry.Name.Length;
    }

    private void WriteFields(Entry entry)
    {
        _writer.Write(Version);
        _writer.Write(Utf8Names);
        _writer.Write(entry.Method);
        _writer.Write(_time);
        _writer.Write(entry.Crc);
        _writer.Write(entry.PackedLength);
        _writer.Write(entry.Length);
        _writer.Write((ushort)entry.Name.Length);
        _writer.Write((ushort)0);
    }

    private static uint DosTime(DateTimeOffset time)
    {
        var clock = time.Year is >= 1980 and < 2108 ? time.DateTime : new DateTime(1980, 1, 1);
        return (uint)(((clock.Year - 1980) << 25) | (clock.Month << 21) | (clock.Day << 16) | (clock.Hour << 11) | (clock.Minute << 5) | (clock.Second / 2));
    }

    private sealed record Entry(byte[] Name, ushort Method, uint Crc, uint PackedLength, uint Length, uint Offset);
}
