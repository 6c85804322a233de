using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;

namespace TerritoireCollab.Documents.Tests.Writing;

/// <summary>The schemas of Office, read by the library of its makers: Word refuses what LibreOffice forgives.</summary>
public sealed class OfficeSchemaTests
{
    private static readonly OpenXmlValidator Validator = new(DocumentFormat.OpenXml.FileFormatVersions.Microsoft365);

    [Fact]
    public void Write_Docx_ValidForWord()
    {
        using var document = WordprocessingDocument.Open(TextWriterTests.Write(Samples.Of(Samples.Minutes) with { Description = "Publié par le groupe" }, ".docx"), false);

        Assert.Empty(Validator.Validate(document, TestContext.Current.CancellationToken).Select(Tell));
        Assert.Equal(("Compte rendu du 12 mars", "Ana Pichon", "fr-FR"), (document.PackageProperties.Title, document.PackageProperties.Creator, document.PackageProperties.Language));
        Assert.Contains("l’école « Les Cèdres »", document.MainDocumentPart!.Document!.InnerText, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Xlsx_ValidForExcel()
    {
        using var document = SpreadsheetDocument.Open(SheetWriterTests.Write(SheetWriterTests.Participants, ".xlsx"), false);

        Assert.Empty(Validator.Validate(document, TestContext.Current.CancellationToken).Select(Tell));
        Assert.Equal("Inscriptions", document.PackageProperties.Title);
        Assert.Equal(2, document.WorkbookPart!.WorksheetParts.Count());
    }

    private static string Tell(ValidationErrorInfo error) => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}";
}
