using TerritoireCollab.Platform.Comments;

namespace TerritoireCollab.Platform.Tests.Comments;

/// <summary>Passages in rendered texts: found whatever stands between their words, marked without breaking an element.</summary>
public sealed class PassageTextTests
{
    [Theory]
    [InlineData("<p>L’ordre &amp; le jour</p>", "L'ordre & le", "<p><mark>L’ordre &amp; le</mark>[0] jour</p>")]
    [InlineData("<p>un <strong>deux</strong> trois</p>", "un deux trois", "<p><mark>un </mark><strong><mark>deux</mark></strong><mark> trois</mark>[0]</p>")]
    [InlineData("<p>un</p>\n<p>deux</p>", "un deux", "<p><mark>un</mark></p>\n<p><mark>deux</mark>[0]</p>")]
    [InlineData("<p>voir <a href=\"/c/1\">la page</a>.</p>", "la page", "<p>voir <a href=\"/c/1\"><mark>la page</mark></a>[0].</p>")]
    [InlineData("<p>voir <a href=\"/c/1\">la page</a>.</p>", "voir la page.", "<p><mark>voir </mark><a href=\"/c/1\"><mark>la page</mark></a><mark>.</mark>[0]</p>")]
    [InlineData("<ul><li>un\u00a0 :\n  deux</li></ul>", "un : deux", "<ul><li><mark>un\u00a0 :\n  deux</mark>[0]</li></ul>")]
    public void Passage_InATextWithElements_MarkedWithinThem(string html, string quote, string marked)
    {
        var text = new PassageText(html);

        var passage = text.Take(quote, null);

        Assert.Equal(marked, text.Mark([text.Find(passage!)!.Value], i => $"[{i}]"));
    }

    [Fact]
    public void Passages_OverEachOther_EachWithItsNumber()
    {
        var text = new PassageText("<p>un deux trois quatre</p>");
        PassageSpan Place(string quote) => text.Find(text.Take(quote, null)!)!.Value;

        Assert.Equal("<p><mark>un deux trois[1] quatre</mark>[0]</p>", text.Mark([Place("un deux trois quatre"), Place("deux trois")], i => $"[{i}]"));
    }

    [Theory]
    [InlineData("trois", null)]
    [InlineData("", null)]
    [InlineData(" \u00a0", null)]
    [InlineData("un", "un")]
    public void Passage_ThatIsNotThere_NoneTaken(string quote, string? taken) => Assert.Equal(taken, new PassageText("<p>un deux</p>").Take(quote, null)?.Quote);
}
