using System.Text.RegularExpressions;
using System.Xml.Linq;
using TerritoireCollab.Architecture.Tests.Reading;

namespace TerritoireCollab.Architecture.Tests.Texts;

/// <summary>Texts that people read: in resources, in both languages, with the typography of French.</summary>
internal static class TextRules
{
    private static readonly Regex Entity = new("&#?[A-Za-z0-9]+;");
    private static readonly Regex Place = new(@"\{(\d+)[^}]*\}");

    // Attributes that are read out or shown; on a component, parameters that are.
    private static readonly HashSet<string> Shown = new(StringComparer.Ordinal)
    {
        "aria-label", "aria-description", "aria-roledescription", "title", "alt", "placeholder", "label",
        "Label", "Title", "Text", "Hint", "Lead", "Caption", "Message", "Summary", "Placeholder", "Note", "Tagline", "Error", "CloseText",
    };

    /// <summary>Words written in a component instead of its resources.</summary>
    /// <param name="file">A .razor file.</param>
    /// <param name="takesText">Whether the parameter of that name, of the component of that name, is a string: others are code.</param>
    public static IEnumerable<Violation> Literals(SourceFile file, Func<string, string, bool> takesText)
    {
        var document = RazorDocument.Read(file.Text);
        foreach (var text in document.Texts.Where(t => HasLetter(t.Text)))
            yield return new(file.Path, $"{file.Path}:{file.LineOf(text.Position)}", $"the text « {Short(text.Text)} » is not in the resources.");
        foreach (var attribute in document.Tags.SelectMany(t => t.Attributes.Where(a => Shown.Contains(a.Name) && HasLetter(a.Literal) && (!t.IsComponent || takesText(t.Name, a.Name)))))
            yield return new(file.Path, $"{file.Path}:{file.LineOf(attribute.Position)}", $"the text of {attribute.Name}=\"{Short(attribute.Value)}\" is not in the resources.");
    }

    /// <summary>The texts of a resource file by key.</summary>
    public static IReadOnlyDictionary<string, string> Read(string resx) =>
        XDocument.Parse(resx, LoadOptions.PreserveWhitespace).Root!.Elements("data").ToDictionary(d => (string)d.Attribute("name")!, d => d.Element("value")?.Value ?? "");

    /// <summary>Keys and places that are in one language only.</summary>
    public static IEnumerable<Violation> Languages(string path, IReadOnlyDictionary<string, string> french, IReadOnlyDictionary<string, string> english)
    {
        foreach (var key in french.Keys.Except(english.Keys)) yield return new($"{path} {key}", path, $"{key} is not in English.");
        foreach (var key in english.Keys.Except(french.Keys)) yield return new($"{path} {key}", path, $"{key} is not in French.");
        foreach (var key in french.Keys.Intersect(english.Keys).Where(k => !Places(french[k]).SetEquals(Places(english[k]))))
            yield return new($"{path} {key}", path, $"{key} has other places in English: « {Short(french[key])} », « {Short(english[key])} ».");
        foreach (var key in french.Keys.Intersect(english.Keys).Where(k => string.IsNullOrWhiteSpace(french[k]) || string.IsNullOrWhiteSpace(english[k])))
            yield return new($"{path} {key}", path, $"{key} is empty.");
    }

    private static HashSet<string> Places(string text) => [.. Place.Matches(text).Select(m => m.Groups[1].Value)];

    private static bool HasLetter(string text) => Entity.Replace(text, "").Any(char.IsLetter);

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
