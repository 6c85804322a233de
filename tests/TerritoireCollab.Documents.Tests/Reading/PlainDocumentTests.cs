using System.Text;

namespace TerritoireCollab.Documents.Tests.Reading;

public sealed class PlainDocumentTests
{
    [Fact]
    public void Extract_Text_ParagraphsApartByEmptyLines() =>
        Assert.Equal(["Paragraph: Bonjour,\nune ligne.", "Paragraph: Fin 🌲"], Lines("Bonjour,\r\nune ligne.\r\n\r\n  \r\nFin 🌲", ".txt"));

    [Theory]
    [InlineData(1252)]
    [InlineData(65001)]
    [InlineData(1200)]
    [InlineData(1201)]
    public void Extract_Charset_Guessed(int codePage)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("L’été «\u00a0à la mer\u00a0»")];

        Assert.Equal(["Paragraph: L’été «\u00a0à la mer\u00a0»"], HandMade.Lines(new MemoryStream(bytes), ".txt"));
    }

    [Fact]
    public void Extract_Markdown_BlocksByKind() =>
        Assert.Equal(
            ["Heading 1: Titre", "Paragraph: Un texte\nsur deux lignes.", "ListItem 1: pain", "ListItem 2: beurre", "ListItem 1: trois", "Heading 2: Suite", "Paragraph: # pas un titre", "Paragraph: #nonplus"],
            Lines("# Titre #\nUn texte\nsur deux lignes.\n- pain\n  * beurre\n3. trois\n## Suite\n```\n# pas un titre\n```\n#nonplus", ".md"));

    [Theory]
    [InlineData("Nom;Ville\n\"Le \"\"Pic\"\"; dit\";Crest\n;;\n;Die")]
    [InlineData("Nom,Ville\n\"Le \"\"Pic\"\"; dit\",Crest\n,,\n,Die")]
    [InlineData("Nom\tVille\r\n\"Le \"\"Pic\"\"; dit\"\tCrest\r\n\tDie")]
    public void Extract_Csv_RowsOfCells(string csv) => Assert.Equal(["TableRow: Nom\tVille", "TableRow: Le \"Pic\"; dit\tCrest", "TableRow: \tDie"], Lines(csv, ".csv"));

    [Fact]
    public void Extract_QuoteInsideABareCell_IsALetter() => Assert.Equal(["TableRow: tuyau\t5\" de long\tbleu"], Lines("tuyau;5\" de long;bleu", ".csv"));

    [Fact]
    public void Extract_LimitInsideACharacter_StillUtf8()
    {
        var text = TextExtractor.Extract(new MemoryStream(Encoding.UTF8.GetBytes("a" + new string('é', 100))), "a.txt", new ExtractionLimits { Characters = 10 });

        Assert.Equal(("a" + new string('é', 9), true), (text.ToPlainText(), text.IsTruncated));
    }

    [Fact]
    public void Extract_ControlCharacters_Dropped() => Assert.Equal(["Paragraph: ab c"], Lines("a\0b\u0007 c\u0085", ".txt"));

    [Theory]
    [InlineData("note.ODT", true)]
    [InlineData("a.b.docx", true)]
    [InlineData("photo.jpg", false)]
    [InlineData("docx", false)]
    public void Reads_Name_ByItsExtension(string name, bool reads) => Assert.Equal(reads, TextExtractor.Reads(name));

    private static string[] Lines(string text, string extension) => HandMade.Lines(new MemoryStream(Encoding.UTF8.GetBytes(text)), extension);
}
