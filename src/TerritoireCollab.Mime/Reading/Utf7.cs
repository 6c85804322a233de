using System.Text;

namespace TerritoireCollab.Mime.Reading;

/// <summary>UTF-7 (RFC 2152), which .NET does not decode any more and old Exchange still writes.</summary>
internal static class Utf7
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '+')
            {
                text.Append((char)bytes[i]);
                continue;
            }

            var start = ++i;
            i = Shifted(bytes, i, text);
            if (i == start && i < bytes.Length && bytes[i] == '-') text.Append('+');
            // The hyphen that ends the shift belongs to it; any other character stands for itself.
            if (i >= bytes.Length || bytes[i] != '-') i--;
        }

        return text.ToString();
    }

    private static int Shifted(ReadOnlySpan<byte> bytes, int i, StringBuilder text)
    {
        var bits = 0;
        var count = 0;
        for (; i < bytes.Length && Alphabet.IndexOf((char)bytes[i], StringComparison.Ordinal) is >= 0 and var value; i++)
        {
            bits = ((bits << 6) | value) & 0xFFFFFF;
            count += 6;
            if (count < 16) continue;

            count -= 16;
            text.Append((char)((bits >> count) & 0xFFFF));
        }

        return i;
    }
}
