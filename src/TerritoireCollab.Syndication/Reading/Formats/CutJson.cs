using System.Text;

namespace TerritoireCollab.Syndication.Reading.Formats;

/// <summary>A JSON document that was cut on its way: closed after the last whole item.</summary>
internal static class CutJson
{
    // feed object, list, item.
    private const int ItemDepth = 2;

    /// <summary>The document as far as it is whole; null when no item is.</summary>
    public static string? Closed(string text)
    {
        var open = new Stack<char>();
        var (whole, inString) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (inString)
            {
                if (letter == '\\') i++;
                else if (letter == '"') inString = false;
                continue;
            }

            switch (letter)
            {
                case '"':
                    inString = true;
                    break;
                case '{' or '[':
                    if (open.Count > XmlTree.MaximumDepth) return null;
                    open.Push(letter == '{' ? '}' : ']');
                    break;
                case '}' or ']' when !open.TryPop(out var expected) || expected != letter:
                    return null;
                case '}' when open.Count == ItemDepth && open.Peek() == ']':
                    whole = i + 1;
                    break;
            }
        }

        return whole == 0 || open.Count == 0 ? null : new StringBuilder(text, 0, whole, whole + 2).Append("]}").ToString();
    }
}
