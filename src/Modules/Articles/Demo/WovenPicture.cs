using System.Buffers.Binary;
using System.IO.Compression;

namespace TerritoireCollab.Articles.Demo;

/// <summary>A woven picture drawn by ourselves, for covers of the demo territory: threads of one hue over bands of hills, as a PNG (W3C PNG, 3rd edition).</summary>
internal static class WovenPicture
{
    private const int Width = 960;
    private const int Height = 360;

    private static readonly uint[] Crcs = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 0 ? c >> 1 : 0xEDB88320 ^ (c >> 1)))];

    /// <summary>The picture of that hue, in degrees; the same every time.</summary>
    public static byte[] Png(int hue)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), Height);
        (head[8], head[9]) = (8, 2);
        Chunk(file, "IHDR"u8, head);
        Chunk(file, "IDAT"u8, Pixels(hue));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Pixels(int hue)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            var row = new byte[1 + (3 * Width)];
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++) Colour(hue, x, y).CopyTo(row, 1 + (3 * x));
                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }

    // Three hills behind one another, each darker than the one behind, with the threads of the weave over them.
    private static byte[] Colour(int hue, int x, int y)
    {
        var light = 0.90;
        for (var hill = 0; hill < 3; hill++)
        {
            var top = (Height * (0.35 + (0.18 * hill))) + (38 * Math.Sin((x / (150.0 + (40 * hill))) + hue + (hill * 2)));
            if (y > top) light = 0.72 - (0.16 * hill);
        }

        if (x % 12 < 2 || (y % 12 < 2 && ((x / 12) + (y / 12)) % 3 != 0)) light -= 0.05;
        return Rgb(hue, 0.42, light);
    }

    // HSL to RGB (CSS Color 4, section 7.1).
    private static byte[] Rgb(double hue, double saturation, double light)
    {
        double At(int n)
        {
            var k = (n + (hue / 30)) % 12;
            return light - (saturation * Math.Min(light, 1 - light) * Math.Max(-1, Math.Min(Math.Min(k - 3, 9 - k), 1)));
        }

        return [(byte)(255 * At(0)), (byte)(255 * At(8)), (byte)(255 * At(4))];
    }

    private static void Chunk(Stream file, ReadOnlySpan<byte> name, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        byte[] body = [.. name, .. content];
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~body.Aggregate(0xFFFFFFFF, (crc, octet) => Crcs[(crc ^ octet) & 0xFF] ^ (crc >> 8)));
        file.Write(number);
    }
}
