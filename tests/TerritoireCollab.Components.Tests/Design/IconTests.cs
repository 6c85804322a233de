using System.Text.Json;
using System.Text.RegularExpressions;
using Bunit;
using TerritoireCollab.Architecture.Tests.Reading;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Components.Tests.Design;

public sealed class IconTests : UiTest
{
    private static readonly HashSet<string> Sprite =
        [.. JsonSerializer.Deserialize<string[]>(File.ReadAllText(Checkout.PathOf("src/TerritoireCollab.Ui/front/icones.json")))!];

    private static readonly Regex Quoted = new("\"([a-z0-9-]+)\"");
    private static readonly Regex Icon = new("(?:\\bIcon\\s*=\\s*|new NavigationLink\\([^,]+, [^,]+, |new\\(T\\.\\w+, \"[^\"]*\", )\"([a-z0-9-]+)\"");

    [Fact]
    public void Icons_OfTheHouse_AreInTheSprite() => Assert.Equal("", string.Join(Environment.NewLine, Checkout.Files("src", ".razor", ".cs").SelectMany(Missing)));

    [Theory]
    [InlineData("a.razor", "<p><Icon Name=\"licorne\" /></p>")]
    [InlineData("a.razor", "<p><Icon Name=\"@(on ? \"lock\" : \"licorne\")\" /></p>")]
    [InlineData("a.razor", "<Button Icon=\"licorne\">@T.Send</Button>")]
    [InlineData("a.razor", "@code {\n    private string icon = new NavigationLink(T.Home, \"./\", \"licorne\").Icon;\n}")]
    [InlineData("AModule.cs", "public Tool Tool { get; } = new() { Key = ToolKey, Icon = \"licorne\" };")]
    public void Icons_UnknownName_Flagged(string path, string text) => Assert.Contains("licorne", Assert.Single(Missing(new(path, text))), StringComparison.Ordinal);

    [Fact]
    public void Icon_Drawn_PointsIntoTheSpriteAndIsSilent()
    {
        var drawn = Render<Icon>(p => p.Add(x => x.Name, "bell"));

        Assert.Equal("_content/TerritoireCollab.Ui/dist/icones.svg#bell", drawn.Find("use").GetAttribute("href"));
        Assert.Equal("true", drawn.Find("svg").GetAttribute("aria-hidden"));
    }

    private static IEnumerable<string> Missing(SourceFile file)
    {
        var tags = file.Path.EndsWith(".razor", StringComparison.Ordinal) ? RazorDocument.Read(file.Text).Tags : [];
        var drawn = tags.SelectMany(t => t.Attributes.Where(a => (t.Name == "Icon" && a.Name == "Name") || (t.IsComponent && a.Name == "Icon")))
            .SelectMany(a => a.Literal.Trim() is { Length: > 0 } name ? [(name, a.Position)] : Quoted.Matches(a.Value).Select(m => (m.Groups[1].Value, a.Position)));
        var named = Icon.Matches(file.Text).Where(m => !tags.Any(t => t.Attributes.Any(a => a.Position == m.Index))).Select(m => (m.Groups[1].Value, m.Index));
        return drawn.Concat(named).Where(i => !Sprite.Contains(i.Item1)).Select(i => $"{file.Path}:{file.LineOf(i.Item2)} {i.Item1}");
    }
}
