using Microsoft.AspNetCore.Components;

namespace TerritoireCollab.Components.Tests.Design;

// Inside, so that the class is found before the namespace of that name.
using TerritoireCollab.Ui.Components;

public sealed class HtmlTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("\" onmouseover=\"alert(1)", "&quot; onmouseover=&quot;alert(1)")]
    [InlineData("' onmouseover='alert(1)", "&#x27; onmouseover=&#x27;alert(1)")]
    [InlineData("R&D &lt;", "R&amp;D &amp;lt;")]
    [InlineData("Hélène & Noé – « œuvre »", "Hélène &amp; Noé – « œuvre »")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Piece_TextBetweenBraces_Encoded(string? text, string expected)
    {
        Assert.Equal($"<b>{expected}</b>", Html.Of($"<b>{text}</b>").Value);
        Assert.Equal($"<b title=\"{expected}\"></b>", Html.Of($"<b title=\"{text}\"></b>").Value);
    }

    [Fact]
    public void Piece_WithinAPiece_EncodedOnce() => Assert.Equal("<li><b>R&amp;D</b></li>", Html.Of($"<li>{Html.Of($"<b>{"R&D"}</b>")}{default(MarkupString)}</li>").Value);
}
