using System.Buffers;
using System.Globalization;
using System.Text;

namespace TerritoireCollab.Mime.Writing;

/// <summary>Encoded words in UTF-8 (RFC 2047), cut between characters only.</summary>
internal static class EncodedWord
{
    /// <summary>The longest encoded word (RFC 2047 section 2).</summary>
    public const int MaximumLength = 75;

    /// <summary>The longest line that holds an encoded word (RFC 2047 section 2).</summary>
    public const int MaximumLine = 76;

    // "=?utf-8?Q?" and "?="
    private const int Frame = 12;

    // The set allowed in a phrase (RFC 2047 section 5 rule 3): safe in free text too, so that one form serves both.
    private static readonly SearchValues<byte> Literal =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/"u8);

    /// <summary>Whether base64 gives the shorter form of a text.</summary>
    public static bool PrefersBase64(ReadOnlySpan<char> text)
    {
        var (quoted, bytes) = Measure(text);
        return Base64Length(bytes) < quoted;
    }

    /// <summary>Encodes as much of the start of a text as one word of at most <paramref name="room"/> characters holds.</summary>
    /// <returns>The word, and how many characters of the text are in it: 0 when not even the first one fits.</returns>
    public static (string Word, int Taken) Take(ReadOnlySpan<char> text, int room, bool base64)
    {
        room = Math.Min(room, MaximumLength);
        var taken = Fitting(text, room - Frame, base64, StringInfo.GetNextTextElementLength);
        if (taken == 0 && room == MaximumLength)
        {
            // A letter under a pile of accents may be longer than a word: then cut between code points.
            taken = Fitting(text, room - Frame, base64, FirstRuneLength);
        }

        return (Encode(text[..taken], base64), taken);
    }

    private static int Fitting(ReadOnlySpan<char> text, int room, bool base64, Func<ReadOnlySpan<char>, int> next)
    {
        var (taken, quoted, bytes) = (0, 0, 0);
        while (taken < text.Length)
        {
            var length = next(text[taken..]);
            var (moreQuoted, moreBytes) = Measure(text.Slice(taken, length));
            quoted += moreQuoted;
            bytes += moreBytes;
            if ((base64 ? Base64Length(bytes) : quoted) > room)
            {
                break;
            }

            taken += length;
        }

        return taken;
    }

    private static int FirstRuneLength(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out _, out var length);
        return length;
    }

    private static int Base64Length(int bytes) => (bytes + 2) / 3 * 4;

    private static (int Quoted, int Bytes) Measure(ReadOnlySpan<char> text)
    {
        var (quoted, bytes) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            quoted += IsOneCharacter(rune) ? 1 : 3 * rune.Utf8SequenceLength;
        }

        return (quoted, bytes);
    }

    private static bool IsOneCharacter(Rune rune) => rune.IsAscii && (rune.Value == ' ' || Literal.Contains((byte)rune.Value));

    private static string Encode(ReadOnlySpan<char> text, bool base64)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        if (base64)
        {
            return $"=?utf-8?B?{Convert.ToBase64String(bytes)}?=";
        }

        var word = new StringBuilder("=?utf-8?Q?", MaximumLength);
        foreach (var b in bytes)
        {
            if (Literal.Contains(b))
            {
                word.Append((char)b);
            }
            else if (b == ' ')
            {
                word.Append('_');
            }
            else
            {
                word.Append('=').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return word.Append("?=").ToString();
    }
}
