namespace TerritoireCollab.Documents.Reading;

/// <summary>What the text of an OpenDocument needs of its styles: parents, and which sheets and slides are hidden.</summary>
internal sealed class OdfStyles
{
    private const int MostAncestors = 16;

    private readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bold = new(StringComparer.Ordinal) { "Strong_20_Emphasis" };
    private readonly HashSet<string> _italic = new(StringComparer.Ordinal) { "Emphasis" };
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private string _current = "";

    /// <summary>Takes a tag that stands among styles.</summary>
    public void Take(XmlPart part)
    {
        switch (part.Name)
        {
            case "style":
                _current = part["name"] ?? "";
                if (part["parent-style-name"] is { } parent) _parents.TryAdd(_current, parent);
                break;
            case "text-properties":
                if (part["font-weight"] == "bold") _bold.Add(_current);
                if (part["font-style"] is "italic" or "oblique") _italic.Add(_current);
                break;
            case "table-properties" when part["display"] == "false":
            case "drawing-page-properties" when part["visibility"] == "hidden":
                _hidden.Add(_current);
                break;
        }
    }

    /// <summary>Whether a style is « Title », or made from it.</summary>
    public bool IsTitle(string? style) => Line(style).Contains("Title");

    /// <summary>Whether text of a style is bold.</summary>
    public bool IsBold(string? style) => Line(style).Any(_bold.Contains);

    /// <summary>Whether text of a style is italic.</summary>
    public bool IsItalic(string? style) => Line(style).Any(_italic.Contains);

    /// <summary>Whether what has the style is not shown.</summary>
    public bool IsHidden(string? style) => style is not null && _hidden.Contains(style);

    // The style and those that it is made from.
    private IEnumerable<string> Line(string? style)
    {
        for (var i = 0; i < MostAncestors && style is not null; i++)
        {
            yield return style;
            style = _parents.GetValueOrDefault(style);
        }
    }
}
