using TerritoireCollab.Documents.Reading;
using TerritoireCollab.Documents.Tests.Zip;

namespace TerritoireCollab.Documents.Tests.Reading;

public sealed class SpreadsheetTests
{
    [Theory]
    [InlineData("46093", CellFormat.Date, "12/03/2026")]
    [InlineData("46093.604166667", CellFormat.Date, "12/03/2026 14:30")]
    [InlineData("1", CellFormat.Date, "01/01/1900")]
    [InlineData("61", CellFormat.Date, "01/03/1900")]
    [InlineData("0.75", CellFormat.Time, "18:00")]
    [InlineData("1.5", CellFormat.Time, "36:00")]
    [InlineData("0.125", CellFormat.Percent, "12,5\u00a0%")]
    [InlineData("0.1", CellFormat.Number, "0,1")]
    [InlineData("1234.5600000000001", CellFormat.Number, "1234,56")]
    [InlineData("-3", CellFormat.Number, "-3")]
    [InlineData("1e300", CellFormat.Date, "1E+300")]
    [InlineData("-5", CellFormat.Date, "-5")]
    [InlineData("texte", CellFormat.Number, "texte")]
    public void Of_StoredNumber_AsPeopleReadIt(string stored, object format, string shown) => Assert.Equal(shown, CellValues.Of(stored, (CellFormat)format, false));

    [Fact]
    public void Of_DayCountedFrom1904_SameDay() => Assert.Equal("12/03/2026", CellValues.Of("44631", CellFormat.Date, true));

    [Theory]
    [InlineData("General", CellFormat.Number)]
    [InlineData("dd/mm/yyyy", CellFormat.Date)]
    [InlineData("[$-40C]d mmmm yyyy;@", CellFormat.Date)]
    [InlineData("mmm", CellFormat.Date)]
    [InlineData("hh:mm", CellFormat.Time)]
    [InlineData("[h]:mm", CellFormat.Time)]
    [InlineData("0.00%", CellFormat.Percent)]
    [InlineData("#,##0.00\\ \"dépensés\"", CellFormat.Number)]
    [InlineData("[Red]0.0_d", CellFormat.Number)]
    [InlineData("\"jamais fermé", CellFormat.Number)]
    public void FormatOf_Code_WhatItShows(string code, object format) => Assert.Equal(format, CellValues.FormatOf(code));

    [Fact]
    public void Extract_InlineAndRichTexts_Read()
    {
        const string sheet = """
            <row r="1"><c r="B1" t="inlineStr"><is><t>en ligne</t><rPh><t>dit</t></rPh></is></c><c r="D1" t="s"><v>0</v></c><c t="str"><f>A1</f><v>calculé</v></c><c r="XFD1"><v>9</v></c></row>
            <row><c t="s"><v>12</v></c></row><row><c t="d"><v>2026-03-12T00:00:00</v></c><c t="e"><v>#N/A</v></c><c t="s"><v>-1</v></c></row>
            """;
        const string texts = "<si><r><t>gras</t></r><r><t xml:space=\"preserve\"> et maigre</t></r><rPh><t>prononcé</t></rPh></si>";

        Assert.Equal(
            ["SheetTitle: Feuille", "TableRow: \ten ligne\t\tgras et maigre\tcalculé" + new string('\t', 65) + "9", "TableRow: 12/03/2026\t#N/A"],
            HandMade.Lines(Workbook(sheet, texts), ".xlsx"));
    }

    [Fact]
    public void Extract_MillionEmptyRows_NothingShown()
    {
        using var document = HandMade.Odf("spreadsheet", "<office:spreadsheet><table:table table:name=\"F\"><table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row><table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"3\"><text:p>x</text:p></table:table-cell><table:covered-table-cell><text:p>dessous</text:p></table:covered-table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>");

        Assert.Equal(["SheetTitle: F", "TableRow: x\tx\tx\t\ty", "TableRow: x\tx\tx\t\ty"], HandMade.Lines(document, ".ods"));
    }

    [Fact]
    public void Extract_CellRepeatedABillionTimes_ShownAFewTimes()
    {
        using var document = HandMade.Odf("spreadsheet", "<office:spreadsheet><table:table table:name=\"F\"><table:table-row table:number-rows-repeated=\"1000000000\"><table:table-cell table:number-columns-repeated=\"1000000000\"><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>");

        var rows = HandMade.Lines(document, ".ods")[1..];

        Assert.Equal(50, rows.Length);
        Assert.All(rows, row => Assert.Equal(64, row.Count(letter => letter == 'x')));
    }

    [Fact]
    public void Extract_DaysAndTimesOfOpenDocument_LookAlike()
    {
        using var document = HandMade.Odf("spreadsheet", "<office:spreadsheet><table:table table:name=\"F\"><table:table-row><table:table-cell office:value-type=\"date\" office:date-value=\"2026-03-12T14:30:00\"><text:p>12 mars</text:p></table:table-cell><table:table-cell office:value-type=\"time\" office:time-value=\"PT36H15M00S\"><text:p>36:15:00</text:p></table:table-cell><table:table-cell office:value-type=\"time\" office:time-value=\"toujours\"><text:p>jamais</text:p></table:table-cell><table:table-cell office:value-type=\"boolean\" office:boolean-value=\"false\"/></table:table-row></table:table></office:spreadsheet>");

        Assert.Equal(["SheetTitle: F", "TableRow: 12/03/2026 14:30\t36:15\tjamais\tFAUX"], HandMade.Lines(document, ".ods"));
    }

    private static MemoryStream Workbook(string rows, string texts) => Zips.Of(
        ("_rels/.rels", HandMade.Relations([("r", "officeDocument", "xl/workbook.xml")])),
        ("xl/_rels/workbook.xml.rels", HandMade.Relations([("r1", "worksheet", "/xl/feuille.xml"), ("r2", "sharedStrings", "s.xml")])),
        ("xl/workbook.xml", "<workbook xmlns=\"m\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Feuille\" r:id=\"r1\"/><sheet name=\"Absente\" r:id=\"r9\"/></sheets></workbook>"),
        ("xl/feuille.xml", $"<worksheet xmlns=\"m\"><sheetData>{rows}</sheetData></worksheet>"),
        ("xl/s.xml", $"<sst xmlns=\"m\">{texts}</sst>"));
}
