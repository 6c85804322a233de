using System.Text;
using System.Text.RegularExpressions;

namespace TerritoireCollab.Mime.Tests.Writing;

/// <summary>A decoder written for the tests alone, from the RFCs and not from the writer.</summary>
internal static partial class SmallDecoder
{
    public static string Text(byte[] message) => Encoding.UTF8.GetString(message);

    public static string[] Lines(byte[] message) => Text(message).Split("\r\n");

    public static string RawHeader(byte[] message, string name)
    {
        var text = Text(message);
        var header = text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        var unfolded = header.Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", "\t", StringComparison.Ordinal);
        var line = unfolded.Split("\r\n").Single(l => l.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase));
        return line[(name.Length + 1)..].Trim(' ');
    }

    public static string Header(byte[] message, string name)
    {
        var raw = RawHeader(message, name);
        return raw.StartsWith('"') ? Unquoted(raw) : DecodeWords(raw);
    }

    /// <summary>Each encoded word is decoded by itself, so that one cut inside a character shows as U+FFFD.</summary>
    public static string DecodeWords(string value) =>
        EncodedWord().Replace(BetweenWords().Replace(value, "?==?"), match => DecodeWord(match.Value));

    public static string DecodeWord(string word)
    {
        var parts = word.Split('?');
        var bytes = parts[2] is "B" ? Convert.FromBase64String(parts[3]) : DecodeQuoted(parts[3].Replace('_', ' '));
        return Encoding.UTF8.GetString(bytes);
    }

    public static string[] WordsOf(string text) => [.. EncodedWord().Matches(text).Select(match => match.Value)];

    public static string DecodeQuotedPrintable(string text) =>
        Encoding.UTF8.GetString(DecodeQuoted(text.Replace("=\r\n", "", StringComparison.Ordinal)));

    private static byte[] DecodeQuoted(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add(checked((byte)text[i]));
            }
        }

        return [.. bytes];
    }

    private static string Unquoted(string value) => QuotedString().Replace(value, match => match.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal));

    [GeneratedRegex(@"=\?utf-8\?[QB]\?[^? ]*\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=[ \t]+=\?")]
    private static partial Regex BetweenWords();

    [GeneratedRegex("^\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex QuotedString();
}
