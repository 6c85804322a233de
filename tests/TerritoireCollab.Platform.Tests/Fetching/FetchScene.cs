using System.IO.Compression;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Testing.Fetching;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>The outgoing client in a little internet, where <c>public.test</c> is a server of the test's.</summary>
internal sealed class FetchScene : IAsyncDisposable
{
    private readonly List<RawServer> _servers = [];

    public FetchScene(Func<RawExchange, Task> answer, FetchOptions? options = null)
    {
        Server = Serve("public.test", answer);
        Client = new OutgoingClient(options ?? new(), Net, Clock);
    }

    public FetchScene(string head, string body = "") : this(e => e.WriteAsync(head, System.Text.Encoding.UTF8.GetBytes(body)))
    {
    }

    public LittleInternet Net { get; } = new();

    public ManualTimers Clock { get; } = new();

    public RawServer Server { get; }

    public OutgoingClient Client { get; }

    /// <summary>Another host.</summary>
    public RawServer Serve(string name, Func<RawExchange, Task> answer)
    {
        var server = new RawServer(answer);
        _servers.Add(server);
        Net.Name(name, server);
        return server;
    }

    public Task<FetchResult> FetchAsync(string address = "http://public.test/feed.xml") => FetchAsync(new FetchRequest(new Uri(address)));

    public Task<FetchResult> FetchAsync(FetchRequest request) => Client.FetchAsync(request, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (var server in _servers) await server.DisposeAsync();
        await Net.DisposeAsync();
    }

    /// <summary>Bytes packed as a server would.</summary>
    public static byte[] Pack(string coding, byte[] bytes)
    {
        var packed = new MemoryStream();
        using (Stream packer = coding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "zlib" => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            _ => new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true),
        }) packer.Write(bytes);
        return packed.ToArray();
    }
}
