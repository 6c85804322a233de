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

    [Fact]
    public async Task Mail_GoodBadAndAbsent_OneLineEachAndNothingMade()
    {
        var (good, page, empty, absent) = (Path.Combine(_folder, "reponse.eml"), Path.Combine(_folder, "page.html"), Path.Combine(_folder, "vide.eml"), Path.Combine(_folder, "absent.eml"));
        await File.WriteAllTextAsync(good, """
            From: =?utf-8?Q?L=C3=A9a_Exemple?= <lea@mairie.example>
            To: Espace <reponse+k1@espace.example>
            Subject: =?iso-8859-1?Q?Re=A0:_R=E9union?=
            Message-ID: <a@mairie.example>
            In-Reply-To: <fil.1@espace.example>
            References: <fil.1@espace.example>
            Date: Thu, 12 Mar 2026 10:05:00 +0100
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=x

            --x
            Content-Type: text/plain; charset=utf-8

            D’accord pour jeudi.

            Le 11 mars 2026 à 09:00, Espace <reponse+k1@espace.example> a écrit :
            > Jeudi ?
            --x
            Content-Type: application/pdf; name="plan.pdf"
            Content-Disposition: attachment; filename="plan.pdf"
            Content-Transfer-Encoding: base64

            JVBERg==
            --x--
            """);
        await File.WriteAllTextAsync(page, "<!doctype html><p>Bonjour</p>");
        await File.WriteAllTextAsync(empty, "");
        var data = Path.Combine(_folder, "donnees");

        var run = await ProductProcess.RunAsync(["mail", "inspect", good, page, empty, absent], ("Territoire__DataDirectory", data));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal($$"""
            {"input":"{{good}}","ok":true,"error":null,"kind":"reply","from":"lea@mairie.example","to":["reponse+k1@espace.example"],"subject":"Re\u00A0: Réunion","messageId":"a@mairie.example","inReplyTo":"fil.1@espace.example","references":["fil.1@espace.example"],"date":"2026-03-12T09:05:00Z","text":"D’accord pour jeudi.","elided":"Le 11 mars 2026 à 09:00, Espace <reponse+k1@espace.example> a écrit :\n> Jeudi ?","html":null,"attachments":[{"name":"plan.pdf","type":"application/pdf","length":4}],"bounce":null}
            """.Trim(), lines[0]);
        var refused = lines[1..].Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal([(page, false), (empty, false), (absent, false)], refused.Select(l => (l.GetProperty("input").GetString()!, l.GetProperty("ok").GetBoolean())));
        Assert.Equal(["Ce fichier n’est pas un courriel.", "Ce fichier est vide."], refused[..2].Select(l => l.GetProperty("error").GetString()!));
        Assert.StartsWith("Le fichier ne peut pas être lu", refused[2].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }

    [Theory]
    [InlineData("--text", "Oui.\n\n-- \nPaul", "Oui.")]
    [InlineData("--html", "<p>Oui &amp; non.</p><blockquote type='cite'>Jeudi ?</blockquote>", "Oui & non.")]
    public async Task Mail_BodiesOnStandardInput_TrimmedAndNamed(string flag, string body, string text)
    {
        var file = Path.Combine(_folder, "corps");
        await File.WriteAllTextAsync(file, body);
        using var process = ProductProcess.Start(["mail", "inspect", flag, "-"], []);
        await process.StandardInput.WriteLineAsync(file);
        await process.StandardInput.WriteLineAsync(file);
        process.StandardInput.Close();

        var lines = (await process.StandardOutput.ReadToEndAsync()).TrimEnd().Split('\n');
        await process.WaitForExitAsync();

        Assert.Equal([(file, text), (file, text)], lines.Select(l => JsonDocument.Parse(l).RootElement).Select(l => (l.GetProperty("input").GetString()!, l.GetProperty("text").GetString()!)));
    }

    [Fact]
    public async Task Mail_ABounce_RecipientStatusAndWhatTheServerSaid()
    {
        var file = Path.Combine(_folder, "retour.eml");
        await File.WriteAllTextAsync(file, """
            Return-Path: <>
            From: Mail Delivery System <MAILER-DAEMON@relais.example>
            To: retours+k1@espace.example
            Subject: Undelivered Mail Returned to Sender

            <parti@mairie.example>: host mx.mairie.example[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command)
            """);

        var run = await ProductProcess.RunAsync(["mail", "inspect", file]);

        var line = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("bounce", line.GetProperty("kind").GetString());
        var bounce = line.GetProperty("bounce");
        Assert.Equal(("parti@mairie.example", "5.1.1", true), (bounce.GetProperty("recipient").GetString(), bounce.GetProperty("status").GetString(), bounce.GetProperty("hard").GetBoolean()));
        Assert.Contains("User unknown", bounce.GetProperty("diagnostic").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calendar_GoodBadAndAbsent_OneLineEachAndNothingMade()
    {
        var (good, page, absent) = (Path.Combine(_folder, "agenda.ics"), Path.Combine(_folder, "page.html"), Path.Combine(_folder, "absent.ics"));
        await File.WriteAllTextAsync(good, """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            UID:atelier@mairie.example
            SUMMARY:Atelier numérique
            DTSTART;TZID=Romance Standard Time:20261122T140000
            DTEND;TZID=Romance Standard Time:20261122T160000
            RRULE:FREQ=WEEKLY
            EXDATE;TZID=Romance Standard Time:20261129T140000
            END:VEVENT
            BEGIN:VEVENT
            UID:fete@mairie.example
            SUMMARY:Fête
            DTSTART;VALUE=DATE:20261205
            END:VEVENT
            BEGIN:VEVENT
            SUMMARY:Sans date
            END:VEVENT
            END:VCALENDAR
            """);
        await File.WriteAllTextAsync(page, "<!doctype html><p>Bonjour</p>");
        var data = Path.Combine(_folder, "donnees");

        var run = await ProductProcess.RunAsync(["ics", "inspect", "--from", "2026-11-22", "--to", "2026-12-06", good, page, absent], ("Territoire__DataDirectory", data));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal($$"""
            {"input":"{{good}}","ok":true,"error":null,"events":[{"uid":"atelier@mairie.example","summary":"Atelier numérique","start":"2026-11-22T14:00:00","end":"2026-11-22T16:00:00","timeZone":"Europe/Paris","allDay":false,"rrule":"FREQ=WEEKLY","occurrences":["2026-11-22T14:00:00","2026-12-06T14:00:00"]},{"uid":"fete@mairie.example","summary":"Fête","start":"2026-12-05T00:00:00","end":"2026-12-06T00:00:00","timeZone":null,"allDay":true,"rrule":null,"occurrences":["2026-12-05T00:00:00"]}],"skipped":["«\u00A0Sans date\u00A0» n’est pas repris\u00A0: sa date de début manque."]}
            """.Trim(), lines[0]);
        var refused = lines[1..].Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal([(page, false), (absent, false)], refused.Select(l => (l.GetProperty("input").GetString()!, l.GetProperty("ok").GetBoolean())));
        Assert.Equal("Ce fichier n’est pas un calendrier.", refused[0].GetProperty("error").GetString());
        Assert.StartsWith("Le fichier ne peut pas être lu", refused[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }

    [Theory]
    [InlineData("--from", "demain", "L’option --from attend un jour comme 2026-11-22.")]
    [InlineData("--to", "1998-01-01", "Le jour de --to précède celui de --from.")]
    public async Task Calendar_WrongWindow_WrongUsage(string option, string day, string sentence)
    {
        var run = await ProductProcess.RunAsync(["ics", "inspect", .. (string[])(option == "--to" ? ["--from", "2026-01-01"] : []), option, day, "agenda.ics"]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_TwoFlags_WrongUsage()
    {
        var run = await ProductProcess.RunAsync(["mail", "inspect", "--text", "--html", "corps"]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("Une seule des options --text et --html peut être donnée.", run.Errors, StringComparison.Ordinal);
        Assert.Contains("mail inspect [--text|--html] FICHIER…", run.Errors, StringComparison.Ordinal);
    }
}
