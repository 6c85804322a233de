using System.Globalization;
using System.Text.RegularExpressions;
using TerritoireCollab.Architecture.Tests.Reading;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Components.Tests.Design;

public sealed class ColourTests
{
    private const string Ui = "src/TerritoireCollab.Ui/";

    // Worked out apart from the code, by FNV-1a and its finish: a group keeps its colour from one release to the next.
    [Theory]
    [InlineData("veille", 140)]
    [InlineData("forêt", 150)]
    [InlineData("Drôme", 10)]
    [InlineData("", 300)]
    [InlineData("agriculture-durable", 340)]
    public void Hue_KnownSeed_SameDegreesForever(string seed, int degrees)
    {
        Assert.Equal(degrees, Hue.Of(seed));
        Assert.Equal($"teinte-{degrees}", Hue.Class(seed));
    }

    [Theory]
    [InlineData(0, "teinte-0")]
    [InlineData(359, "teinte-350")]
    [InlineData(360, "teinte-0")]
    [InlineData(-10, "teinte-350")]
    [InlineData(145, "teinte-140")]
    public void Hue_AnyAngle_RoundedDownToAClass(int degrees, string expected) => Assert.Equal(expected, Hue.Class(degrees));

    [Fact]
    public void Hue_EveryClass_IsInTheStyleSheet()
    {
        var styles = File.ReadAllText(Checkout.PathOf(Ui + "wwwroot/dist/trame.css"));
        var written = Regex.Matches(styles, @"\.teinte-(\d+)\{").Select(m => m.Groups[1].Value).ToHashSet();

        Assert.Equal(Enumerable.Range(0, 36).Select(i => (i * 10).ToString(CultureInfo.InvariantCulture)).Order(), written.Order());
    }

    [Fact]
    public void Hue_ManySeeds_EveryColourUsed() =>
        Assert.Equal(36, Enumerable.Range(0, 2000).Select(i => Hue.Of($"groupe-{i}")).Distinct().Count());

    // The build proves the contrast of these shades; the tokens must paint those very shades.
    [Fact]
    public void Shades_OfTheTokens_AreThoseWhoseContrastIsProved()
    {
        var proved = Regex.Matches(File.ReadAllText(Checkout.PathOf(Ui + "front/teintes.mjs")), @"(strong|soft|ink): \[(\S+), ([^\]]+)\]").Select(m => $"{m.Groups[2].Value} {m.Groups[3].Value}");
        var painted = Regex.Matches(File.ReadAllText(Checkout.PathOf(Ui + "front/css/tokens.css")), @"oklch\((\S+) (\S+) var\(--h").Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}");

        Assert.Equal(6, painted.Count());
        Assert.Equal(proved.Order(), painted.Order());
    }

    [Fact]
    public void Surfaces_OfTheTokens_AreThoseWhoseContrastIsProved()
    {
        var tokens = File.ReadAllText(Checkout.PathOf(Ui + "front/css/tokens.css"));
        var surfaces = Regex.Match(File.ReadAllText(Checkout.PathOf(Ui + "front/teintes.mjs")), "surfaces = (.*);").Groups[1].Value;

        Assert.All(Regex.Matches(surfaces, "#[0-9a-f]{6}").Select(m => m.Value), colour => Assert.Contains(Shortest(colour), tokens, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("veille", 4, 1, "M-4 1H2600M-4 4H2600M-7 7H2600M-7 10H2600", "4 2")]
    [InlineData("forêt", 4, 1, "M-13 1H2600M-13 4H2600M-19 7H2600M-19 10H2600", "7 2 4 2")]
    [InlineData("numerique", 4, 1, "M-19 1H2600M-22 4H2600M-25 7H2600M-28 10H2600", "13 2 4 2")]
    [InlineData("veille", 2, 2, "M-8 2H2600M-8 8H2600", "8 4")]
    public void Weave_KnownSeed_SameRibbonForever(string seed, int rows, int scale, string path, string dashes) => Assert.Equal(new Weave(path, dashes), Weave.Of(seed, rows, scale));

    [Fact]
    public void Weave_MoreRows_SameRibbonBelow() => Assert.StartsWith(Weave.Of("veille", 4).Path, Weave.Of("veille", 20).Path, StringComparison.Ordinal);

    [Fact]
    public void Weave_ManySeeds_SeveralPatterns() => Assert.True(Enumerable.Range(0, 200).Select(i => Weave.Of($"groupe-{i}", 8)).Distinct().Count() >= 20);

    [Fact]
    public void Weave_InAnotherCulture_SameRibbon()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("sv-SE");
        try
        {
            Assert.Equal("M-4 1H2600M-4 4H2600", Weave.Of("veille", 2).Path);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Style sheets write #ffffff as #fff.
    private static string Shortest(string colour) =>
        colour[1] == colour[2] && colour[3] == colour[4] && colour[5] == colour[6] ? $"#{colour[1]}{colour[3]}{colour[5]}" : colour;
}
