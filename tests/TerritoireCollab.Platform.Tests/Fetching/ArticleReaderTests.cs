using System.Diagnostics;
using System.Text;
using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>The text of a page that wishes ill.</summary>
public sealed class ArticleReaderTests
{
    private static readonly string Paragraph = $"<p>{string.Concat(Enumerable.Repeat("Le conseil municipal se réunit jeudi soir, et tout le monde peut y venir. ", 8))}</p>";

    public static TheoryData<string, string> Hostile => new()
    {
        { "nested", string.Concat(Enumerable.Repeat("<div>", 200_000)) },
        { "formatting that is never closed", string.Concat(Enumerable.Repeat("<b><i><p>x", 20_000)) },
        { "a line without end", new string('x', 3_000_000) },
        { "many paragraphs", string.Concat(Enumerable.Repeat("<div class='article-body'><p>, , , , , , ,</p></div>", 14_000)) },
        { "a table of cells", "<table>" + string.Concat(Enumerable.Repeat("<tr><td><a href=x>y</a>", 9_000)) },
        { "blanks", "<article>" + string.Concat(Enumerable.Repeat("<br> \n", 25_000)) },
        { "nothing", "" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Page_MadeToBeSlow_EndsInTime(string kind, string html)
    {
        var began = Stopwatch.GetTimestamp();

        var reading = await ReadAsync(html);

        Assert.NotEqual((ArticleOutcome.Reserved, kind), (reading.Outcome, kind));
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1), $"{kind}: {Stopwatch.GetElapsedTime(began)}");
    }

    [Fact]
    public async Task Page_WithTraps_TextAloneIsLeft()
    {
        var reading = await ReadAsync($"<body><article><h1>Titre</h1>{Paragraph}<p onclick=x()>Avant <a href='javascript:alert(1)'>piège</a> <img src=https://pisteur.test/p.gif onerror=x()> <svg onload=x()></svg> après.</p><iframe src=https://autre.test/></iframe>{Paragraph}<form><input name=a></form></article></body>");

        Assert.Equal(ArticleOutcome.Read, reading.Outcome);
        Assert.Contains("Avant", reading.Html, StringComparison.Ordinal);
        foreach (var trap in new[] { "javascript:", "pisteur", "onerror", "onclick", "<svg", "autre.test", "<form", "<input" }) Assert.DoesNotContain(trap, reading.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Page_OfBoxesInBoxes_ParagraphsOneAfterTheOther()
    {
        var reading = await ReadAsync($"<body><main><div><section><div>{Paragraph}</div><div><h2>La suite</h2><ul><li>Un</li></ul></div>{Paragraph}</section></div></main></body>");

        Assert.Equal($"{Paragraph}<h3>La suite</h3><ul><li>Un</li></ul>{Paragraph}", reading.Html.ReplaceLineEndings("").Trim());
    }

    [Theory]
    [InlineData("{\"@graph\":[{\"hasPart\":{\"isAccessibleForFree\":false}}]}", ArticleOutcome.Paywall)]
    [InlineData("{\"isAccessibleForFree\":\"http://schema.org/False\"}", ArticleOutcome.Paywall)]
    [InlineData("{\"isAccessibleForFree\":true}", ArticleOutcome.Read)]
    [InlineData("{\"isAccessibleForFree\":fal", ArticleOutcome.Read)]
    public async Task Page_ThatSaysWhetherItIsFree_Believed(string json, ArticleOutcome outcome) =>
        Assert.Equal(outcome, (await ReadAsync($"<head><script type='application/ld+json'>{json}</script></head><body><article>{Paragraph}{Paragraph}</article></body>")).Outcome);

    private static Task<ArticleReading> ReadAsync(string html) =>
        ArticleReader.ReadAsync(new FetchResult(FetchOutcome.Ok) { FinalAddress = new("https://site.test/a"), ContentType = "text/html; charset=utf-8", Body = Encoding.UTF8.GetBytes(html) }, TestContext.Current.CancellationToken);
}
