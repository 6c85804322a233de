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

    [Fact]
    public async Task Feed_GoodBadAndAbsent_OneLineEachAndNothingMade()
    {
        var (good, page, absent) = (Path.Combine(_folder, "flux.xml"), Path.Combine(_folder, "page.html"), Path.Combine(_folder, "absent.xml"));
        await File.WriteAllTextAsync(good, """
            <rss version="2.0"><channel><title>Mairie &amp; CCAS</title><link>https://mairie.example/</link><description>Tout &lt;b&gt;savoir&lt;/b&gt;</description><language>fr</language>
            <item><title>Le &lt;i&gt;pont&lt;/i&gt;</title><link>https://mairie.example/pont</link><guid>7</guid><pubDate>dim., 22 nov. 2026 08:00:00 +0100</pubDate><author>Paul Exemple</author><category>Voirie</category>
            <description>Il rouvre&lt;script&gt;x&lt;/script&gt;</description><enclosure url="https://mairie.example/plan.pdf" type="application/pdf" length="1"/></item></channel></rss>
            """);
        await File.WriteAllTextAsync(page, "<!doctype html><html><body>Bonjour</body></html>");
        var data = Path.Combine(_folder, "donnees");

        var run = await ProductProcess.RunAsync(["feed", "inspect", "--json-lines", good, page, absent], ("Territoire__DataDirectory", data));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal($$"""
            {"input":"{{good}}","ok":true,"error":null,"format":"rss2","repairs":[],"title":"Mairie & CCAS","link":"https://mairie.example/","description":"Tout <b>savoir</b>","language":"fr","entries":[{"id":"7","title":"Le pont","link":"https://mairie.example/pont","published":"2026-11-22T07:00:00Z","updated":null,"author":"Paul Exemple","categories":["Voirie"],"summary":"Il rouvre","content":"Il rouvre","enclosures":[{"url":"https://mairie.example/plan.pdf","type":"application/pdf","length":1}]}]}
            """.Trim(), lines[0]);
        var refused = lines[1..].Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal([(page, false), (absent, false)], refused.Select(l => (l.GetProperty("input").GetString()!, l.GetProperty("ok").GetBoolean())));
        Assert.Equal("Ce document est une page web, pas un flux.", refused[0].GetProperty("error").GetString());
        Assert.StartsWith("Le fichier ne peut pas être lu", refused[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task Feed_ListOnStandardInput_WithWhatHttpTold()
    {
        var file = Path.Combine(_folder, "flux.xml");
        await File.WriteAllBytesAsync(file, System.Text.Encoding.Latin1.GetBytes("<rss version='2.0'><channel><title>Été</title><link>page</link></channel></rss>"));

        using var process = ProductProcess.Start(["feed", "inspect", "-"], []);
        await process.StandardInput.WriteAsync($$"""
            {{file}}	{"contentType": "text/xml; charset=iso-8859-1", "baseUrl": "https://mairie.example/flux/a.xml", "contentLocation": "/rep/b.xml"}
            {{file}}
            {{file}}	pas du JSON

            """);
        process.StandardInput.Close();
        var lines = (await process.StandardOutput.ReadToEndAsync()).TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();

        Assert.Equal(["Été https://mairie.example/rep/page []", "Été  [\"charset: windows-1252\"]"], lines[..2].Select(l => $"{l.GetProperty("title").GetString()} {l.GetProperty("link").GetString()} {l.GetProperty("repairs")}"));
        Assert.Equal("Ce qui suit la tabulation n’est pas un objet JSON.", lines[2].GetProperty("error").GetString());
    }

    [Fact]
    public async Task Feed_WithoutAFile_WrongUsage()
    {
        var run = await ProductProcess.RunAsync(["feed", "inspect"]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("feed inspect [--json-lines] FICHIER-OU-ADRESSE…", run.Errors, StringComparison.Ordinal);
    }
}
