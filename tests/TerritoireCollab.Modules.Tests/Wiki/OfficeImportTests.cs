using System.IO.Compression;
using System.Text;
using TerritoireCollab.Documents.Tests.Writing;

namespace TerritoireCollab.Modules.Tests.Wiki;

/// <summary>An office document brought in as a page: what people gave it by hand stays, and what does not come along is said.</summary>
public sealed class OfficeImportTests(WikiStage stage, LibreOffice office) : IClassFixture<WikiStage>, IClassFixture<LibreOffice>
{
    private const string Text = "Un vote **à mains levées**, puis *à bulletins secrets*, selon [la loi](https://legifrance.example/texte?a=1&b=(2)).";

    [Theory]
    [InlineData("odt", "docx")]
    [InlineData("docx", "odt")]
    public async Task Import_DocumentSavedByLibreOffice_KeepsHeadingsListsTablesBoldItalicAndLinks(string written, string saved)
    {
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Member, "Conseil de mai", $"{Text}\n\n## Suites\n\n- **Voter** le budget\n- Publier\n\n| Poste | Montant |\n| --- | --- |\n| *Salle* | 120 € |");
        using var export = new MemoryStream(await room.Member.Browser.GetByteArrayAsync($"{room.Tool}/{id}/export.{written}"));
        var (_, bytes) = Assert.Single(await office.ConvertAsync(saved, ($"conseil.{written}", export)));
        await WikiRoom.SaveAsync(room.Member, await room.FormAsync(room.Member, id), "Texte.", title: "Autre page");

        var page = await room.Member.SendAsync(await room.Member.OpenAsync($"{room.Tool}/importer"), "form.formulaire", [("File", $"conseil.{saved}", bytes)]);

        Assert.Equal("Conseil de mai", page.Document.QuerySelector("h1")!.TextContent);
        Assert.Contains("fait=publie", page.Address, StringComparison.Ordinal);
        string[] Words(string selector) => [.. page.Document.QuerySelectorAll($"article {selector}").Select(e => e.TextContent.Trim())];
        Assert.Equal(["à mains levées", "Voter"], Words("strong").Where(w => w is not ("Poste" or "Montant")));
        Assert.Equal(["à bulletins secrets", "Salle"], Words("em"));
        Assert.Equal("https://legifrance.example/texte?a=1&b=(2)", page.Document.QuerySelector("article a")!.GetAttribute("href"));
        Assert.Equal("la loi", page.Document.QuerySelector("article a")!.TextContent);
        Assert.Equal(["Suites"], Words("h2, h3"));
        Assert.Equal(["Voter le budget", "Publier"], Words("li"));
        Assert.Equal(["Salle", "120 €"], Words("td"));
    }

    [Theory]
    [InlineData("docx")]
    [InlineData("odt")]
    public async Task Import_DocumentWithAPicture_SaysThatItIsNotTakenOver(string extension)
    {
        var room = await stage.RoomAsync();
        var form = await room.Member.OpenAsync($"{room.Tool}/importer");

        var page = await room.Member.SendAsync(form, "form.formulaire", [("File", $"plan.{extension}", extension == "docx" ? Docx() : Odt())]);

        Assert.Equal("Avec **gras** et *style*, [*ici*](<https://site.example/>) loin.", (await room.FormAsync(room.Member, page.Address.Split('/')[^1][..8])).ValueOf("Input.Body"));
        Assert.Contains("Les images du document ne sont pas reprises", page.Text, StringComparison.Ordinal);
        Assert.Contains("les images et la mise en page ne le sont pas", form.Text, StringComparison.Ordinal);
    }

    // A bold word cut into runs with its blank inside, a style called emphasis, an old version of the properties, bold of the mark of the paragraph alone.
    private static byte[] Docx() => Zip(
        ("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""),
        ("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"""),
        ("word/_rels/document.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://site.example/" TargetMode="External"/><Relationship Id="r3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="fichier.odt" TargetMode="External"/></Relationships>"""),
        ("word/styles.xml", """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="character" w:styleId="Accentuation"><w:name w:val="Emphasis"/></w:style></w:styles>"""),
        ("word/document.xml", """
            <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body><w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Avec </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>gr</w:t></w:r><w:r><w:rPr><w:b w:val="true"/><w:rPrChange><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t xml:space="preserve">as </w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t xml:space="preserve">et </w:t></w:r><w:r><w:rPr><w:rStyle w:val="Accentuation"/></w:rPr><w:t>style</w:t></w:r><w:r><w:t xml:space="preserve">, </w:t></w:r><w:hyperlink r:id="r2"><w:r><w:rPr><w:i/></w:rPr><w:t>ici</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> </w:t></w:r><w:hyperlink r:id="r3"><w:r><w:t>loin</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r><w:r><w:drawing><a:blip r:embed="r9"/></w:drawing></w:r></w:p></w:body></w:document>
            """));

    private static byte[] Odt() => Zip(
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", """
            <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="T2" style:family="text" style:parent-style-name="Emphasis"/></office:automatic-styles><office:body><office:text><text:p>Avec <text:span text:style-name="T1">gr</text:span><text:span text:style-name="T1">as </text:span>et <text:span text:style-name="T2">style</text:span>, <text:a xlink:href="https://site.example/"><text:span text:style-name="T2">ici</text:span></text:a> <text:a xlink:href="fichier.odt">loin</text:a>.<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame></text:p></office:text></office:body></office:document-content>
            """));

    private static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = archive.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text.Trim()));
            }
        }

        return bytes.ToArray();
    }
}
