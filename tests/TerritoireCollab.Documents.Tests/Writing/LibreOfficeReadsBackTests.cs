using System.Text;
using System.Text.RegularExpressions;

namespace TerritoireCollab.Documents.Tests.Writing;

public sealed class LibreOfficeReadsBackTests(LibreOffice office) : IClassFixture<LibreOffice>
{
    [Fact]
    public async Task Convert_TextDocuments_SameStructure()
    {
        var document = Samples.Of(Samples.Minutes);

        var pages = await office.ConvertAsync("html", ("a.odt", TextWriterTests.Write(document, ".odt")), ("b.docx", TextWriterTests.Write(document, ".docx")));

        foreach (var (name, bytes) in pages)
        {
            var html = Regex.Replace(Encoding.UTF8.GetString(bytes), @"\s+", " ");
            Assert.Equal(["h1 Présents", "h2 Décisions", "h3 Citation"], Regex.Matches(html, "<(h[1-6])[^>]*>(.*?)</h").Select(m => $"{m.Groups[1].Value} {Bare(m.Groups[2].Value)}"));
            Assert.Contains("<title>Compte rendu du 12 mars</title>", html, StringComparison.Ordinal);
            Assert.Contains("fr-FR", html, StringComparison.Ordinal);
            Assert.Contains("<thead>", html, StringComparison.Ordinal);
            Assert.Contains("href=\"https://exemple.test/sentier?a=1&amp;b=2\"", html, StringComparison.Ordinal);
            Assert.Contains("<li value=\"3\">", html, StringComparison.Ordinal);
            AssertInOrder(Bare(html), ["Compte rendu du 12 mars", "Une élue", "qui d’autre ? 🌲", "Nettoyer la source", "avec l’école", "en avril", "Poser trois bancs", "☑ Convoquer", "Tronçon", "12,50 €", "Sauf l’hiver.", "if (a &lt; b", "Fin."]);
            Assert.True(Regex.Count(html, "<ol") >= 3 && Regex.Count(html, "<ul") >= 3, name);
        }
    }

    [Fact]
    public async Task Convert_Picture_KeepsItsAlternative()
    {
        var document = Samples.Of("![Le pont](/images/pont.png)");

        foreach (var (_, bytes) in await office.ConvertAsync("fodt", ("a.odt", TextWriterTests.Write(document, ".odt")), ("b.docx", TextWriterTests.Write(document, ".docx"))))
            Assert.Matches("<svg:(title|desc)>Le pont</svg", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public async Task Convert_TextDocumentsToPdf_TextStaysText()
    {
        var document = Samples.Of(Samples.Minutes);
        var files = await office.ConvertAsync("pdf", ("a.odt", TextWriterTests.Write(document, ".odt")), ("b.docx", TextWriterTests.Write(document, ".docx")));

        var program = new PdfText();
        Assert.SkipUnless(program.IsInstalled, "skipped: not here");
        foreach (var (_, bytes) in files)
        {
            var read = await program.ExtractAsync(new MemoryStream(bytes), null, TestContext.Current.CancellationToken);

            Assert.Null(read.Text.Fault);
            AssertInOrder(Regex.Replace(read.Text.ToPlainText(), @"\s+", " "), ["Compte rendu du 12 mars", "Présents", "l’école « Les Cèdres »", "Décisions", "Nettoyer la source", "Tronçon", "Citation", "Fin."]);
        }
    }

    private static string Bare(string html) => Regex.Replace(Regex.Replace(html, "<[^>]*>", ""), @"\s+", " ").Trim();

    private static void AssertInOrder(string text, string[] pieces)
    {
        var at = 0;
        foreach (var piece in pieces)
        {
            var next = text.IndexOf(piece, at, StringComparison.Ordinal);
            Assert.True(next >= 0, $"« {piece} » is not after the {at}th character of: {text}");
            at = next + piece.Length;
        }
    }
}
