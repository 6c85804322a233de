using System.IO.Hashing;
using System.Text;

namespace TerritoireCollab.Documents.Zip;

/// <summary>The charset of a member's name, which the format leaves to guess.</summary>
internal static class ZipNames
{
    private const int UnicodePath = 0x7075;

    private static readonly UTF8Encoding StrictUtf8 = new(false, true);
    private static readonly Encoding Dos = CodePagesEncodingProvider.Instance.GetEncoding(437)!;
    private static readonly Encoding WesternDos = CodePagesEncodingProvider.Instance.GetEncoding(850)!;

    /// <summary>Decodes a name: the extra field of Info-ZIP, then UTF-8 whether announced or not, then the code pages of DOS.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> extra) => FromExtra(bytes, extra) ?? FromUtf8(bytes) ?? FromDos(bytes);

    private static string? FromExtra(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> extra)
    {
        var field = ExtraFields.Find(extra, UnicodePath);
        if (field.Length < 6 || field[0] != 1) return null;

        // The field belongs to the name only as long as nobody renamed the member.
        return BitConverter.ToUInt32(field[1..5]) == Crc32.HashToUInt32(bytes) ? FromUtf8(field[5..]) : null;
    }

    private static string? FromUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // The format says code page 437; Windows in French writes 850, where capitals with accents stand among 437's frames.
    private static string FromDos(ReadOnlySpan<byte> bytes)
    {
        var name = Dos.GetString(bytes);
        return name.AsSpan().ContainsAnyInRange('\u2500', '\u259f') ? WesternDos.GetString(bytes) : name;
    }
}

/// <summary>Extra fields of a header: id and length of two bytes each, then data.</summary>
internal static class ExtraFields
{
    /// <summary>Data of the field of that id; empty when it is not there or cut off.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> extra, int id)
    {
        while (extra.Length >= 4)
        {
            var length = BitConverter.ToUInt16(extra[2..]);
            if (length > extra.Length - 4) return [];
            if (BitConverter.ToUInt16(extra) == id) return extra.Slice(4, length);

            extra = extra[(4 + length)..];
        }

        return [];
    }
}
