namespace TerritoireCollab.Mime.Trimming.Html;

/// <summary>The signs by which <see cref="HtmlReading"/> tells the text rules what the HTML has marked: private characters, taken out of the result.</summary>
internal static class HtmlMark
{
    /// <summary>Before a line that introduces an older mail.</summary>
    public const char Intro = '\uE000';

    /// <summary>Before a line of a signature.</summary>
    public const char Signature = '\uE001';

    /// <summary>What a line is marked as, if it is.</summary>
    public static BlockKind? KindOf(ReadOnlySpan<char> line) => line switch
    {
        [Intro, ..] => BlockKind.Intro,
        [Signature, ..] => BlockKind.Signature,
        _ => null,
    };

    /// <summary>The text without the signs, nor the lines that held nothing else.</summary>
    public static string Strip(string text) =>
        text.AsSpan().IndexOfAny(Intro, Signature) < 0
            ? text
            : text.Replace($"{Intro}\n", "", StringComparison.Ordinal).Replace($"{Intro}", "", StringComparison.Ordinal).Replace($"{Signature}", "", StringComparison.Ordinal).TrimEnd();
}
