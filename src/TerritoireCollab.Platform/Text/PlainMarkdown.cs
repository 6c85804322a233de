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

    [GeneratedRegex(@"[\\`*_\[\]<|]")]
    private static partial Regex Signs();

    [GeneratedRegex(@"^(?=[#>+-]|\d+[.)])", RegexOptions.Multiline)]
    private static partial Regex LineStart();
}
