using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Tags;

/// <summary>Tags as typed: words separated by commas or semicolons.</summary>
public static class TagList
{
    /// <summary>Most tags on a content.</summary>
    public const int Most = 8;

    /// <summary>Longest tag, in characters.</summary>
    public const int Longest = 40;

    /// <summary>The tags of a program as a form types them; null when it gave none.</summary>
    public static string? Typed(IReadOnlyList<string>? tags) => tags is null ? null : string.Join(", ", tags);

    /// <summary>The tags of <paramref name="typed"/>, each once; what has no letter or digit is left out.</summary>
    public static IReadOnlyList<(string Slug, string Name)> Parse(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return [];

        var tags = new List<(string Slug, string Name)>();
        foreach (var word in typed.Split([',', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var name = word.TrimStart('#').Trim();
            if (name.Length > Longest) name = name[..Longest].TrimEnd();
            if (!name.Any(char.IsLetterOrDigit)) continue;

            var slug = Slug.Of(name);
            if (slug.Length > Longest) slug = slug[..Longest];
            if (tags.TrueForAll(t => t.Slug != slug)) tags.Add((slug, name));
        }

        return tags;
    }
}
