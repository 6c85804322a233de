using System.IO.Compression;
using System.Text;
using TerritoireCollab.Documents;
using TerritoireCollab.Documents.Writing;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Polls.Questionnaires;
using TerritoireCollab.Polls.Questionnaires.Building;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Files;

/// <summary>An instance in which a form takes a megabyte, an upload three and a group six.</summary>
public sealed class PlaceStage : Stage
{
    /// <inheritdoc />
    protected override (string Key, string Value)[] Settings => [("Territoire:Files:MaxMegabytes", "1"), ("Territoire:Files:MaxUploadLength", "3145728"), ("Territoire:Files:GroupQuota", "6")];
}

/// <summary>The place that the files of a group take, whatever they are attached to and however they come.</summary>
public sealed class PlaceTests(PlaceStage stage) : IClassFixture<PlaceStage>, IAsyncLifetime
{
    private const int Megabyte = 1024 * 1024;
    private const string Answers = "section[aria-labelledby='questions'] form";

    private Group _group = null!;
    private Member _anne = null!;
    private Visitor _byAnne = null!;

    private string List => $"/groupes/{_group.Slug}/fichiers";

    public async ValueTask InitializeAsync()
    {
        _anne = await stage.Scene.MemberAsync("Anne Essai");
        _group = await stage.Scene.GroupAsync("Groupe", _anne);
        _byAnne = await stage.AsAsync(_anne);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Archive_FileLargerThanAFormTakes_UnpackedUpToWhatAnUploadMayBe()
    {
        var zip = await ZipAsync(("grand.txt", 2 * Megabyte), ("trop.txt", 3 * Megabyte + 1));

        var page = await _byAnne.SendAsync(await _byAnne.OpenAsync(List + "/importer"), "form.formulaire", [("Archive", "lot.zip", zip)]);

        Assert.Contains("grand.txt", (await _byAnne.OpenAsync(List)).Text, StringComparison.Ordinal);
        Assert.Contains("trop.txt", page.Document.QuerySelector(".avis, [role='status'], main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("trop.txt", (await _byAnne.OpenAsync(List)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Archive_LargerThanThePlaceLeft_RefusedWhole()
    {
        var zip = await ZipAsync(("un.txt", 3 * Megabyte), ("deux.txt", 3 * Megabyte), ("trois.txt", Megabyte));

        var page = await _byAnne.SendAsync(await _byAnne.OpenAsync(List + "/importer"), "form.formulaire", [("Archive", "lot.zip", zip)]);

        Assert.True(page.Refuses("Archive"));
        Assert.DoesNotContain("un.txt", (await _byAnne.OpenAsync(List)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attachments_OfContentsAndComments_CountOnceAndAreSaidByTool()
    {
        var text = new string('a', Megabyte - 1);
        await stage.Scene.FileOfGroupAsync(_group, _anne, "note.txt", text);
        var topic = await stage.Scene.TopicAsync(_group, _anne, "Sujet", files: [await stage.Scene.FileAsync("la même.txt", text)]);
        await stage.Scene.AnswerAsync(topic, _anne, "Voilà.", null, await stage.Scene.FileAsync("autre.txt", new string('b', Megabyte - 1)));

        var settings = await _byAnne.OpenAsync(List + "/reglages");

        Assert.Contains("2 Mo sur 6 Mo", settings.Text.Replace('\u00a0', ' ').Replace('\u202f', ' '), StringComparison.Ordinal);
        Assert.Equal(["Fichiers", "Forum"], settings.Document.QuerySelectorAll("dl.definitions dt").Select(d => d.TextContent.Trim()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Attachment_WithoutPlaceLeft_RefusedInWordsAtTheField()
    {
        for (var i = 0; i < 6; i++) await stage.Scene.FileOfGroupAsync(_group, _anne, $"{i}.txt", new string((char)('a' + i), Megabyte - 10));

        var form = await _byAnne.OpenAsync($"/groupes/{_group.Slug}/forum/nouveau");
        var page = await _byAnne.SendAsync(form, "[name='Input.Title']", [("Files", "de trop.txt", Encoding.UTF8.GetBytes(new string('z', 1_000)))], ("Input.Title", "Avec une pièce"), ("Input.Body", "Le texte reste."));

        Assert.Contains("Le groupe a droit à", page.Text, StringComparison.Ordinal);
        Assert.Contains("Le texte reste.", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnsweredFile_OfSomebodyFromOutside_CountsAndIsRefusedInWordsWhenThereIsNoPlaceLeft()
    {
        TypedPart[] parts = [new() { Kind = PartKind.ShortText, Text = "Votre commune", IsRequired = true }, new() { Kind = PartKind.File, Text = "Votre fiche", Takes = FilesTaken.Documents }];
        var id = await stage.Scene.QuestionnaireAsync(_group, _anne, "Vos fiches", audience: Audience.Platform, parts: parts);
        for (var i = 0; i < 5; i++) await stage.Scene.FileOfGroupAsync(_group, _anne, $"{i}.txt", new string((char)('a' + i), Megabyte - 10));
        var (first, second) = (await stage.AsAsync(await stage.Scene.MemberAsync("Luc Essai")), await stage.AsAsync(await stage.Scene.MemberAsync("Zoé Essai")));

        var kept = await first.SendAsync(await first.OpenAsync($"/c/{id}"), Answers, [("Q2", "fiche.txt", Encoding.UTF8.GetBytes(new string('y', Megabyte - 10)))], ("Q1", "Die"));
        var refused = await second.SendAsync(await second.OpenAsync($"/c/{id}"), Answers, [("Q2", "de trop.txt", Encoding.UTF8.GetBytes(new string('z', 1_000)))], ("Q1", "Crest"));
        var without = await second.SendAsync(await second.OpenAsync($"/c/{id}"), Answers, ("Q1", "Crest"));

        Assert.Contains("Merci", kept.Text, StringComparison.Ordinal);
        Assert.True(refused.Refuses("Q2"));
        Assert.Contains("n’a plus de place", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Crest", refused.ValueOf("Q1"));
        Assert.Contains("Merci", without.Text, StringComparison.Ordinal);
        Assert.Contains("Sondages", (await _byAnne.OpenAsync(List + "/reglages")).Document.QuerySelectorAll("dl.definitions dt").Select(d => d.TextContent.Trim()));
    }

    [Fact]
    public async Task Administration_ProgramsForPdf_SaidWhetherTheyAreThere()
    {
        var page = await (await stage.AsAsync(await stage.Scene.MemberAsync("Ada Essai", admin: true))).OpenAsync("/administration/fichiers");

        Assert.Contains(new PdfText().IsInstalled ? "pdftotext est installé" : "pdftotext manque", page.Text, StringComparison.Ordinal);
        Assert.Contains(new PdfPages().IsInstalled ? "pdftoppm est installé" : "pdftoppm manque", page.Text, StringComparison.Ordinal);
        Assert.Contains(PdfWriter.IsAvailable ? "les polices sont installées" : "aucune police n’est là", page.Text, StringComparison.Ordinal);
    }

    private static async Task<byte[]> ZipAsync(params (string Name, int Length)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, length) in files)
            {
                await using var entry = await zip.CreateEntry(name).OpenAsync();
                await entry.WriteAsync(Encoding.UTF8.GetBytes(new string(name[0], length)));
            }
        }

        return bytes.ToArray();
    }
}
