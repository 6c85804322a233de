using System.Buffers.Binary;

namespace TerritoireCollab.Platform.Files;

/// <summary>
/// Takes out of a picture all that is no picture: where and by what device it was taken, comments, thumbnails, whatever follows its end.
/// Pixels are not decoded: JPEG, PNG, WebP and GIF are walked segment by segment, and only what a decoder needs is copied. How the camera was
/// held goes too, since it is said in the same place as where it was.
/// </summary>
public static class PictureMetadata
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The picture alone; null when the bytes are none of the four formats, or broken.</summary>
    public static byte[]? Strip(ReadOnlySpan<byte> picture)
    {
        using var kept = new MemoryStream(picture.Length);
        var isPicture = picture.StartsWith(PngSignature) ? Png(picture, kept)
            : picture.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? Jpeg(picture, kept)
            : picture.StartsWith("GIF87a"u8) || picture.StartsWith("GIF89a"u8) ? Gif(picture, kept)
            : picture.Length >= 12 && picture.StartsWith("RIFF"u8) && picture[8..].StartsWith("WEBP"u8) && WebP(picture, kept);
        return isPicture ? kept.ToArray() : null;
    }

    // PNG, section 5.3: length, type, data, CRC. Text, time, EXIF, animation and unknown chunks are left behind.
    private static bool Png(ReadOnlySpan<byte> bytes, MemoryStream kept)
    {
        kept.Write(PngSignature);
        var hasPixels = false;
        for (var rest = bytes[8..]; rest.Length >= 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12) break;

            var chunk = rest[..(12 + (int)length)];
            rest = rest[chunk.Length..];
            var type = chunk.Slice(4, 4);
            if (type.SequenceEqual("IEND"u8)) break;

            hasPixels |= type.SequenceEqual("IDAT"u8);
            if (IsPngPicture(type)) kept.Write(chunk);
        }

        kept.Write([0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82]);
        return hasPixels;
    }

    private static bool IsPngPicture(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("IDAT"u8) || type.SequenceEqual("tRNS"u8) || type.SequenceEqual("gAMA"u8)
        || type.SequenceEqual("cHRM"u8) || type.SequenceEqual("sRGB"u8) || type.SequenceEqual("iCCP"u8) || type.SequenceEqual("sBIT"u8) || type.SequenceEqual("bKGD"u8) || type.SequenceEqual("pHYs"u8);

    // ITU T.81, annex B: markers with a length, and after each SOS the coded pixels, in which FF is followed by 00 or a restart marker.
    private static bool Jpeg(ReadOnlySpan<byte> bytes, MemoryStream kept)
    {
        kept.Write([0xFF, 0xD8]);
        var hasPixels = false;
        var at = 2;
        while (at + 2 <= bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker == 0xD9)
            {
                kept.Write([0xFF, 0xD9]);
                return hasPixels;
            }

            var length = at + 4 <= bytes.Length ? BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]) : 0;
            if (length < 2 || length > bytes.Length - at - 2) break;

            var end = at + 2 + length;
            if (marker == 0xDA)
            {
                hasPixels = true;
                end = EndOfScan(bytes, end);
            }

            WriteSegment(marker, bytes[at..end], kept);
            at = end;
        }

        // Without its end nobody knows where the pixels stop and something else begins.
        return false;
    }

    private static int EndOfScan(ReadOnlySpan<byte> bytes, int at)
    {
        for (; at + 1 < bytes.Length; at++)
            if (bytes[at] == 0xFF && bytes[at + 1] is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7))) return at;
        return bytes.Length;
    }

    private static void WriteSegment(byte marker, ReadOnlySpan<byte> segment, MemoryStream kept)
    {
        var content = segment[4..];
        switch (marker)
        {
            case 0xE0 when content.StartsWith("JFIF\0"u8) && content.Length >= 14:
                // The last two bytes of the header are the size of a thumbnail, of which there is none any more.
                kept.Write([0xFF, 0xE0, 0, 16, .. content[..12], 0, 0]);
                break;
            case 0xE2 when content.StartsWith("ICC_PROFILE\0"u8):
            case 0xEE when content.StartsWith("Adobe"u8):
                kept.Write(segment);
                break;
            case >= 0xE0 and <= 0xEF or 0xFE:
                break;
            default:
                kept.Write(segment);
                break;
        }
    }

    // RFC 9649, section 2.7: chunks of even length; flags of the extended header say what is there.
    private static bool WebP(ReadOnlySpan<byte> bytes, MemoryStream kept)
    {
        const byte ExifAndXmp = 0x0C;
        kept.Write([.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8]);
        var hasPixels = false;
        for (var rest = bytes[12..]; rest.Length >= 8;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > rest.Length - 8) break;

            var chunk = rest[..(8 + (int)length)];
            rest = rest[Math.Min(rest.Length, chunk.Length + ((int)length & 1))..];
            var type = chunk[..4];
            if (!IsWebPPicture(type)) continue;

            hasPixels |= type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8) || type.SequenceEqual("ANMF"u8);
            var from = kept.Length;
            kept.Write(chunk);
            if ((length & 1) != 0) kept.WriteByte(0);
            if (type.SequenceEqual("VP8X"u8) && length > 0) kept.GetBuffer()[from + 8] &= unchecked((byte)~ExifAndXmp);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(kept.GetBuffer().AsSpan(4), (uint)(kept.Length - 8));
        return hasPixels;
    }

    private static bool IsWebPPicture(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("VP8X"u8) || type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8) || type.SequenceEqual("ALPH"u8)
        || type.SequenceEqual("ANIM"u8) || type.SequenceEqual("ANMF"u8) || type.SequenceEqual("ICCP"u8);

    // GIF89a: a screen, then blocks. Of the extensions only the control of an image is needed to show it; comments, texts and what
    // applications left, the loop of an animation among it, are not.
    private static bool Gif(ReadOnlySpan<byte> bytes, MemoryStream kept)
    {
        const int Screen = 13;
        if (bytes.Length < Screen) return false;

        var at = Screen + TableLength(bytes[10]);
        if (at > bytes.Length) return false;

        kept.Write(bytes[..at]);
        var hasPixels = false;
        while (at < bytes.Length)
        {
            var end = bytes[at] switch
            {
                0x21 when at + 2 < bytes.Length => EndOfBlocks(bytes, at + 2),
                // Descriptor, own colours, size of the codes, pixels.
                0x2C when at + 10 < bytes.Length => EndOfBlocks(bytes, at + 11 + TableLength(bytes[at + 9])),
                _ => -1,
            };
            if (end < 0) break;

            var isImage = bytes[at] == 0x2C;
            if (isImage || bytes[at + 1] == 0xF9) kept.Write(bytes[at..end]);
            hasPixels |= isImage;
            at = end;
        }

        kept.WriteByte(0x3B);
        return hasPixels;
    }

    private static int TableLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    // Blocks of at most 255 bytes, each after its length, up to an empty one; -1 when that does not come.
    private static int EndOfBlocks(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length)
        {
            if (bytes[at] == 0) return at + 1;
            at += 1 + bytes[at];
        }

        return -1;
    }
}
