using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TerritoireCollab.Documents.Tests.Reading;
using TerritoireCollab.Documents.Writing;

namespace TerritoireCollab.Documents.Tests.Writing;

public sealed class SheetWriterTests(LibreOffice office) : IClassFixture<LibreOffice>
{
    internal static readonly WrittenWorkbook Participants = new("Inscriptions", new DateTimeOffset(2026, 3, 12, 14, 30, 0, TimeSpan.Zero),
    [
        new("Fête [du] pont", ["Nom", "Inscrit le", "Arrive à", "Places", "Payé", "Mot"],
        [
            ["Ana Pichon", new DateOnly(2026, 3, 12), new DateTime(2026, 4, 1, 9, 30, 0), 2, true, "À bientôt\u202f! 🌲"],
            ["=1+1", null, null, 12.5m, false, "deux\nlignes"],
            ["+33 6 00 00 00 00", new DateOnly(1850, 1, 1), null, -3, null, "=HYPERLINK(\"http://pirate.test\";\"ici\")"],
        ]),
        new("Fête du pont", ["Vide"], []),
    ]);

    private const char Narrow = '\u202f';

    [Theory]
    [InlineData(".ods")]
    [InlineData(".xlsx")]
    public void Write_Participants_ReadBackAsWritten(string extension)
    {
        Assert.Equal(
            [
                "SheetTitle: Fête du pont",
                "TableRow: Nom\tInscrit le\tArrive à\tPlaces\tPayé\tMot",
                "TableRow: Ana Pichon\t12/03/2026\t01/04/2026 09:30\t2\tVRAI\tÀ bientôt\u202f! 🌲",
                $"TableRow: =1+1\t\t\t{(extension == ".ods" ? "12.5" : "12,5")}\tFAUX\tdeux lignes",
                "TableRow: +33 6 00 00 00 00\t01/01/1850\t\t-3\t\t=HYPERLINK(\"http://pirate.test\";\"ici\")",
                "SheetTitle: Fête du pont (2)",
                "TableRow: Vide",
            ],
            HandMade.Lines(Write(Participants, extension), extension));
    }

    [Theory]
    [InlineData(".ods")]
    [InlineData(".xlsx")]
    public void Write_ForwardOnlyStream_SameBytes(string extension)
    {
        using var forward = new ForwardOnly();
        WriteTo(Participants, extension, forward);

        Assert.Equal(Write(Participants, extension).ToArray(), forward.Written.ToArray());
    }

    [Fact]
    public async Task Convert_Sheets_ValuesAreWhatTheySay()
    {
        // Comma, quotes, UTF-8, from the first line; the last one: cells as they are shown.
        var sheets = await office.ConvertAsync("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true", ("a.ods", Write(Participants, ".ods")), ("b.xlsx", Write(Participants, ".xlsx")));

        foreach (var (_, bytes) in sheets)
        {
            Assert.Equal(
                $$"""
                Nom,Inscrit le,Arrive à,Places,Payé,Mot
                Ana Pichon,12/03/2026,01/04/2026 09:30,2,TRUE,À bientôt{{Narrow}}! 🌲
                =1+1,,,12.5,FALSE,"deux
                lignes"
                +33 6 00 00 00 00,01/01/1850,,-3,,"=HYPERLINK(""http://pirate.test"";""ici"")"

                """,
                Encoding.UTF8.GetString(bytes).TrimStart('\ufeff').Replace("\r\n", "\n", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Convert_Sheets_DaysAreDaysAndNothingIsAFormula()
    {
        foreach (var (_, bytes) in await office.ConvertAsync("fods", ("a.ods", Write(Participants, ".ods")), ("b.xlsx", Write(Participants, ".xlsx"))))
        {
            var text = Encoding.UTF8.GetString(bytes);
            Assert.Contains("office:date-value=\"2026-03-12\"", text, StringComparison.Ordinal);
            Assert.Contains("office:date-value=\"2026-04-01T09:30:00\"", text, StringComparison.Ordinal);

            // LibreOffice itself reads a truth of XLSX as a formula of its own.
            Assert.All(Regex.Matches(text, "table:formula=\"([^\"]*)"), formula => Assert.Matches(@"^of:=(TRUE|FALSE)\(\)$", formula.Groups[1].Value));
            Assert.Contains("Fête du pont (2)", text, StringComparison.Ordinal);
            Assert.Contains("<dc:title>Inscriptions</dc:title>", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(".ods", "settings.xml", "2 1")]
    [InlineData(".xlsx", "xl/worksheets/sheet2.xml", "1 A2 frozen")]
    public void Write_FirstRow_StaysWhileScrolling(string extension, string part, string expected)
    {
        using var archive = new ZipArchive(Write(Participants, extension));
        var document = XDocument.Load(archive.GetEntry(part)!.Open());
        var pane = document.Descendants().SingleOrDefault(e => e.Name.LocalName == "pane");
        string[] frozen = pane is not null
            ? [(string)pane.Attribute("ySplit")!, (string)pane.Attribute("topLeftCell")!, (string)pane.Attribute("state")!]
            : [.. document.Descendants().Where(e => e.Attributes().Any(a => a.Value == "Fête du pont (2)")).Elements().Take(2).Select(e => e.Value)];

        Assert.Equal(expected, string.Join(' ', frozen));
    }

    [Fact]
    public void Write_Xlsx_TextsThatLookLikeFormulasAreGuarded()
    {
        using var archive = new ZipArchive(Write(Participants, ".xlsx"));
        var sheet = XDocument.Load(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var guarded = sheet.Descendants().Where(e => e.Name.LocalName == "c" && (string?)e.Attribute("s") == "4").Select(e => e.Value[..1]);

        Assert.Equal(["=", "+", "="], guarded);
        Assert.DoesNotContain(sheet.Descendants(), e => e.Name.LocalName == "f");
    }

    [Theory]
    [InlineData(".ods")]
    [InlineData(".xlsx")]
    public void Write_ThousandColumns_EachInItsPlace(string extension)
    {
        var workbook = new WrittenWorkbook("Large", DateTimeOffset.UnixEpoch, [new("", [.. Enumerable.Range(1, 800).Select(i => $"c{i}")], [[.. Enumerable.Range(1, 800).Select(i => i % 100 == 0 ? (object)i : null)]])]);

        var lines = HandMade.Lines(Write(workbook, extension), extension);

        Assert.Equal("SheetTitle: 1", lines[0]);
        Assert.Equal("c800", lines[1].Split('\t')[^1]);
        Assert.Equal(800, lines[1].Split('\t').Length);
    }

    internal static MemoryStream Write(WrittenWorkbook workbook, string extension)
    {
        var file = new MemoryStream();
        WriteTo(workbook, extension, file);
        file.Position = 0;
        return file;
    }

    private static void WriteTo(WrittenWorkbook workbook, string extension, Stream output)
    {
        if (extension == ".ods") OdsWriter.Write(workbook, output);
        else XlsxWriter.Write(workbook, output);
    }
}
