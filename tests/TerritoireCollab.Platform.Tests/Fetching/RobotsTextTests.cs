using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>The rules of a site for programs, as RFC 9309 reads them.</summary>
public sealed class RobotsTextTests
{
    [Theory]
    [InlineData("", "/a", true)]
    [InlineData("User-agent: *\nDisallow:", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /", "/a", false)]
    [InlineData("user-AGENT : *   # tous\r\nDISALLOW : /prive   # sauf\r\n", "/prive/page", false)]
    [InlineData("User-agent: *\nDisallow: /prive", "/public", true)]
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true)]
    [InlineData("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", false)]
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /*.pdf$", "/doc/x.pdf", false)]
    [InlineData("User-agent: *\nDisallow: /*.pdf$", "/doc/x.pdf?v=2", true)]
    [InlineData("User-agent: *\nDisallow: /*?session=", "/page?session=1", false)]
    [InlineData("User-agent: *\nDisallow: /a*b*c$", "/a-b-b-c", false)]
    [InlineData("User-agent: *\nDisallow: /a*b*c$", "/a-b-b-cd", true)]
    [InlineData("User-agent: *\nDisallow: /\n\nUser-agent: territoirecollab\nAllow: /", "/a", true)]
    [InlineData("User-agent: TerritoireCollab/1.0\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", false)]
    [InlineData("User-agent: Autre\nUser-agent: TerritoireCollab\nDisallow: /a\n", "/a", false)]
    [InlineData("User-agent: TerritoireCollab\nDisallow: /a\n\nUser-agent: TerritoireCollab\nDisallow: /b", "/b", false)]
    [InlineData("User-agent: Autre\nDisallow: /", "/a", true)]
    [InlineData("Disallow: /\nUser-agent: *\nAllow: /", "/a", true)]
    [InlineData("<!DOCTYPE html><title>404</title>", "/a", true)]
    [InlineData("\uFEFFUser-agent: *\nDisallow: /", "/a", false)]
    public void Rules_ForAPage_AsTheStandardReadsThem(string text, string path, bool allowed) => Assert.Equal(allowed, RobotsText.Allows(text, "TerritoireCollab", new Uri("https://site.test" + path)));

    [Fact]
    public void Rules_MadeToBeSlow_ReadInBoundedTime()
    {
        var text = "User-agent: *\n" + string.Concat(Enumerable.Repeat($"Disallow: /{string.Concat(Enumerable.Repeat("a*", 200))}b\n", 2_000));

        var time = ThreadTime.Of(() => Assert.True(RobotsText.Allows(text, "TerritoireCollab", new Uri("https://site.test/" + new string('a', 1_900)))));

        Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
