using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Uploads;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Uploads;

/// <summary>Files sent piece by piece, as the protocol tus 1.0.0 says and as our rules about members want.</summary>
public sealed class TusTests(TusTests.Small stage) : IClassFixture<TusTests.Small>
{
    /// <summary>A platform that takes at most a megabyte, and two of them waiting.</summary>
    public sealed class Small : Stage
    {
        protected override (string Key, string Value)[] Settings => [("Territoire:Files:MaxUploadLength", "1048576")];
    }

    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 400).Select(i => $"Ligne {i} de la délibération.\n")));

    [Fact]
    public async Task Options_Anybody_SaysWhatIsUnderstood()
    {
        using var browser = stage.Instance.Browser();
        using var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/depots"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("1.0.0", TusClient.Header(answer, "Tus-Version"));
        Assert.Equal("1048576", TusClient.Header(answer, "Tus-Max-Size"));
        Assert.Equal("creation,creation-with-upload,termination,expiration,checksum", TusClient.Header(answer, "Tus-Extension"));
        Assert.Equal("sha1,sha256", TusClient.Header(answer, "Tus-Checksum-Algorithm"));
    }

    [Fact]
    public async Task Pieces_OneAfterTheOther_MakeTheFile()
    {
        var (client, member) = await ClientAsync();
        var address = await client.BeginAsync("délibération.txt", Text.Length);
        Assert.StartsWith("/depots/", address, StringComparison.Ordinal);

        using (var first = await client.PieceAsync(address, 0, Text[..1000]))
        {
            Assert.Equal((204, "1000", "1.0.0"), ((int)first.StatusCode, TusClient.Header(first, "Upload-Offset"), TusClient.Header(first, "Tus-Resumable")));
            Assert.NotNull(TusClient.Header(first, "Upload-Expires"));
        }

        using (var head = await client.Http.SendAsync(TusClient.Request(HttpMethod.Head, address)))
        {
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            Assert.Equal(("1000", $"{Text.Length}", TusClient.Name("délibération.txt")), (TusClient.Header(head, "Upload-Offset"), TusClient.Header(head, "Upload-Length"), TusClient.Header(head, "Upload-Metadata")));
            Assert.True(head.Headers.CacheControl!.NoStore);
        }

        using var last = await client.PieceAsync(address, 1000, Text[1000..]);

        Assert.Equal((204, $"{Text.Length}"), ((int)last.StatusCode, TusClient.Header(last, "Upload-Offset")));
        await using var db = stage.Instance.Open(Viewer.System);
        var upload = await db.Uploads.Include(u => u.File).SingleAsync(u => u.MemberId == member.Id);
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(Text)), "text/plain", (long)Text.Length), (upload.File!.Sha256, upload.File.ContentType, upload.File.Length));
        Assert.Equal((200, $"{Text.Length}"), await client.HeadAsync(address));
    }

    [Fact]
    public async Task Creation_WithTheWholeFile_IsEnough()
    {
        var (client, _) = await ClientAsync();
        var request = TusClient.Request(HttpMethod.Post, "/depots", ("Upload-Length", $"{Text.Length}"), ("Upload-Metadata", TusClient.Name("a.txt")));
        request.Content = new ByteArrayContent(Text) { Headers = { ContentType = new(TusClient.PieceType) } };
        using var answer = await client.Http.SendAsync(request);

        Assert.Equal((201, $"{Text.Length}"), ((int)answer.StatusCode, TusClient.Header(answer, "Upload-Offset")));
        Assert.Equal((200, $"{Text.Length}"), await client.HeadAsync(answer.Headers.Location!.OriginalString));
    }

    [Theory]
    [InlineData("POST", "Tus-Resumable", "0.2.2", 412)]
    [InlineData("POST", "Upload-Length", "", 400)]
    [InlineData("POST", "Upload-Length", "-1", 400)]
    [InlineData("POST", "Upload-Length", "0", 413)]
    [InlineData("POST", "Upload-Length", "1048577", 413)]
    [InlineData("POST", "Upload-Metadata", "filename ***", 400)]
    [InlineData("PATCH", "Tus-Resumable", "", 412)]
    [InlineData("PATCH", "Upload-Offset", "", 400)]
    [InlineData("PATCH", "Upload-Offset", "7", 409)]
    [InlineData("PATCH", "Upload-Checksum", "md5 AAAA", 400)]
    [InlineData("PATCH", "Upload-Checksum", "sha256 AAAA", 460)]
    [InlineData("PATCH", "X-Requested-With", "", 403)]
    [InlineData("DELETE", "X-Requested-With", "", 403)]
    public async Task Request_Wrong_RefusedInWordsAndNothingKept(string method, string header, string value, int status)
    {
        var (client, _) = await ClientAsync();
        var address = await client.BeginAsync("a.txt", Text.Length);
        (string, string)[] usual = method switch { "POST" => [("Upload-Length", "100"), ("Upload-Metadata", TusClient.Name("b.txt"))], "PATCH" => [("Upload-Offset", "0")], _ => [] };
        var request = TusClient.Request(new HttpMethod(method), method == "POST" ? "/depots" : address, [.. usual, (header, value)]);
        if (value.Length == 0) request.Headers.Remove(header);
        if (method == "PATCH") request.Content = new ByteArrayContent(Text[..50]) { Headers = { ContentType = new(TusClient.PieceType) } };
        using var answer = await client.Http.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        if (status is not 403) Assert.Equal("1.0.0", TusClient.Header(answer, "Tus-Resumable"));
        if (status is 412) Assert.Equal("1.0.0", TusClient.Header(answer, "Tus-Version"));
        Assert.Equal((200, "0"), await client.HeadAsync(address));
    }

    [Fact]
    public async Task Piece_OfAnotherType_Refused()
    {
        var (client, _) = await ClientAsync();
        var address = await client.BeginAsync("a.txt", 10);
        using var answer = await client.PieceAsync(address, 0, new ByteArrayContent([1]) { Headers = { ContentType = new("application/octet-stream") } });
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Piece_LongerThanWhatIsMissing_RefusedWhole(bool chunked)
    {
        var (client, _) = await ClientAsync();
        var address = await client.BeginAsync("a.txt", 10);
        using (await client.PieceAsync(address, 0, [1, 2, 3, 4])) { }
        HttpContent content = chunked ? new Chunked(new byte[7]) : new ByteArrayContent(new byte[7]);
        using var answer = await client.PieceAsync(address, 4, content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal((200, "4"), await client.HeadAsync(address));
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task Checksum_OfThePiece_Checked(string algorithm)
    {
        var (client, _) = await ClientAsync();
        var address = await client.BeginAsync("a.txt", Text.Length);
        var hash = Convert.ToBase64String(CryptographicOperations.HashData(algorithm == "sha1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, Text));
        using (var wrong = await client.PieceAsync(address, 0, Text[1..], ("Upload-Checksum", $"{algorithm} {hash}"))) Assert.Equal(460, (int)wrong.StatusCode);
        Assert.Equal((200, "0"), await client.HeadAsync(address));

        using var right = await client.PieceAsync(address, 0, Text, ("Upload-Checksum", $"{algorithm} {hash}"));

        Assert.Equal(HttpStatusCode.NoContent, right.StatusCode);
    }

    [Fact]
    public async Task Upload_OfSomebodyElse_DoesNotExist()
    {
        var (client, _) = await ClientAsync();
        var (other, _) = await ClientAsync();
        var address = await client.BeginAsync("a.txt", 10);

        Assert.Equal(404, (await other.HeadAsync(address)).Status);
        using (var piece = await other.PieceAsync(address, 0, [1])) Assert.Equal(HttpStatusCode.NotFound, piece.StatusCode);
        using (var drop = await other.Http.SendAsync(TusClient.Request(HttpMethod.Delete, address))) Assert.Equal(HttpStatusCode.NotFound, drop.StatusCode);
        Assert.Equal((200, "0"), await client.HeadAsync(address));
    }

    [Fact]
    public async Task Stranger_AndReadingKey_BeginNothing()
    {
        var member = await stage.Scene.MemberAsync("Lia Serre");
        using var stranger = stage.Instance.Browser();
        using var reader = await stage.Instance.ProgramAsync(member.Id, AccessKeyScope.ApiRead);
        using var writer = await stage.Instance.ProgramAsync(member.Id);
        async Task<int> BeginAsync(HttpClient http)
        {
            var request = TusClient.Request(HttpMethod.Post, "/depots", ("Upload-Length", "10"));
            if (http != stranger) request.Headers.Remove("X-Requested-With");
            using var answer = await http.SendAsync(request);
            return (int)answer.StatusCode;
        }

        Assert.Equal((401, 403, 201), (await BeginAsync(stranger), await BeginAsync(reader), await BeginAsync(writer)));
    }

    [Fact]
    public async Task Upload_GivenUp_GoneWithItsBytes()
    {
        var (client, _) = await ClientAsync();
        var address = await client.BeginAsync("a.txt", 10);
        using (await client.PieceAsync(address, 0, [1, 2])) { }
        using (var drop = await client.Http.SendAsync(TusClient.Request(HttpMethod.Delete, address))) Assert.Equal(HttpStatusCode.NoContent, drop.StatusCode);

        Assert.Equal(404, (await client.HeadAsync(address)).Status);
        Assert.False(File.Exists(PathOf(address)));
    }

    [Fact]
    public async Task Uploads_TooManyWaiting_RefusedUntilSomeAreUsed()
    {
        var (client, _) = await ClientAsync();
        var first = await client.BeginAsync("a.bin", 1024 * 1024);
        await client.BeginAsync("b.bin", 1024 * 1024);
        async Task<int> ThirdAsync()
        {
            using var answer = await client.Http.SendAsync(TusClient.Request(HttpMethod.Post, "/depots", ("Upload-Length", "1")));
            return (int)answer.StatusCode;
        }

        Assert.Equal(403, await ThirdAsync());
        using (await client.Http.SendAsync(TusClient.Request(HttpMethod.Delete, first))) { }
        Assert.Equal(201, await ThirdAsync());
    }

    [Fact]
    public async Task Pieces_TwoAtOnce_OneIsTurnedAway()
    {
        var (client, _) = await ClientAsync();
        var address = await client.BeginAsync("a.txt", 100);
        using var gate = new Held();
        var slow = client.PieceAsync(address, 0, gate);
        await gate.Begun;
        while ((await client.HeadAsync(address)).Offset != "10") await Task.Yield();

        using (var second = await client.PieceAsync(address, 10, new byte[90])) Assert.Equal(423, (int)second.StatusCode);
        gate.End();
        using (var first = await slow) Assert.Equal(204, (int)first.StatusCode);
        Assert.Equal((200, "20"), await client.HeadAsync(address));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(99)]
    public async Task Connection_CutInTheMiddle_ResumesWhereItWas(int percent)
    {
        var (client, _) = await ClientAsync();
        var bytes = RandomNumberGenerator.GetBytes(200_000);
        var address = await client.BeginAsync("a.bin", bytes.Length);
        var sent = bytes.Length * percent / 100;
        using (var cut = new Held(bytes[..sent], bytes.Length))
        {
            var broken = client.PieceAsync(address, 0, cut);
            await cut.Begun;
            while ((await client.HeadAsync(address)).Offset != $"{sent}") await Task.Yield();
            cut.Break();
            await Assert.ThrowsAnyAsync<Exception>(() => broken);
        }

        HttpResponseMessage rest;
        while ((int)(rest = await client.PieceAsync(address, sent, bytes[sent..])).StatusCode == 423) rest.Dispose();
        Assert.Equal(204, (int)rest.StatusCode);
        rest.Dispose();
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.True(await db.Files.AnyAsync(f => f.Sha256 == Convert.ToHexStringLower(SHA256.HashData(bytes))));
    }

    [Fact]
    public async Task Upload_NobodyCameBackFor_ClearedAwayAtNight()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        var client = new TusClient(await instance.SignedInAsync((await new Scene(instance).MemberAsync("Ève Borne")).Id));
        var unfinished = await client.BeginAsync("a.txt", 10);
        var whole = await client.SendAsync("b.txt", Text);
        instance.Clock.Advance(Upload.Waits + TimeSpan.FromHours(1));
        await PurgeAsync(instance);

        Assert.Equal(404, (await client.HeadAsync(unfinished)).Status);
        Assert.Equal(200, (await client.HeadAsync(whole)).Status);
        instance.Clock.Advance(Upload.Keeps);
        await PurgeAsync(instance);
        Assert.Equal(404, (await client.HeadAsync(whole)).Status);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(instance.Folder, "files"), "*", SearchOption.AllDirectories));
        await using var db = instance.Open(Viewer.System);
        Assert.Equal((0, 0), (await db.Uploads.CountAsync(), await db.Files.CountAsync()));
    }

    private static Task PurgeAsync(Instance instance) => instance.Services.GetServices<IRecurringJob>().OfType<PurgeOldData>().Single().RunAsync(default);

    private string PathOf(string address) => Path.Combine(stage.Instance.Folder, "files", "depots", address.Split('/')[^1]);

    private async Task<(TusClient Client, Member Member)> ClientAsync()
    {
        var member = await stage.Scene.MemberAsync("Ninon Varces");
        return (new TusClient(await stage.Instance.SignedInAsync(member.Id)), member);
    }

    private sealed class Chunked(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    // Sends a beginning, then waits for a word: to end in order, or to break.
    private sealed class Held(byte[] first, long? announced = null) : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Held() : this(new byte[10])
        {
        }

        public Task Begun => _begun.Task;

        public void End() => _end.SetResult();

        public void Break() => _end.SetException(new IOException("cut"));

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(first);
            await stream.FlushAsync();
            _begun.SetResult();
            await _end.Task;
            await stream.WriteAsync(first);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = announced ?? 0;
            return announced is not null;
        }
    }
}
