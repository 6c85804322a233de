using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Benchmarks;

/// <summary>
/// What a large file costs the product, a process of its own, when it comes piece by piece, with a form, and goes out again, and when it comes as an archive to
/// unpack: time, and the most memory it ever held meanwhile. The bytes are made on the way and never the same. Linux.
/// </summary>
internal static class UploadMeasure
{
    private const int Piece = 16 * 1024 * 1024;
    private const string Scratch = "recu";
    private const int Members = 20;

    public static async Task<int> RunAsync(int megabytes)
    {
        var length = megabytes * 1024L * 1024L;
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var member = await scene.MemberAsync("Maud Fontclaire");
        var group = await scene.GroupAsync("Groupe de mesure", member);
        using var product = ProductProcess.Serve(("Territoire__DataDirectory", instance.Folder), ("Territoire__BaseUrl", "http://127.0.0.1"), ("Territoire__Jobs", "false"),
            ("Territoire__Files__MaxMegabytes", "4096"), ("Territoire__Files__GroupQuota", $"{4 * megabytes}"), ("ASPNETCORE_TEMP", Directory.CreateDirectory(Path.Combine(instance.Folder, Scratch)).FullName));
        try
        {
            var cookies = new CookieContainer();
            var address = await ProductProcess.AddressAsync(product);
            cookies.Add(address, new Cookie("session", await instance.SessionAsync(member.Id)));
            using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
            var visitor = new Visitor(http);
            // Once small, so that what is loaded at the first use is not counted.
            await ByPiecesAsync(http, 1024 * 1024);
            await WithFormAsync(visitor, group.Slug, 1024 * 1024);
            await MeasureAsync(product, $"{megabytes} MB by tus, in pieces of {Piece >> 20} MB", () => ByPiecesAsync(http, length));
            var link = "";
            await MeasureAsync(product, $"{megabytes} MB with a form", async () => link = await WithFormAsync(visitor, group.Slug, length));
            await MeasureAsync(product, $"{megabytes} MB going out", () => OutAsync(http, link, length));
            var archive = Path.Combine(instance.Folder, "lot.zip");
            await PackAsync(archive, length);
            await MeasureAsync(product, $"{megabytes} MB in an archive of {Members} files, unpacked", () => UnpackAsync(visitor, group.Slug, archive));
            return 0;
        }
        finally
        {
            product.Kill(entireProcessTree: true);
            await product.WaitForExitAsync();
        }
    }

    private static async Task MeasureAsync(Process product, string what, Func<Task> act)
    {
        // The most that was ever held counts from here (proc_pid_clear_refs).
        await File.WriteAllTextAsync($"/proc/{product.Id}/clear_refs", "5");
        var before = StatusMiB(product, "VmRSS");
        var watch = Stopwatch.StartNew();
        await act();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {watch.Elapsed.TotalSeconds:F1} s; resident {before:F0} MiB before, {StatusMiB(product, "VmHWM"):F0} MiB at most, {StatusMiB(product, "VmRSS"):F0} MiB after"));
    }

    private static double StatusMiB(Process process, string line) =>
        File.ReadLines($"/proc/{process.Id}/status").Where(l => l.StartsWith(line, StringComparison.Ordinal)).Select(l => double.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024).First();

    private static async Task ByPiecesAsync(HttpClient http, long length)
    {
        var begin = Tus(HttpMethod.Post, "/depots", ("Upload-Length", length));
        begin.Headers.Add("Upload-Metadata", "filename ZmlsbS5iaW4=");
        using var begun = await http.SendAsync(begin);
        var address = begun.EnsureSuccessStatusCode().Headers.Location!.OriginalString;
        var salt = Random.Shared.NextInt64();
        for (var at = 0L; at < length; at += Piece)
        {
            var request = Tus(HttpMethod.Patch, address, ("Upload-Offset", at));
            request.Content = new Made(salt + at, Math.Min(Piece, length - at)) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
            using var answer = await http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static HttpRequestMessage Tus(HttpMethod method, string address, (string Name, long Value) header)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("X-Requested-With", "fetch");
        request.Headers.Add(header.Name, header.Value.ToString(CultureInfo.InvariantCulture));
        return request;
    }

    private static async Task<string> WithFormAsync(Visitor visitor, string slug, long length)
    {
        var address = $"/groupes/{slug}/forum/nouveau";
        var page = await visitor.OpenAsync(address);
        using var form = new MultipartFormDataContent();
        foreach (var name in new[] { "__RequestVerificationToken", "_handler", "Input.Id" }) form.Add(new StringContent(page.ValueOf(name) ?? ""), name);
        form.Add(new StringContent("Un grand fichier"), "Input.Title");
        form.Add(new StringContent("Le voici."), "Input.Body");
        form.Add(new Made(Random.Shared.NextInt64(), length), "Files", "film.bin");
        using var answer = await visitor.Browser.PostAsync(address, form);
        if (answer.Headers.Location is not { } topic) throw new InvalidOperationException($"The form was refused: {answer.StatusCode}.");

        var links = (await visitor.OpenAsync(topic.IsAbsoluteUri ? topic.PathAndQuery : topic.OriginalString)).Document.QuerySelectorAll(".pieces a");
        return "/" + links[0].GetAttribute("href");
    }

    private static async Task OutAsync(HttpClient http, string link, long length)
    {
        using var answer = await http.GetAsync(link, HttpCompletionOption.ResponseHeadersRead);
        await using var content = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        var (buffer, read) = (new byte[1024 * 1024], 0L);
        for (int some; (some = await content.ReadAsync(buffer)) > 0; read += some)
        {
        }

        if (read != length) throw new InvalidOperationException($"{read} bytes came of {length}.");
    }

    private static async Task PackAsync(string path, long length)
    {
        await using var file = File.Create(path);
        await using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        for (var number = 1; number <= Members; number++)
        {
            await using var entry = await zip.CreateEntry($"{number}.bin", CompressionLevel.Fastest).OpenAsync();
            await new Made(Random.Shared.NextInt64(), length / Members).CopyToAsync(entry);
        }
    }

    private static async Task UnpackAsync(Visitor visitor, string slug, string archive)
    {
        var address = $"/groupes/{slug}/fichiers/importer";
        var page = await visitor.OpenAsync(address);
        await using var content = File.OpenRead(archive);
        using var form = new MultipartFormDataContent();
        foreach (var name in new[] { "__RequestVerificationToken", "_handler", "Input.Audience" }) form.Add(new StringContent(page.ValueOf(name) ?? ""), name);
        form.Add(new StreamContent(content), "Archive", "lot.zip");
        using var answer = await visitor.Browser.PostAsync(address, form);
        var kept = (await visitor.OpenAsync($"/groupes/{slug}/fichiers")).Document.QuerySelectorAll("a").Count(a => a.TextContent.EndsWith(".bin", StringComparison.Ordinal));
        if (kept < Members) throw new InvalidOperationException($"{kept} files came out of the archive: {answer.StatusCode}.");
    }

    // Bytes made as they are sent: one block, with its number in it.
    private sealed class Made(long salt, long length) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var block = new byte[128 * 1024];
            new Random(7).NextBytes(block);
            for (var at = 0L; at < length; at += block.Length)
            {
                BinaryPrimitives.WriteInt64LittleEndian(block, salt + at);
                await stream.WriteAsync(block.AsMemory(0, (int)Math.Min(block.Length, length - at)));
            }
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
