using System.Buffers.Binary;
using System.Text;

namespace TerritoireCollab.Testing;

/// <summary>Small pictures made by hand, whole but for their pixels, with whatever a camera or somebody hostile puts beside them.</summary>
public static class Pictures
{
    /// <summary>What no reader of a photo may find in it.</summary>
    public const string Secret = "GPS 44.9333 4.8917 appareil-secret";

    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A PNG of that size, with further chunks before the pixels and bytes after the end, and words among the pixels.</summary>
    public static byte[] Png(int side = 8, bool secrets = false, bool truncated = false, string words = "")
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        (header[8], header[9]) = (8, 2);
        byte[] pixels = Chunk("IDAT", [0x78, 0x9C, 0x63, 0, 0, 0, 1, 0, 1, .. Text(words)]);
        return
        [
            .. Signature, .. Chunk("IHDR", header), .. secrets ? [.. Chunk("tEXt", Text("Comment\0" + Secret)), .. Chunk("eXIf", Text("MM\0*" + Secret)), .. Chunk("iTXt", Text(Secret))] : Array.Empty<byte>(),
            .. truncated ? pixels[..6] : [.. pixels, .. Chunk("IEND", []), .. secrets ? Text(Secret + "<script>alert(1)</script>") : []],
        ];
    }

    /// <summary>A JPEG with EXIF, XMP, a comment, a thumbnail, and a tail.</summary>
    public static byte[] Jpeg() =>
    [
        0xFF, 0xD8, .. Segment(0xE0, [.. Text("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0]), .. Segment(0xE1, Text("Exif\0\0MM\0*" + Secret)),
        .. Segment(0xE1, Text("http://ns.adobe.com/xap/1.0/\0" + Secret)), .. Segment(0xED, Text("Photoshop 3.0\0" + Secret)), .. Segment(0xFE, Text(Secret)),
        .. Segment(0xDB, new byte[65]), .. Segment(0xC0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]), .. Segment(0xC4, new byte[19]), .. Segment(0xDA, [1, 1, 0, 0, 0x3F, 0]),
        0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9, .. Text("PK" + Secret),
    ];

    /// <summary>A WebP with EXIF and XMP.</summary>
    public static byte[] WebP()
    {
        byte[] chunks = [.. Riff("VP8X", [0x0C, 0, 0, 0, 7, 0, 0, 7, 0, 0]), .. Riff("VP8L", [0x2F, 7, 0xC0, 1, 0, 1, 2]), .. Riff("EXIF", Text(Secret)), .. Riff("XMP ", Text(Secret + "."))];
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, chunks.Length + 4);
        return [.. Text("RIFF"), .. size, .. Text("WEBP"), .. chunks];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        byte[] body = [.. Text(type), .. data];
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(body));
        return [.. length, .. body, .. sum];
    }

    // PNG, annex D.
    private static uint Crc(byte[] bytes)
    {
        var sum = 0xFFFFFFFFu;
        foreach (var b in bytes)
        {
            sum ^= b;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) == 1 ? 0xEDB88320u ^ (sum >> 1) : sum >> 1;
        }

        return ~sum;
    }

    private static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] Riff(string type, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        return [.. Text(type), .. length, .. data, .. data.Length % 2 == 1 ? [(byte)0] : Array.Empty<byte>()];
    }

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);
}
