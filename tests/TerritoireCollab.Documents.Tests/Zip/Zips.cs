using System.IO.Compression;
using System.Text;

namespace TerritoireCollab.Documents.Tests.Zip;

/// <summary>Archives made for a test by the framework's writer, which takes any name.</summary>
internal static class Zips
{
    /// <summary>An archive of texts.</summary>
    public static MemoryStream Of(params (string Name, string Content)[] members) => Of([.. members.Select(m => (m.Name, Encoding.UTF8.GetBytes(m.Content)))]);

    /// <summary>An archive of bytes.</summary>
    public static MemoryStream Of(params (string Name, byte[] Content)[] members)
    {
        return Make(archive =>
        {
            foreach (var (name, content) in members)
            {
                using var stream = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                stream.Write(content);
            }
        });
    }

    /// <summary>An archive written by hand.</summary>
    public static MemoryStream Make(Action<ZipArchive> write, Encoding? names = null)
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true, names)) write(archive);
        file.Position = 0;
        return file;
    }

    /// <summary>
    /// An archive of one member that unpacks to zeros without end: sixteen megabytes packed once, then the same bytes again and again. What it declares
    /// is given.
    /// </summary>
    public static MemoryStream Bomb(string name, long unpacked, uint declared)
    {
        const int Chunk = 16 << 20;
        var block = new MemoryStream();
        using var deflate = new DeflateStream(block, CompressionLevel.Optimal);
        deflate.Write(new byte[Chunk]);
        deflate.Flush();
        var chunk = block.ToArray();

        var packed = new MemoryStream();
        for (long done = 0; done < unpacked; done += Chunk) packed.Write(chunk);
        packed.Write([0x03, 0x00]);
        return Raw(name, packed.ToArray(), declared);
    }

    /// <summary>An archive of one deflated member, every field as told.</summary>
    public static MemoryStream Raw(string name, byte[] packed, uint declared, int copies = 1, uint crc = 0)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var file = new MemoryStream();
        var writer = new BinaryWriter(file);
        writer.Write(0x04034b50);
        WriteFields(writer, crc, (uint)packed.Length, declared, bytes.Length);
        writer.Write(bytes);
        writer.Write(packed);
        var start = (uint)file.Position;
        for (var i = 0; i < copies; i++)
        {
            writer.Write(0x02014b50);
            writer.Write((ushort)20);
            WriteFields(writer, crc, (uint)packed.Length, declared, bytes.Length);
            writer.Write(new byte[14]);
            writer.Write(bytes);
        }

        var size = (uint)file.Position - start;
        writer.Write(0x06054b50);
        writer.Write(0);
        writer.Write((ushort)copies);
        writer.Write((ushort)copies);
        writer.Write(size);
        writer.Write(start);
        writer.Write((ushort)0);
        file.Position = 0;
        return file;
    }

    private static void WriteFields(BinaryWriter writer, uint crc, uint packed, uint declared, int nameLength)
    {
        writer.Write((ushort)20);
        writer.Write((ushort)0x800);
        writer.Write((ushort)8);
        writer.Write(0x5C6C_0000);
        writer.Write(crc);
        writer.Write(packed);
        writer.Write(declared);
        writer.Write((ushort)nameLength);
        writer.Write((ushort)0);
    }
}
