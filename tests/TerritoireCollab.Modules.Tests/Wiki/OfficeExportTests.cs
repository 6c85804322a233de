using AngleSharp.Html.Parser;
using TerritoireCollab.Documents.Tests.Writing;
using TerritoireCollab.Documents.Writing;

namespace TerritoireCollab.Modules.Tests.Wiki;

/// <summary>A page of the wiki taken along as an office document, opened by a program that is not ours.</summary>
public sealed class OfficeExportTests(WikiStage stage, LibreOffice office) : IClassFixture<WikiStage>, IClassFixture<LibreOffice>
{
    [Fact]
    public async Task Export_OdtAndDocxOfAPage_LibreOfficeFindsHeadingsTableAndLists()
    {
        var room = await stage.RoomAsync();
        await room.WriteAsync(room.Animator, "Annexe", "Texte.");
        var id = await room.WriteAsync(room.Member, "Réunion du 12 mars", "Voir [[Annexe]].\n\n## Décisions\n\n- Poser trois bancs\n- Ouvrir le sentier\n\n1. Voter\n2. Publier\n\n### Budget\n\nPoste | Montant\n--|--\nSalle | 120 €\nRepas | 80 €");
        var documents = new List<(string, MemoryStream)>();
        foreach (var extension in new[] { "odt", "docx" })
        {
            using var answer = await room.Member.Browser.GetAsync($"{room.Tool}/{id}/export.{extension}");
            Assert.Equal(extension == "odt" ? "application/vnd.oasis.opendocument.text" : "application/vnd.openxmlformats-officedocument.wordprocessingml.document", answer.Content.Headers.ContentType?.MediaType);
            documents.Add(($"{extension}.{extension}", new MemoryStream(await answer.Content.ReadAsByteArrayAsync())));
        }

        var pages = await office.ConvertAsync("html", [.. documents]);

        Assert.Equal(2, pages.Count);
        foreach (var (_, bytes) in pages)
        {
            var page = new HtmlParser().ParseDocument(new MemoryStream(bytes));
            string[] Words(string selector) => [.. page.QuerySelectorAll(selector).Select(e => string.Join(' ', e.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
            Assert.Equal("Réunion du 12 mars", page.Title);
            Assert.Equal(["Décisions", "Budget"], Words("h1, h2, h3").Where(h => h != "Réunion du 12 mars"));
            Assert.Equal(["Poste", "Montant", "Salle", "120 €", "Repas", "80 €"], Words("td, th"));
            Assert.Equal(["Poser trois bancs", "Ouvrir le sentier"], Words("ul li"));
            Assert.Equal(["Voter", "Publier"], Words("ol li"));
            Assert.Contains("Annexe", page.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Export_PdfOfAPage_OfferedInTheMenuAndGivenToThoseWhoReadIt()
    {
        Assert.SkipUnless(PdfWriter.IsAvailable, "skipped: not here");
        var room = await stage.RoomAsync();
        var id = await room.WriteAsync(room.Member, "Réunion du 12 mars", "## Décisions\n\n- Poser trois bancs");
        var page = await room.Member.OpenAsync($"/c/{id}");

        var link = Assert.Single(page.Document.QuerySelectorAll("a[href$='/export.pdf']"));
        using var answer = await room.Member.Browser.GetAsync($"{room.Tool}/{id}/export.pdf");

        Assert.Equal("PDF", link.TextContent.Trim());
        Assert.Equal(("application/pdf", "attachment", "reunion-du-12-mars.pdf"), (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileName));
        Assert.True(await answer.Content.ReadAsByteArrayAsync() is [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..]);
    }
}
