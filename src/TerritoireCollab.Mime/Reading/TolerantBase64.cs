namespace TerritoireCollab.Mime.Reading;

/// <summary>Base64 as it arrives: torn by spaces, cut short, several pieces with padding one behind the other.</summary>
internal static class TolerantBase64
{
    /// <summary>Decodes all that is there; other characters are passed over (RFC 2045 section 6.8).</summary>
    public static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var decoded = new byte[text.Length / 4 * 3 + 3];
        var length = 0;
        var bits = 0;
        var count = 0;
        foreach (var c in text)
        {
            var value = Value(c);
            if (value >= 0)
            {
                bits = (bits << 6) | value;
                if (++count < 4) continue;

                decoded[length++] = (byte)(bits >> 16);
                decoded[length++] = (byte)(bits >> 8);
                decoded[length++] = (byte)bits;
                bits = count = 0;
            }
            else if (c == '=')
            {
                End(decoded);
            }
        }

        End(decoded);
        return decoded[..length];

        void End(byte[] into)
        {
            if (count >= 2) into[length++] = (byte)(count == 2 ? bits >> 4 : bits >> 10);
            if (count == 3) into[length++] = (byte)(bits >> 2);
            bits = count = 0;
        }
    }

    private static int Value(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => -1,
    };
}
