using Bunit;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Components.Tests;

public sealed class EnglishTests : UiTest
{
    public EnglishTests() => Speak("en-GB");

    [Fact]
    public void Forms_InEnglish_SpeakEnglish()
    {
        Assert.Equal("Title (optional)", Render<Field>(p => p.Add(x => x.Name, "Title").Add(x => x.Label, "Title")).Find("label").Words());
        Assert.Equal("Error: Write a title.", Render<Field>(p => p.Add(x => x.Name, "Title").Add(x => x.Label, "Title").Add(x => x.Error, "Write a title.")).Find(".champ-erreur").Words());
        Assert.Equal("A few things to correct", Render<ErrorSummary>(p => p.Add(x => x.Errors, [new(null, "x")])).Find("h2").TextContent);
        Assert.Contains("Attachments", Render<Composer>(p => p.Add(x => x.Name, "A").Add(x => x.Label, "B").Add(x => x.AttachmentsName, "F")).Find("label[for='champ-a-fichiers']").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public void Notices_InEnglish_SpeakEnglish()
    {
        Assert.Equal("Warning", Render<Notice>(p => p.Add(x => x.Tone, Tone.Warning)).Find(".titre").TextContent);
        Assert.Equal("Error", Render<Notice>(p => p.Add(x => x.Tone, Tone.Error)).Find(".titre").TextContent);
        Assert.Equal("Close", Render<Dialog>(p => p.Add(x => x.Id, "d").Add(x => x.Title, "t")).Find("button").TextContent);
    }

    [Fact]
    public void Layout_InEnglish_SpeaksEnglish()
    {
        Assert.Equal(["Skip to content", "Skip to search"], Render<SkipLinks>().FindAll("a").Select(a => a.TextContent));
        Assert.Equal("Next page", Render<Pager>(p => p.Add(x => x.NextHref, "?a")).Find("a[rel='next']").Words());
        Assert.Equal("Breadcrumb", Render<Breadcrumb>(p => p.Add(x => x.Crumbs, [new("a")])).Find("nav").GetAttribute("aria-label"));
        Assert.Equal("Main navigation", Render<SiteHeader>(p => p.Add(x => x.Links, [new("Home", "./", "house")])).Find("nav").GetAttribute("aria-label"));
    }

    [Fact]
    public void Layout_BackInFrench_SpeaksFrench()
    {
        Speak("fr-FR");

        Assert.Equal("Page suivante", Render<Pager>(p => p.Add(x => x.NextHref, "?a")).Find("a[rel='next']").Words());
    }
}
