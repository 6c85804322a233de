using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TerritoireCollab.Veille.Demo;

/// <summary>Writes small pictures without a library: PNG, 8 bits a colour, one list of scan lines (PNG, third edition, sections 5 and 11).</summary>
internal static class PngPress
{
    private static readonly uint[] Crc = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 0 ? c >> 1 : 0xEDB88320 ^ (c >> 1)))];

    /// <summary>A picture of that size, whose points are of the colour 0xRRGGBB that <paramref name="colour"/> gives for their place.</summary>
    public static byte[] Write(int width, int height, Func<int, int, int> colour)
    {
        var lines = new byte[height * (1 + (width * 3))];
        var at = 0;
        for (var y = 0; y < height; y++)
        {
            // No filter: what is drawn here is of flat colours.
            at++;
            for (var x = 0; x < width; x++)
            {
                var c = colour(x, y);
                (lines[at++], lines[at++], lines[at++]) = ((byte)(c >> 16), (byte)(c >> 8), (byte)c);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", Packed(lines)), .. Chunk("IEND", [])];
    }

    /// <summary>A landscape in flat colours, another one for each number, of 480 by 270 points times <paramref name="scale"/>.</summary>
    public static byte[] Landscape(int number, int scale = 1)
    {
        const int Width = 480, Height = 270;
        (int Sky, int Sun, int[] Hills)[] hours =
        [
            (0xF6D9B8, 0xE8743B, [0x9A8FB0, 0x6C6A93, 0x3B4068]),
            (0xCFE5EE, 0xF7D046, [0x9CC3A5, 0x5F9A72, 0x2F6B4F]),
            (0xE9E2F2, 0xFFFFFF, [0xB6A9CF, 0x8576A8, 0x4E4573]),
            (0xDDEBD3, 0xF2A541, [0xB8CC8C, 0x86A65B, 0x4C7340]),
        ];
        var (sky, sun, hills) = hours[number % hours.Length];
        var (sunX, sunY) = (80 + (number * 97 % 320), 60 + (number * 31 % 50));
        return Write(Width * scale, Height * scale, (column, line) =>
        {
            var (x, y) = (column / (double)scale, line / (double)scale);
            for (var layer = hills.Length - 1; layer >= 0; layer--)
                if (y > 130 + (layer * 42) + (22 * Math.Sin((x / (60 + (layer * 25))) + (number * 1.7) + layer)) + (9 * Math.Sin((x / 19) + (number * layer)))) return hills[layer];
            return ((x - sunX) * (x - sunX)) + ((y - sunY) * (y - sunY)) < 32 * 32 ? sun : sky;
        });
    }

    private static byte[] Packed(byte[] lines)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zlib.Write(lines);
        return packed.ToArray();
    }

    /// <summary>A chunk: length, name, content, CRC of the last two.</summary>
    public static byte[] Chunk(string name, byte[] content)
    {
        var chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        Encoding.ASCII.GetBytes(name, chunk.AsSpan(4));
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), ~chunk[4..^4].Aggregate(uint.MaxValue, (c, b) => Crc[(c ^ b) & 0xFF] ^ (c >> 8)));
        return chunk;
    }
}
