using System.Text;

namespace TerritoireCollab.Markup;

/// <summary>The characters that few texts hold.</summary>
internal sealed partial class HtmlWriter
{
    private int EncodeRare(ReadOnlySpan<char> text)
    {
        if (IsUnwritable(text[0]))
        {
            return 1;
        }

        if (text.Length > 1 && char.IsSurrogatePair(text[0], text[1]))
        {
            _html.Append(text[..2]);
            return 2;
        }

        // Half a surrogate pair is no character.
        _html.Append('\uFFFD');
        return 1;
    }

    private static string SpecialCharacters()
    {
        var special = new StringBuilder("&<>\"\r\f");
        for (var value = 0; value <= char.MaxValue; value++)
        {
            var letter = (char)value;
            if (IsUnwritable(letter) || char.IsSurrogate(letter))
            {
                special.Append(letter);
            }
        }

        return special.ToString();
    }
}
