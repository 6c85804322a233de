using System.Text;

namespace TerritoireCollab.Documents.Reading;

/// <summary>
/// What is bold or italic or leads somewhere, marked in a text on its way to its block by characters that are none (Unicode 16, 23.7): no text that a
/// person wrote has them, and what has is taken from them.
/// </summary>
internal static class SpanMarks
{
    /// <summary>Bold begins.</summary>
    public const char BoldOn = '\ufdd0';

    /// <summary>Bold ends.</summary>
    public const char BoldOff = '\ufdd1';

    /// <summary>Italic begins.</summary>
    public const char ItalicOn = '\ufdd2';

    /// <summary>Italic ends.</summary>
    public const char ItalicOff = '\ufdd3';

    /// <summary>A link ends.</summary>
    public const char LinkOff = '\ufdd5';

    /// <summary>Most links of a document.</summary>
    public const int MostLinks = 0xf8ff - FirstLink;

    private const char LinkOn = '\ufdd4';
    private const char FirstLink = '\ue000';

    /// <summary>The beginning of the link of that number.</summary>
    public static string Link(int number) => $"{LinkOn}{(char)(FirstLink + number)}";

    /// <summary>A text of the document without what would be a mark in it.</summary>
    public static string Without(string text) => text.AsSpan().ContainsAnyInRange(BoldOn, LinkOff) ? string.Concat(text.Where(letter => letter is < BoldOn or > LinkOff)) : text;

    /// <summary>The text without its marks, nor blanks at its ends, and what they say of it.</summary>
    public static (string Text, IReadOnlyList<TextSpan> Spans) Read(string marked, IReadOnlyList<string> links)
    {
        var text = new StringBuilder(marked.Length);
        var spans = new List<TextSpan>();
        var (bold, italic) = (0, 0);
        string? link = null;
        for (var i = 0; i < marked.Length; i++)
        {
            switch (marked[i])
            {
                case BoldOn: bold++; break;
                case BoldOff: bold = Math.Max(0, bold - 1); break;
                case ItalicOn: italic++; break;
                case ItalicOff: italic = Math.Max(0, italic - 1); break;
                case LinkOff: link = null; break;
                case LinkOn: link = ++i < marked.Length && marked[i] - FirstLink is >= 0 and var number && number < links.Count ? links[number] : null; break;
                case var letter when text.Length > 0 || !char.IsWhiteSpace(letter):
                    Cover(spans, text.Length, bold > 0, italic > 0, link);
                    text.Append(letter);
                    break;
            }
        }

        var length = text.Length;
        while (length > 0 && char.IsWhiteSpace(text[length - 1])) length--;
        return (text.ToString(0, length), [.. spans.Where(s => s.Start < length).Select(s => s with { Length = Math.Min(s.Length, length - s.Start) })]);
    }

    // Programs cut a bold sentence into many runs: what follows on and is the same is one piece.
    private static void Cover(List<TextSpan> spans, int at, bool isBold, bool isItalic, string? link)
    {
        if (!isBold && !isItalic && link is null) return;

        if (spans is [.., var last] && last.Start + last.Length == at && last.IsBold == isBold && last.IsItalic == isItalic && last.Link == link) spans[^1] = last with { Length = last.Length + 1 };
        else spans.Add(new(at, 1, isBold, isItalic, link));
    }
}
