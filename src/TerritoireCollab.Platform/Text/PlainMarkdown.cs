using System.Text;
using System.Text.RegularExpressions;

namespace TerritoireCollab.Platform.Text;

/// <summary>Writes a plain text as Markdown: no sign of it becomes one of Markdown, its lines stay lines.</summary>
public static partial class PlainMarkdown
{
    /// <summary>Words within a line, or a cell.</summary>
    public static string Words(string text) => Signs().Replace(text, @"\$0");

    /// <summary>A text of several lines.</summary>
    public static string Lines(string text) => LineStarts(Words(text));

    /// <summary>A text whose words are written as Markdown already: nothing at the beginning of its lines makes more of them.</summary>
    public static string LineStarts(string markdown) => LineStart().Replace(markdown, @"\$0");

    /// <summary>On one line, with a backslash before every ASCII sign (CommonMark, section 2.4): no mark, mention, reference or bare address is left.</summary>
    public static string Quiet(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var quiet = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            if (char.IsWhiteSpace(letter) && letter is not ('\u00a0' or '\u202f')) quiet.Append(quiet.Length > 0 && quiet[^1] == ' ' ? "" : " ");
            else if (char.IsAscii(letter) && (char.IsPunctuation(letter) || char.IsSymbol(letter))) quiet.Append('\\').Append(letter);
            else quiet.Append(letter);
        }

        return quiet.ToString().Trim();
    }

    [GeneratedRegex(@"[\\`*_\[\]<|]")]
    private static partial Regex Signs();

    [GeneratedRegex(@"^(?=[#>+-]|\d+[.)])", RegexOptions.Multiline)]
    private static partial Regex LineStart();
}
