using System.Text.Json;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Commands;

/// <summary>What the platform understands of a file, asked on a machine where nothing is installed.</summary>
public sealed class InspectTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("territoire-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task Opml_GoodBadAndAbsent_OneLineEachAndNothingMade()
    {
        var (good, bad, absent) = (Path.Combine(_folder, "sources.opml"), Path.Combine(_folder, "page.html"), Path.Combine(_folder, "absent.opml"));
        await File.WriteAllTextAsync(good, "<opml version='2.0'><head><title>Été</title></head><body><outline text='Vallée'><outline text='Crest & Die' xmlUrl='https://crest.example/rss'/></outline></body></opml>");
        await File.WriteAllTextAsync(bad, "<html></html>");
        var data = Path.Combine(_folder, "donnees");

        var run = await ProductProcess.RunAsync(["opml", "inspect", good, bad, absent], ("Territoire__DataDirectory", data));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var lines = run.Output.TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal([good, bad, absent], lines.Select(l => l.GetProperty("input").GetString()));
        Assert.Equal([true, false, false], lines.Select(l => l.GetProperty("ok").GetBoolean()));
        Assert.Equal("Ce document n’est pas une liste de flux OPML.", lines[1].GetProperty("error").GetString());
        Assert.StartsWith("Le fichier ne peut pas être lu", lines[2].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("""
            "title":"Été","feedCount":1,"folderCount":1,"feeds":[{"title":"Crest & Die","xmlUrl":"https://crest.example/rss","htmlUrl":null,"folder":["Vallée"]}]}
            """.Trim(), run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task Opml_WithoutAFile_WrongUsage()
    {
        var run = await ProductProcess.RunAsync(["opml", "inspect"]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("Il manque le nom d’un fichier.", run.Errors, StringComparison.Ordinal);
    }
}
