using System.Text;

namespace TerritoireCollab.Syndication.Reading.Texts;

/// <summary>Letters that came through the wrong table.</summary>
internal static class Letters
{
    // What windows-1252 has at 0x80 to 0x9F; where it has nothing, the control character stays.
    private const string Upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    /// <summary>Controls that nobody means are read as the letters that windows-1252 has there: <c>&amp;#150;</c> is a dash.</summary>
    public static string WithoutControls(string text) =>
        text.AsSpan().IndexOfAnyInRange('\u0080', '\u009F') < 0 ? text : string.Create(text.Length, text, static (mended, from) =>
        {
            for (var i = 0; i < mended.Length; i++) mended[i] = from[i] is >= '\u0080' and <= '\u009F' ? Upper[from[i] - '\u0080'] : from[i];
        });

    /// <summary>A text that was UTF-8, was taken for windows-1252 and encoded once more; null unless all of it is.</summary>
    public static string? DecodedOnceMore(string text)
    {
        // « é » so treated begins with « Ã ». Most documents have none.
        if (text.AsSpan().IndexOfAny("ÃÂâÅ") < 0) return null;

        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
            if (Byte(text[i]) is { } value) bytes[i] = value;
            else return null;

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // Not all of it: the signs are meant.
            return null;
        }
    }

    private static byte? Byte(char letter)
    {
        if (letter <= 0xFF) return (byte)letter;

        var at = Upper.IndexOf(letter, StringComparison.Ordinal);
        return at < 0 ? null : (byte)(0x80 + at);
    }
}
