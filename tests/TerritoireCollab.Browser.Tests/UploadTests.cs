using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>Files meant to do harm, through the forms: refused in words or kept byte for byte, and nothing of them runs on our origin.</summary>
public sealed class UploadTests(Chromium chromium) : IAsyncLifetime
{
    private const string Page = "<!DOCTYPE html><script>top.__xss = self.__xss = document.domain</script>";
    private const string Drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"top.__xss = 1\"><script>top.__xss = 1</script></svg>";

    // What was sent, by name: bytes that open as a page or run as a script under whatever name and type.
    private static readonly (string Name, byte[] Bytes)[] Own =
    [
        ("page.html", Text(Page)), ("photo.jpg", Text(Page)), ("photo.png", Text(Drawing)), ("logo.svg", Text(Drawing)), ("script.js", Text("top.__xss = 1")), ("style.css", Text("body { background: url(https://ailleurs.invalid/) }")),
        ("polyglotte.gif", [.. "GIF89a/*"u8, .. Text("*/=1;top.__xss=1;//")]), ("page.pdf", Text("%PDF-1.7\n" + Page)), ("note.txt", Text(Page)), ("sans-extension", Text(Page)), ("flux.xml", Text($"<?xml version=\"1.0\"?><x xmlns=\"http://www.w3.org/1999/xhtml\"><script>top.__xss=1</script></x>")),
        ("..\\..\\evil.html", Text(Page)), ("/etc/passwd", Text("root")), ("CON", Text("rien")), ("<img src=x onerror=alert(1)>.png", Text(Drawing)), ("\"; filename=\"page.html", Text(Page)), ("compte rendu été n°1 – “final”.pdf", Text("%PDF-1.7")), (".", Text("point")), ("vide.txt", []),
    ];

    // Everything that can load a file of ours into a page of ours; each ends by loading or failing.
    private const string Embed =
        """
        async addresses => {
          const ended = element => new Promise(done => { element.onload = element.onerror = done; setTimeout(done, 1000); document.body.append(element); });
          const make = (name, field, address) => Object.assign(document.createElement(name), { [field]: address });
          await Promise.all(addresses.flatMap(a => [make('script', 'src', a), Object.assign(make('script', 'src', a), { type: 'module' }), make('iframe', 'src', a), make('object', 'data', a), make('embed', 'src', a), make('img', 'src', a), Object.assign(make('link', 'href', a), { rel: 'stylesheet' })]).map(ended));
        }
        """;

    private Instance _instance = null!;
    private Scene _scene = null!;
    private Member _sender = null!;
    private Member _reader = null!;
    private Group _group = null!;

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync();
        _scene = new Scene(_instance);
        (_sender, _reader) = (await _scene.MemberAsync("Maud Fontclaire"), await _scene.MemberAsync("Rémi Valserine"));
        _group = await _scene.GroupAsync("Groupe d’essai", _sender, members: _reader);
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Fact]
    public Task OwnFiles_Attached_KeptOrRefusedAndNeverRun() => AttachAsync(Own);

    [Fact]
    public Task CorpusFiles_Attached_KeptOrRefusedAndNeverRun() => AttachAsync(Corpus());

    [Fact]
    public Task OwnFiles_AsPhotoAndCover_PicturesOrRefused() => ShowAsync(Own);

    [Fact]
    public Task CorpusFiles_AsPhotoAndCover_PicturesOrRefused() => ShowAsync(Corpus());

    [Fact]
    public Task OwnFiles_IntoTheFilesOfAGroup_KeptOrRefusedReadAndNeverRun() => KeepAsync(Own);

    [Fact]
    public Task CorpusFiles_IntoTheFilesOfAGroup_KeptOrRefusedReadAndNeverRun() => KeepAsync(Corpus());

    // Beside the files, what is made of them: their pictures, and their text, which is read out of each.
    private async Task KeepAsync(IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        var hands = new Visitor(await _instance.SignedInAsync(_sender.Id));
        var (list, kept) = ($"/groupes/{_group.Slug}/fichiers", new Dictionary<string, byte[]>());
        foreach (var file in files)
        {
            var after = await hands.SendAsync(await hands.OpenAsync(list + "/nouveau"), "form.formulaire", [("Input.Files", file.Name, file.Bytes)]);
            Assert.Equal(HttpStatusCode.OK, after.Status);
            if (after.Document.QuerySelector(".champ-erreur, .erreurs") is not null) continue;

            // A name that stands there already is said to have got a number.
            var page = after.Document.QuerySelector("main .encart a[href^='c/']") is { } told ? await hands.OpenAsync("/" + told.GetAttribute("href")) : after;
            var id = page.Address.Split('?')[0].Split('/')[^1][..8];
            Assert.True(kept.TryAdd($"{list}/{id}/telecharger", file.Bytes), $"No new file for {file.Name}.");
        }

        Assert.InRange(kept.Count, files.Count / 2, files.Count);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await _scene.ReadTextsAsync();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5 * kept.Count));
        await ReadBackAsync(kept);
        var pages = kept.Keys.Select(k => k[..^"/telecharger".Length]).ToList();
        foreach (var page in pages) Assert.Equal(HttpStatusCode.OK, (await hands.OpenAsync(page)).Status);
        await RunAsync(list, [.. kept.Keys, .. pages.Select(p => p + "/apercu")]);
    }

    private async Task AttachAsync(IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        var topic = await _scene.TopicAsync(_group, _sender, "Un fil");
        var hands = new Visitor(await _instance.SignedInAsync(_sender.Id));
        var kept = new Dictionary<string, byte[]>();
        var page = await hands.OpenAsync($"/c/{topic}");
        foreach (var file in files)
        {
            var after = await hands.SendAsync(page, "textarea[name=Body]", [("Files", file.Name, file.Bytes)], ("Id", Guid.CreateVersion7().ToString()), ("Body", "Voici le fichier."));
            Assert.Equal(HttpStatusCode.OK, after.Status);
            if (after.Document.QuerySelector(".champ-erreur, .erreurs") is not null)
            {
                Assert.Equal("Voici le fichier.", after.ValueOf("Body"));
                continue;
            }

            var links = after.Document.QuerySelectorAll(".pieces a");
            var link = links[links.Length - 1];
            Assert.NotEqual("", link.TextContent.Trim());
            Assert.True(kept.TryAdd("/" + link.GetAttribute("href"), file.Bytes), $"No new file for {file.Name}.");
        }

        Assert.InRange(kept.Count, files.Count / 2, files.Count);
        await ReadBackAsync(kept);
        await RunAsync($"/c/{topic}", [.. kept.Keys]);
    }

    private async Task ReadBackAsync(Dictionary<string, byte[]> kept)
    {
        using var reader = await _instance.SignedInAsync(_reader.Id);
        foreach (var (address, bytes) in kept)
        {
            using var answer = await reader.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            if (answer.Content.Headers.ContentType!.MediaType!.StartsWith("image/", StringComparison.Ordinal)) continue;
            Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType.MediaType);
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        }
    }

    // Opened directly, then put into a page of ours whose own policy does not help.
    private async Task RunAsync(string thread, string[] addresses)
    {
        await using var trap = await Trap.SetAsync(await chromium.WindowAsync(_instance.Address, await _instance.SessionAsync(_reader.Id)), _instance.Address, withPolicy: false);
        foreach (var address in addresses) await OpenDirectlyAsync(trap, address);
        await trap.OpenAsync(thread);
        await trap.Page.EvaluateAsync(Embed, addresses);

        foreach (var frame in trap.Page.Frames) Assert.Null(await MarkAsync(frame));
        Assert.Empty(trap.Caught);
    }

    private static async Task<string?> MarkAsync(IFrame frame)
    {
        try
        {
            return await frame.EvaluateAsync<string?>("globalThis.__xss === undefined ? null : String(globalThis.__xss)");
        }
        catch (PlaywrightException) when (frame.IsDetached)
        {
            // A frame whose file is offered for saving may go; what it had run would have been caught by the trap.
            return null;
        }
    }

    private static async Task OpenDirectlyAsync(Trap trap, string address)
    {
        try
        {
            await trap.Page.GotoAsync(address);
        }
        catch (PlaywrightException download) when (download.Message.Contains("Download is starting", StringComparison.Ordinal) || download.Message.Contains("net::ERR_ABORTED", StringComparison.Ordinal))
        {
            // It is offered for saving, and not opened.
        }

        Assert.Null(await trap.Page.EvaluateAsync<string?>("globalThis.__xss === undefined ? null : String(globalThis.__xss)"));
    }

    private async Task ShowAsync(IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        var hands = new Visitor(await _instance.SignedInAsync(_sender.Id));
        using var browser = await _instance.SignedInAsync(_sender.Id);
        await using var trap = await Trap.SetAsync(await chromium.WindowAsync(_instance.Address, await _instance.SessionAsync(_sender.Id)), _instance.Address, withPolicy: false);
        var (profile, settings) = (await hands.OpenAsync("/moi"), await hands.OpenAsync($"/groupes/{_group.Slug}/reglages"));
        foreach (var file in files)
        {
            var photo = await hands.SendAsync(profile, "input[name=Photo]", [("Photo", file.Name, file.Bytes)]);
            await ShownAsync(trap, browser, photo, "Photo", $"/membres/{_sender.Handle}/photo");
            var version = (await hands.OpenAsync($"/groupes/{_group.Slug}/reglages")).ValueOf("Form.Version");
            var cover = await hands.SendAsync(settings, "input[name='Form.Cover']", [("Form.Cover", file.Name, file.Bytes)], ("Form.Version", version));
            await ShownAsync(trap, browser, cover, "Form.Cover", $"/groupes/{_group.Slug}/couverture");
        }
    }

    private static async Task ShownAsync(Trap trap, HttpClient browser, VisitedPage after, string field, string address)
    {
        Assert.Equal(HttpStatusCode.OK, after.Status);
        if (after.Refuses(field)) return;

        using var answer = await browser.GetAsync(address);
        if (answer.StatusCode == HttpStatusCode.NotFound) return;
        Assert.StartsWith("image/", answer.Content.Headers.ContentType!.MediaType, StringComparison.Ordinal);
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        await OpenDirectlyAsync(trap, address);
        Assert.Empty(trap.Caught);
    }

    private static IReadOnlyList<(string Name, byte[] Bytes)> Corpus()
    {
        var folder = Environment.GetEnvironmentVariable("TERRITOIRE_CORPORA");
        if (folder is null || !File.Exists(Path.Combine(folder, "upload-attacks", "manifest.json"))) Assert.Skip("skipped: not here");

        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "upload-attacks", "manifest.json")));
        return [.. manifest.RootElement.EnumerateArray().Select(e => (e.GetProperty("upload_name").GetString()!,
            e.TryGetProperty("base64", out var base64) ? base64.GetBytesFromBase64() : File.ReadAllBytes(Path.Combine(folder, "upload-attacks", e.GetProperty("file").GetString()!))))];
    }

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
