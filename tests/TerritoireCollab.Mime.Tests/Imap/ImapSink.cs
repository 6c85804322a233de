using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TerritoireCollab.Mime.Tests.Imap;

/// <summary>How an <see cref="ImapSink"/> behaves.</summary>
internal sealed record ImapScript
{
    public string[] Capabilities { get; init; } = ["IMAP4rev1", "IDLE", "MOVE", "UIDPLUS", "NAMESPACE", "AUTH=PLAIN", "SASL-IR"];

    public uint UidValidity { get; init; } = 17;

    public X509Certificate2? Certificate { get; init; }

    public bool TlsFromTheStart { get; init; }

    /// <summary>What it answers to a sign-in, after the tag; null for OK.</summary>
    public string? SignInAnswer { get; init; }

    /// <summary>The first word of a command that it never answers.</summary>
    public string? Silent { get; init; }

    /// <summary>The first word of a command on which it hangs up.</summary>
    public string? HangsUpOn { get; init; }
}

/// <summary>
/// A small IMAP server on a loopback port: one mailbox, kept in memory over connections, and the commands that the client
/// uses. It remembers every command.
/// </summary>
internal sealed class ImapSink : IAsyncDisposable
{
    private readonly ImapScript script;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> conversations = [];
    private readonly Task accepting;
    private readonly Lock gate = new();
    private readonly List<(uint Uid, byte[] Raw, HashSet<string> Flags)> mails = [];
    private readonly Dictionary<string, List<byte[]>> folders = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim idling = new(0);
    private Conversation? current;
    private uint nextUid = 1;

    public ImapSink(ImapScript? script = null)
    {
        this.script = script ?? new();
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    public int Port { get; }

    public ConcurrentQueue<string> Commands { get; } = new();

    public IReadOnlyDictionary<string, List<byte[]>> Folders => folders;

    public IReadOnlyList<(uint Uid, string[] Flags)> Mails
    {
        get
        {
            lock (gate) return [.. mails.Select(mail => (mail.Uid, mail.Flags.Order().ToArray()))];
        }
    }

    /// <summary>Waits until the client says IDLE once more.</summary>
    public Task IdlingAsync() => idling.WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>A mail arrives; who idles is told.</summary>
    public async Task DeliverAsync(string raw, uint? uid = null)
    {
        Conversation? idler;
        int count;
        lock (gate)
        {
            nextUid = uid ?? nextUid;
            mails.Add((nextUid++, Encoding.UTF8.GetBytes(raw.Replace("\n", "\r\n", StringComparison.Ordinal)), []));
            (idler, count) = (current is { IsIdle: true } ? current : null, mails.Count);
        }

        if (idler is not null) await idler.WriteAsync($"* {count} EXISTS\r\n");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(conversations);
        stop.Dispose();
        idling.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) conversations.Add(ConverseAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                var conversation = new Conversation(this, client.GetStream());
                lock (gate) current = conversation;
                await conversation.RunAsync();
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException or AuthenticationException or ObjectDisposedException or InvalidOperationException)
            {
                // The client left or refused the certificate, or the sink stops.
            }
        }
    }

    private sealed class Conversation(ImapSink sink, Stream stream)
    {
        private Stream stream = stream;
        private string? idleTag;

        public bool IsIdle => idleTag is not null;

        private ImapScript Script => sink.script;

        private string Capability => $"CAPABILITY {string.Join(' ', Script.Capabilities)}";

        public async Task RunAsync()
        {
            if (Script.TlsFromTheStart) await SecureAsync();
            await WriteAsync($"* OK [{Capability}] ready\r\n");
            while (await ReadLineAsync() is { } line)
            {
                sink.Commands.Enqueue(line);
                if (line == "DONE")
                {
                    var tag = idleTag;
                    idleTag = null;
                    await WriteAsync($"{tag} OK idle ended\r\n");
                    continue;
                }

                var words = line.Split(' ', 3);
                var name = words[1] == "UID" ? words[2].Split(' ')[0] : words[1];
                if (name == Script.Silent) await Task.Delay(Timeout.Infinite, sink.stop.Token);
                if (name == Script.HangsUpOn) return;

                await AnswerAsync(words[0], name, words.Length > 2 ? words[1] == "UID" ? words[2][(name.Length + 1)..] : words[2] : "");
                if (name == "LOGOUT") return;
            }
        }

        public ValueTask WriteAsync(string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text), sink.stop.Token);

        private async Task AnswerAsync(string tag, string name, string rest)
        {
            switch (name)
            {
                case "STARTTLS":
                    await WriteAsync($"{tag} OK go ahead\r\n");
                    await SecureAsync();
                    return;
                case "IDLE":
                    idleTag = tag;
                    await WriteAsync("+ idling\r\n");
                    // What came since the last command is told at its start, as servers do.
                    await WriteAsync($"* {sink.Mails.Count} EXISTS\r\n");
                    sink.idling.Release();
                    return;
                case "AUTHENTICATE" or "LOGIN":
                    await WriteAsync($"{tag} {Script.SignInAnswer ?? $"OK [{Capability}] welcome"}\r\n");
                    return;
                case "FETCH":
                    await FetchAsync(rest);
                    break;
                default:
                    await WriteAsync(Untagged(name, rest));
                    break;
            }

            await WriteAsync(name == "EXAMINE" || name == "SELECT" ? $"{tag} OK [READ-WRITE] done\r\n" : $"{tag} OK done\r\n");
        }

        private string Untagged(string name, string rest)
        {
            lock (sink.gate)
            {
                return name switch
                {
                    "CAPABILITY" => $"* {Capability}\r\n",
                    "NAMESPACE" => "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n",
                    "LIST" => List(rest),
                    "CREATE" => Create(rest),
                    "SELECT" => $"* FLAGS (\\Seen \\Deleted)\r\n* OK [PERMANENTFLAGS (\\Seen \\Deleted)] x\r\n* {sink.mails.Count} EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY {Script.UidValidity}] x\r\n* OK [UIDNEXT {sink.nextUid}] x\r\n",
                    "NOOP" => $"* {sink.mails.Count} EXISTS\r\n",
                    // As servers do: an open range always names the last mail.
                    "SEARCH" => $"* SEARCH {string.Join(' ', sink.mails.Where((mail, i) => Has(rest, mail.Uid) || i == sink.mails.Count - 1).Select(mail => mail.Uid))}\r\n".Replace("SEARCH \r", "SEARCH\r", StringComparison.Ordinal),
                    "STORE" => Store(rest),
                    "MOVE" or "COPY" => Copy(rest, isMove: name == "MOVE"),
                    "EXPUNGE" => Expunge(mail => mail.Flags.Contains("\\Deleted")),
                    "LOGOUT" => "* BYE\r\n",
                    _ => "",
                };
            }
        }

        private string List(string rest)
        {
            var name = rest.Split(' ')[^1].Trim('"');
            return name is "" ? "* LIST (\\Noselect) \"/\" \"\"\r\n" : name.Equals("INBOX", StringComparison.OrdinalIgnoreCase) || sink.folders.ContainsKey(name) ? $"* LIST (\\HasNoChildren) \"/\" \"{name}\"\r\n" : "";
        }

        private string Create(string rest)
        {
            sink.folders[rest.Trim('"', '/')] = [];
            return "";
        }

        private string Store(string rest)
        {
            foreach (var mail in sink.mails.Where(mail => Has(rest.Split(' ')[0], mail.Uid)))
            {
                if (rest.Contains("\\Seen", StringComparison.Ordinal)) mail.Flags.Add("\\Seen");
                if (rest.Contains("\\Deleted", StringComparison.Ordinal)) mail.Flags.Add("\\Deleted");
            }

            return "";
        }

        private string Copy(string rest, bool isMove)
        {
            var words = rest.Split(' ', 2);
            sink.folders[words[1].Trim('"')].AddRange(sink.mails.Where(mail => Has(words[0], mail.Uid)).Select(mail => mail.Raw));
            return isMove ? Expunge(mail => Has(words[0], mail.Uid)) : "";
        }

        private string Expunge(Func<(uint Uid, byte[] Raw, HashSet<string> Flags), bool> isGone)
        {
            var told = new StringBuilder();
            for (var i = sink.mails.Count - 1; i >= 0; i--)
            {
                if (!isGone(sink.mails[i])) continue;

                sink.mails.RemoveAt(i);
                told.Append(CultureInfo.InvariantCulture, $"* {i + 1} EXPUNGE\r\n");
            }

            return told.ToString();
        }

        private async Task FetchAsync(string rest)
        {
            var answers = new List<(int Number, uint Uid, byte[] Raw)>();
            lock (sink.gate)
            {
                for (var i = 0; i < sink.mails.Count; i++)
                {
                    if (Has(rest.Split(' ')[0], sink.mails[i].Uid)) answers.Add((i + 1, sink.mails[i].Uid, sink.mails[i].Raw));
                }
            }

            var most = rest.IndexOf("<0.", StringComparison.Ordinal) is >= 0 and var at ? int.Parse(rest[(at + 3)..rest.IndexOf('>', at)], CultureInfo.InvariantCulture) : int.MaxValue;
            foreach (var (number, uid, raw) in answers)
            {
                var part = raw.AsMemory(0, Math.Min(raw.Length, most));
                await WriteAsync($"* {number} FETCH (UID {uid} BODY[]<0> {{{part.Length}}}\r\n");
                await stream.WriteAsync(part, sink.stop.Token);
                await WriteAsync(")\r\n");
            }
        }

        private static bool Has(string set, uint uid) => set.Replace("UID ", "", StringComparison.Ordinal).Split(',').Any(range =>
            range.Split(':') is [var first, .. var more] && uint.TryParse(first, CultureInfo.InvariantCulture, out var low) && uid >= low && uid <= (more is [var last] ? last == "*" ? uint.MaxValue : uint.Parse(last, CultureInfo.InvariantCulture) : low));

        private async Task SecureAsync()
        {
            var secure = new SslStream(stream);
            stream = secure;
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Script.Certificate }, sink.stop.Token);
        }

        private async Task<string?> ReadLineAsync()
        {
            var line = new List<byte>();
            var octet = new byte[1];
            while (await stream.ReadAsync(octet, sink.stop.Token) == 1)
            {
                if (octet[0] == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                line.Add(octet[0]);
            }

            return null;
        }
    }
}
