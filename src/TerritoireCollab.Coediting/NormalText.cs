using System.Text;

namespace TerritoireCollab.Coediting;

/// <summary>Text as an editor holds it.</summary>
public static class NormalText
{
    /// <summary>The text with <c>\n</c> alone between its lines, as CodeMirror splits them, without U+0000, and with U+FFFD for each half of a character that stands alone.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.AsSpan().IndexOfAny('\r', '\0') < 0 && Characters.AreWhole(text)) return text;

        var normal = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value != 0) normal.Append(rune.ToString());
        return normal.Replace("\r\n", "\n").Replace('\r', '\n').ToString();
    }
}
