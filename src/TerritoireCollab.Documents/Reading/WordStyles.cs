namespace TerritoireCollab.Documents.Reading;

/// <summary>What paragraphs of a style are: styles have ids in the language of whoever wrote, and names in English.</summary>
internal sealed class WordStyles
{
    private const int MostAncestors = 16;

    private readonly Dictionary<string, Style> _styles = new(StringComparer.Ordinal);

    /// <summary>No style.</summary>
    public static WordStyles None { get; } = new();

    /// <summary>Reads the part of styles.</summary>
    public static WordStyles Read(XmlPart? part)
    {
        var styles = new WordStyles();
        using (part)
        {
            var style = new Style();
            while (part is not null && part.Read())
            {
                if (part.NodeKind != XmlPartNode.Open) continue;
                if (part.Name == "style" && part["styleId"] is { } id) styles._styles.TryAdd(id, style = new Style());
                else Take(part, style);
            }
        }

        return styles;
    }

    /// <summary>Kind and level of paragraphs of a style; null for a plain one.</summary>
    public (TextBlockKind Kind, int Level)? Find(string? id)
    {
        for (var i = 0; i < MostAncestors && id is not null && _styles.TryGetValue(id, out var style); i++)
        {
            if (style.Outline is { } outline) return outline < 9 ? (TextBlockKind.Heading, outline + 1) : null;
            if (style.Name is "title") return (TextBlockKind.Heading, 1);
            if (style.Name?.StartsWith("heading ", StringComparison.Ordinal) == true && int.TryParse(style.Name.AsSpan(8), out var level) && level is > 0 and < 10) return (TextBlockKind.Heading, level);
            if (style.IsNumbered) return (TextBlockKind.ListItem, style.ListLevel + 1);
            id = style.Parent;
        }

        return null;
    }

    /// <summary>Name of a style, in English and small letters; null for none.</summary>
    public string? NameOf(string? id) => id is not null && _styles.TryGetValue(id, out var style) ? style.Name : null;

    private static void Take(XmlPart part, Style style)
    {
        switch (part.Name)
        {
            case "name":
                style.Name = part["val"]?.ToLowerInvariant();
                break;
            case "basedOn":
                style.Parent = part["val"];
                break;
            case "outlineLvl":
                style.Outline = part.Number("val") is >= 0 and <= 9 and var outline ? outline : null;
                break;
            case "numId":
                style.IsNumbered = part.Number("val") > 0;
                break;
            case "ilvl":
                style.ListLevel = Math.Clamp(part.Number("val") ?? 0, 0, 8);
                break;
        }
    }

    private sealed class Style
    {
        public string? Name { get; set; }

        public string? Parent { get; set; }

        public int? Outline { get; set; }

        public bool IsNumbered { get; set; }

        public int ListLevel { get; set; }
    }
}
