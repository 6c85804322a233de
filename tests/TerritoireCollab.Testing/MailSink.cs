using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace TerritoireCollab.Testing;

/// <summary>A message that a <see cref="MailSink"/> had in full, whatever it answered then.</summary>
/// <param name="Sender">Of the envelope.</param>
/// <param name="Recipient">Of the envelope.</param>
/// <param name="MessageId">With its angle brackets.</param>
/// <param name="Source">The message.</param>
/// <param name="Number">From 1, in the order of arrival.</param>
public sealed record SunkMail(string Sender, string Recipient, string MessageId, string Source, int Number);

/// <summary>
/// A mail server on a loopback port that misbehaves as it is told, at any moment: each of its answers can be another one, <see cref="Close"/> or
/// <see cref="Silence"/>. It keeps what it was given. Any number of connections at once.
/// </summary>
public sealed partial class MailSink : IAsyncDisposable
{
    /// <summary>A connection closed instead of an answer.</summary>
    public const string Close = "(close)";

    /// <summary>An answer that never comes.</summary>
    public const string Silence = "(silence)";

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpClient, bool> _clients = [];
    private readonly Task _accepting;
    private int _count;

    /// <summary>Listens on a free port, or on <paramref name="port"/>.</summary>
    public MailSink(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start(512);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Its greeting.</summary>
    public string Greeting { get; set; } = "220 puits ESMTP";

    /// <summary>What it offers.</summary>
    public IReadOnlyList<string> Extensions { get; set; } = ["PIPELINING", "8BITMIME", "AUTH PLAIN"];

    /// <summary>The answer to a command line; null for the usual one. The address of RCPT is in the line.</summary>
    public Func<string, Task<string?>> Answer { get; set; } = _ => Task.FromResult<string?>(null);

    /// <summary>The answer to a whole message.</summary>
    public Func<SunkMail, Task<string>> AfterDot { get; set; } = _ => Task.FromResult("250 2.0.0 pris");

    /// <summary>Certificate for STARTTLS.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Whether messages are kept: their text takes room.</summary>
    public bool KeepsSources { get; set; } = true;

    /// <summary>Every message that it had in full.</summary>
    public ConcurrentQueue<SunkMail> Mails { get; } = new();

    /// <summary>Every command line.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>How many connections there were.</summary>
    public int Connections { get; private set; }

    /// <summary>A certificate that nobody signed, for that name, good until then.</summary>
    public static X509Certificate2 MakeCertificate(string name, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), until);
    }

    /// <summary>How many copies of each message it had.</summary>
    public IReadOnlyDictionary<string, int> Copies() => Mails.GroupBy(m => m.MessageId).ToDictionary(g => g.Key, g => g.Count());

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        foreach (var client in _clients.Keys) client.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                _clients[client] = true;
                _ = Task.Run(() => ConverseAsync(client));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        client.NoDelay = true;
        try
        {
            await new Conversation(this, client.GetStream()).RunAsync();
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or AuthenticationException or ObjectDisposedException or InvalidOperationException or SocketException)
        {
            // The client left or refused the certificate, or the sink stops.
        }
        finally
        {
            _clients.TryRemove(client, out _);
            client.Dispose();
        }
    }

    [GeneratedRegex(@"^Message-ID:\s*(<[^>]+>)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex MessageId();

    private sealed class Conversation(MailSink sink, Stream stream)
    {
        private readonly byte[] _buffer = new byte[64 * 1024];
        private Stream _stream = stream;
        private int _start;
        private int _end;
        private string _sender = "";
        private string _recipient = "";
        private bool _hasRecipient;

        public async Task RunAsync()
        {
            await GiveAsync(sink.Greeting);
            while (await ReadLineAsync() is { } line)
            {
                sink.Commands.Enqueue(line);
                if (line.StartsWith("MAIL FROM:<", StringComparison.OrdinalIgnoreCase)) _sender = Between(line);
                if (line.StartsWith("RCPT TO:<", StringComparison.OrdinalIgnoreCase)) _recipient = Between(line);
                var answer = await sink.Answer(line) ?? Usual(line);
                if (line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase)) _hasRecipient = answer.StartsWith('2');
                await GiveAsync(answer);
                if (line == "QUIT") return;
                if (line == "STARTTLS" && answer.StartsWith("220", StringComparison.Ordinal)) await SecureAsync();
                if (line == "DATA" && answer.StartsWith("354", StringComparison.Ordinal)) await TakeAsync();
            }
        }

        private string Usual(string line) => line.Split(' ', ':')[0].ToUpperInvariant() switch
        {
            "EHLO" => "250-puits\r\n" + string.Join("\r\n", sink.Extensions.Select((x, i) => $"250{(i < sink.Extensions.Count - 1 ? '-' : ' ')}{x}")),
            "STARTTLS" => "220 allez-y",
            "AUTH" => "235 2.7.0 bienvenue",
            "MAIL" or "RCPT" or "RSET" => "250 2.1.0 bien",
            "DATA" => _hasRecipient ? "354 allez-y" : "503 à qui ?",
            "QUIT" => "221 au revoir",
            _ => "500 quoi ?",
        };

        private async Task TakeAsync()
        {
            var source = new StringBuilder();
            while (await ReadLineAsync() is { } line)
            {
                if (line == ".")
                {
                    var text = source.ToString();
                    var mail = new SunkMail(_sender, _recipient, MessageId().Match(text).Groups[1].Value, sink.KeepsSources ? text : "", Interlocked.Increment(ref sink._count));
                    sink.Mails.Enqueue(mail);
                    await GiveAsync(await sink.AfterDot(mail));
                    return;
                }

                source.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }
        }

        private async Task GiveAsync(string answer)
        {
            if (answer == Close) throw new IOException("closed as it was told");
            if (answer == Silence) await Task.Delay(Timeout.Infinite, sink._stop.Token);

            await _stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\r\n"), sink._stop.Token);
        }

        private async Task SecureAsync()
        {
            var secure = new SslStream(_stream);
            _stream = secure;
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = sink.Certificate }, sink._stop.Token);
        }

        private static string Between(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

        private async Task<string?> ReadLineAsync()
        {
            var earlier = "";
            while (true)
            {
                var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
                if (length >= 0)
                {
                    var line = earlier + Encoding.UTF8.GetString(_buffer, _start, length);
                    _start += length + 1;
                    return line.TrimEnd('\r');
                }

                earlier += Encoding.UTF8.GetString(_buffer, _start, _end - _start);
                _start = 0;
                _end = await _stream.ReadAsync(_buffer, sink._stop.Token);
                if (_end == 0) return null;
            }
        }
    }
}
