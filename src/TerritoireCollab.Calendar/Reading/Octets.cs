using System.Text;

namespace TerritoireCollab.Calendar.Reading;

/// <summary>The octets of a document as lines: unfolded before they are decoded, since programs fold in the middle of a character.</summary>
internal static class Octets
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    public static Encoding Windows1252 { get; } = Named("windows-1252")!;

    /// <summary>UTF-8 of a document in UTF-16, with or without a mark; others as they are, without a mark.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) return bytes[3..];
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes[2..]));
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(bytes[2..]));
        // "BE" with a zero beside each letter.
        if (bytes is [not 0, 0, not 0, 0, ..]) return Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes));
        if (bytes is [0, not 0, 0, not 0, ..]) return Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(bytes));
        return bytes;
    }

    /// <summary>A charset by name, or null.</summary>
    public static Encoding? Named(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>UTF-8, or windows-1252 where the octets are not UTF-8: it is what is meant, and takes any octet.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, Encoding? declared = null)
    {
        if (Ascii.IsValid(bytes)) return Encoding.ASCII.GetString(bytes);
        try
        {
            return (declared is null || declared.CodePage == Encoding.UTF8.CodePage ? StrictUtf8 : declared).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Windows1252.GetString(bytes);
        }
    }

    /// <summary>Quoted-printable, as vCalendar 1.0 has it.</summary>
    public static byte[] OfQuotedPrintable(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else if (text[i] != '=') bytes.AddRange(Encoding.UTF8.GetBytes(text, i, char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1));
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length) i++;
        }

        return [.. bytes];
    }
}
