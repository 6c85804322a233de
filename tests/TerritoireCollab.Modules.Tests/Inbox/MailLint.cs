using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>M24: what the HTML part of any mail keeps to, so that old programs and tired eyes read it.</summary>
internal static partial class MailLint
{
    private const int Heaviest = 90 * 1024;
    private const double LeastContrast = 4.5;

    /// <summary>Fails on what old programs do not read, on what would tell who reads, and on letters too pale for their ground.</summary>
    public static void Check(string kind, ReceivedMail mail)
    {
        var document = mail.Document;
        Assert.Equal("fr", document.DocumentElement.GetAttribute("lang"));
        Assert.Empty(document.QuerySelectorAll("script,form,link,iframe,img,video,object"));
        Assert.All(document.QuerySelectorAll("table"), t => Assert.Equal("presentation", t.GetAttribute("role")));
        Assert.All(document.QuerySelectorAll("p,h1,h2,a,li,span"), e => Assert.True(e.HasAttribute("style"), $"{kind}: {e.OuterHtml}"));
        Assert.DoesNotMatch("rgba?\\(|url\\(|javascript:", mail.Html);
        Assert.Single(document.QuerySelectorAll("h1"));
        Assert.NotEmpty(document.QuerySelectorAll("meta[name='color-scheme']"));
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(mail.Html) < Heaviest, $"{kind}: {mail.Html.Length}");
        Assert.All(document.QuerySelectorAll("[style*='color:#']").Where(e => Colour(e, Ink()) is not null), e =>
        {
            var contrast = Contrast(Colour(e, Ink())!, Ground(e));
            Assert.True(contrast >= LeastContrast, $"{kind}: {contrast:0.0} for {e.OuterHtml[..Math.Min(200, e.OuterHtml.Length)]}");
        });
    }

    private static string Ground(IElement element)
    {
        for (IElement? at = element; at is not null; at = at.ParentElement)
            if (Colour(at, Paper()) is { } colour) return colour;
        return "ffffff";
    }

    private static string? Colour(IElement element, Regex property) => property.Match(element.GetAttribute("style") ?? "") is { Success: true } found ? found.Groups[1].Value : null;

    // WCAG 2.2, relative luminance and contrast ratio.
    private static double Contrast(string ink, string paper)
    {
        var (one, other) = (Luminance(ink), Luminance(paper));
        return (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);
    }

    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }

    [GeneratedRegex("(?:^|;)color:#([0-9a-f]{6})")]
    private static partial Regex Ink();

    [GeneratedRegex("(?:^|;)background:#([0-9a-f]{6})")]
    private static partial Regex Paper();
}
