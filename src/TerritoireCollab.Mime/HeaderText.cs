using System.Buffers;

namespace TerritoireCollab.Mime;

/// <summary>What may stand in a header field.</summary>
internal static class HeaderText
{
    private const string AtomCharacters = "!#$%&'*+-/=?^_`{|}~";

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\r\n\0");

    /// <summary>Gives the value back when it cannot end its own header field.</summary>
    /// <exception cref="ArgumentException">The value contains CR, LF or NUL.</exception>
    public static string Checked(string value, string what)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.AsSpan().ContainsAny(Forbidden)
            ? throw new ArgumentException(
                $"The {what} contains a line break or a NUL character: it could write header fields of its own.",
                nameof(value))
            : value;
    }

    public static bool IsAtomCharacter(char c) => char.IsAsciiLetterOrDigit(c) || AtomCharacters.Contains(c);

    /// <summary>Visible ASCII that no reader, however careless, takes for an encoded word or the end of one (RFC 2047).</summary>
    public static bool IsPlainWord(ReadOnlySpan<char> word) =>
        !word.ContainsAnyExceptInRange('!', '~') && !HasWordMark(word);

    public static bool HasWordMark(ReadOnlySpan<char> text) =>
        text.Contains("=?", StringComparison.Ordinal) || text.Contains("?=", StringComparison.Ordinal);
}
