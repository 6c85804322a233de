using System.Text;
using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>Servers that never end: silent, slow, endless, swollen.</summary>
public sealed class BoundTests
{
    private const int Megabyte = 1024 * 1024;

    // What the sockets of both sides may hold before the writer notices that nobody reads.
    private const int SocketBuffers = 24 * Megabyte;

    [Fact]
    public async Task Server_Silent_EndedAfterTwentySeconds()
    {
        var asked = new TaskCompletionSource();
        await using var scene = new FetchScene(e =>
        {
            asked.SetResult();
            return e.StayAsync();
        });

        var fetch = scene.FetchAsync();
        await asked.Task;
        scene.Clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(fetch.IsCompleted);
        scene.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(FetchOutcome.TimedOut, (await fetch).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")]
    public async Task Server_AByteASecond_EndedAfterTwentySeconds(string head)
    {
        var ticks = new SemaphoreSlim(0);
        var written = new SemaphoreSlim(0);
        await using var scene = new FetchScene(async e =>
        {
            await e.WriteAsync(head);
            foreach (var letter in "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
            {
                await e.WriteAsync(letter.ToString());
                written.Release();
                await ticks.WaitAsync(e.Closing);
            }
        });

        var fetch = scene.FetchAsync();
        for (var second = 0; second < 20; second++)
        {
            await written.WaitAsync(TestContext.Current.CancellationToken);
            Assert.False(fetch.IsCompleted);
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
            ticks.Release();
        }

        Assert.Equal(FetchOutcome.TimedOut, (await fetch).Outcome);
    }

    [Fact]
    public async Task Names_ThatNeverAnswer_EndedAfterFiveSeconds()
    {
        var asked = new TaskCompletionSource();
        await using var scene = new FetchScene("200 OK");
        scene.Net.Resolving = cancellation =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancellation);
        };

        var fetch = scene.FetchAsync();
        await asked.Task;
        scene.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(FetchOutcome.TimedOut, (await fetch).Outcome);
    }

    [Fact]
    public async Task Caller_ThatGivesUp_GetsAnException()
    {
        using var giveUp = new CancellationTokenSource();
        await using var scene = new FetchScene(async e =>
        {
            await giveUp.CancelAsync();
            await e.StayAsync();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Client.FetchAsync(new(new Uri("http://public.test/")), giveUp.Token));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")]
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /feed.xml\r\n\r\n")]
    public async Task Body_WithoutEnd_NotReadToTheEnd(string head)
    {
        long written = 0;
        var gone = new TaskCompletionSource();
        await using var scene = new FetchScene(async e =>
        {
            var piece = new byte[64 * 1024];
            try
            {
                await e.WriteAsync(head);
                while (true)
                {
                    await e.WriteAsync(piece);
                    written += piece.Length;
                }
            }
            finally
            {
                gone.TrySetResult();
            }
        });

        var result = await scene.FetchAsync();
        await gone.Task;

        Assert.Contains(result.Outcome, (FetchOutcome[])[FetchOutcome.TooLarge, FetchOutcome.HttpError, FetchOutcome.TooManyRedirects]);
        Assert.True(result.Body.IsEmpty);
        Assert.InRange(written, 0, SocketBuffers);
    }

    [Fact]
    public async Task Body_AtTheBound_ReadWholeAndOneByteMoreRefused()
    {
        await using var scene = new FetchScene(e => e.WriteAsync("200 OK", new byte[e.Path == "/juste" ? 1000 : 1001]));

        var (fits, passes) = (await scene.FetchAsync(Small("/juste")), await scene.FetchAsync(Small("/trop")));

        Assert.Equal((FetchOutcome.Ok, 1000), (fits.Outcome, fits.Body.Length));
        Assert.Equal((FetchOutcome.TooLarge, 0), (passes.Outcome, passes.Body.Length));
    }

    [Fact]
    public async Task Page_LongerThanAskedFor_CutWhenTheHeadIsEnough()
    {
        await using var scene = new FetchScene("200 OK", new string('a', 5000));

        var result = await scene.FetchAsync(Small("/page") with { Cut = true });

        Assert.Equal((FetchOutcome.Ok, 1000, true), (result.Outcome, result.Body.Length, result.IsCut));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Bomb_OfFiftyMegabytes_Refused(string coding)
    {
        var bomb = FetchScene.Pack(coding, new byte[50 * Megabyte]);
        Assert.InRange(bomb.Length, 1, 60_000);
        await using var scene = new FetchScene(e => e.WriteAsync($"200 OK\nContent-Encoding: {coding}", bomb));

        Assert.Equal(FetchOutcome.TooLarge, (await scene.FetchAsync()).Outcome);
    }

    [Fact]
    public async Task Bomb_InsideABomb_Refused()
    {
        var bomb = FetchScene.Pack("gzip", FetchScene.Pack("gzip", new byte[50 * Megabyte]));
        await using var scene = new FetchScene(e => e.WriteAsync("200 OK\nContent-Encoding: gzip, gzip", bomb));

        Assert.Equal(FetchOutcome.TooLarge, (await scene.FetchAsync()).Outcome);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("deflate", "deflate")]
    [InlineData("deflate", "zlib")]
    [InlineData("identity", "")]
    [InlineData("gzip, br", "gzip br")]
    public async Task Body_PackedAsItSays_Unpacked(string header, string packings)
    {
        var body = packings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate("<rss>à</rss>"u8.ToArray(), (bytes, packing) => FetchScene.Pack(packing, bytes));
        await using var scene = new FetchScene(e => e.WriteAsync($"200 OK\nContent-Encoding: {header}", body));

        var result = await scene.FetchAsync();

        Assert.Equal((FetchOutcome.Ok, "<rss>à</rss>"), (result.Outcome, Encoding.UTF8.GetString(result.Body.Span)));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip, gzip, gzip")]
    public async Task Body_NotPackedAsItSays_BadAnswer(string header)
    {
        await using var scene = new FetchScene($"200 OK\nContent-Encoding: {header}", "<rss>en clair</rss>");

        Assert.Equal(FetchOutcome.BadAnswer, (await scene.FetchAsync()).Outcome);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("")]
    public async Task Answer_CutShortOrOfAnotherProtocol_BadAnswer(string answer)
    {
        await using var scene = new FetchScene(e => e.WriteAsync(answer));

        Assert.Equal(FetchOutcome.BadAnswer, (await scene.FetchAsync()).Outcome);
    }

    // The server sent all that it announced, so what it packed is what it has: the reader closes what is open.
    [Fact]
    public async Task Answer_CutShortBeforeItWasSent_ReadAsFarAsItGoes()
    {
        var text = string.Concat(Enumerable.Range(0, 9000));
        var packed = FetchScene.Pack("gzip", Encoding.UTF8.GetBytes(text));
        await using var scene = new FetchScene(e => e.WriteAsync("200 OK\nContent-Encoding: gzip", packed[..^100]));

        var result = await scene.FetchAsync();

        Assert.Equal(FetchOutcome.Ok, result.Outcome);
        Assert.InRange(result.Body.Length, 1000, text.Length - 1);
        Assert.StartsWith(Encoding.UTF8.GetString(result.Body.Span), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_WithoutEnd_BadAnswer()
    {
        await using var scene = new FetchScene(async e =>
        {
            await e.WriteAsync("HTTP/1.1 200 OK\r\n");
            while (true) await e.WriteAsync("X-Encore: " + new string('a', 1000) + "\r\n");
        });

        Assert.Equal(FetchOutcome.BadAnswer, (await scene.FetchAsync()).Outcome);
    }

    private static FetchRequest Small(string path) => new(new Uri("http://public.test" + path)) { MaxBytes = 1000 };
}
