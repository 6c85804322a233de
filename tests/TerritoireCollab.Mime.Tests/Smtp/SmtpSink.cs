using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TerritoireCollab.Mime.Tests.Smtp;

/// <summary>How a <see cref="SmtpSink"/> behaves.</summary>
internal sealed record SinkScript
{
    /// <summary>An answer that never comes.</summary>
    public const string Silence = "(silence)";

    /// <summary>A connection closed instead of an answer.</summary>
    public const string Close = "(close)";

    public string Greeting { get; init; } = "220 sink ESMTP";

    public string[] Extensions { get; init; } = ["PIPELINING", "SIZE 50000000", "8BITMIME", "AUTH PLAIN LOGIN"];

    /// <summary>The answer to a command line, or null for the usual one.</summary>
    public Func<string, string?> Answer { get; init; } = _ => null;

    /// <summary>The answer after the final dot.</summary>
    public Func<string> AfterDot { get; init; } = () => "250 2.0.0 queued";

    /// <summary>Answers MAIL and RCPT only once DATA is there: a client that waits for them waits for ever.</summary>
    public bool InsistsOnPipelining { get; init; }

    /// <summary>Stops reading after its 354.</summary>
    public bool StopsReadingAtData { get; init; }

    public bool ClosesAfterMessage { get; init; }

    public X509Certificate2? Certificate { get; init; }

    public bool TlsFromTheStart { get; init; }

    /// <summary>What it writes in clear behind its answer to STARTTLS.</summary>
    public string AfterStartTls { get; init; } = "";
}

/// <summary>A message as the sink took it.</summary>
internal sealed record TakenMessage(string Sender, string Recipient, byte[] Wire, byte[] Content);

/// <summary>A mail server on a loopback port that does what its script says and remembers everything.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly SinkScript script;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource firstConnectionEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> conversations = [];
    private readonly Task accepting;

    public SmtpSink(SinkScript? script = null)
    {
        this.script = script ?? new SinkScript();
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    public int Port { get; }

    public ConcurrentQueue<string> Commands { get; } = new();

    public ConcurrentQueue<TakenMessage> Messages { get; } = new();

    public int Connections { get; private set; }

    /// <summary>Whether a command came before the answer to the one before it was written.</summary>
    public bool SawPipelining { get; private set; }

    public Task FirstConnectionEnded => firstConnectionEnded.Task;

    public static X509Certificate2 MakeCertificate(string name = "localhost")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(conversations);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Connections++;
                conversations.Add(ConverseAsync(client));
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
            var conversation = new Conversation(this, client.GetStream());
            await conversation.RunAsync();
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or AuthenticationException or ObjectDisposedException or InvalidOperationException)
        {
            // The client left or refused the certificate, or the sink stops.
        }
        finally
        {
            client.Dispose();
            firstConnectionEnded.TrySetResult();
        }
    }

    private sealed class Conversation(SmtpSink sink, Stream stream)
    {
        private readonly byte[] buffer = new byte[64 * 1024];
        private readonly StringBuilder withheld = new();
        private Stream stream = stream;
        private int start;
        private int end;

        private SinkScript Script => sink.script;

        public async Task RunAsync()
        {
            if (Script.TlsFromTheStart)
            {
                await SecureAsync();
            }

            await WriteAsync($"{Script.Greeting}\r\n");
            while (await ReadLineAsync() is { } line)
            {
                var command = Encoding.UTF8.GetString(line).TrimEnd('\r', '\n');
                sink.Commands.Enqueue(command);
                sink.SawPipelining |= start < end;
                var answer = Script.Answer(command) ?? Usual(command);
                await GiveAsync(command, answer);
                if (command == "QUIT")
                {
                    return;
                }

                if (command == "STARTTLS" && answer.StartsWith("220", StringComparison.Ordinal))
                {
                    await SecureAsync();
                }

                if (answer.StartsWith("354", StringComparison.Ordinal))
                {
                    await TakeMessageAsync();
                }
            }
        }

        private string Usual(string command) => command.Split(' ', ':')[0] switch
        {
            "EHLO" => string.Join("\r\n", Script.Extensions.Select((x, i) => $"250{(i < Script.Extensions.Length - 1 ? '-' : ' ')}{x}").Prepend("250-sink")),
            "HELO" => "250 sink",
            "STARTTLS" => $"220 go ahead{(Script.AfterStartTls.Length > 0 ? "\r\n" + Script.AfterStartTls : "")}",
            "AUTH" when command == "AUTH LOGIN" => "334 VXNlcm5hbWU6",
            "AUTH" => "235 2.7.0 welcome",
            "MAIL" or "RCPT" or "RSET" => "250 2.1.0 ok",
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "500 what?",
        };

        private async Task GiveAsync(string command, string answer)
        {
            if (answer == SinkScript.Close)
            {
                throw new IOException("closed as the script says");
            }

            if (answer == SinkScript.Silence)
            {
                await Task.Delay(Timeout.Infinite, sink.stop.Token);
            }

            withheld.Append(answer).Append("\r\n");
            if (Script.InsistsOnPipelining && command.Split(' ')[0] is "RSET" or "MAIL" or "RCPT")
            {
                return;
            }

            await WriteAsync(withheld.ToString());
            withheld.Clear();
        }

        private async Task TakeMessageAsync()
        {
            if (Script.StopsReadingAtData)
            {
                await Task.Delay(Timeout.Infinite, sink.stop.Token);
            }

            var wire = new MemoryStream();
            var content = new MemoryStream();
            while (await ReadLineAsync() is { } line)
            {
                wire.Write(line);
                if (line.AsSpan().SequenceEqual(".\r\n"u8))
                {
                    break;
                }

                content.Write(line[0] == '.' ? line.AsSpan(1) : line);
            }

            sink.Messages.Enqueue(new TakenMessage(Envelope("MAIL FROM"), Envelope("RCPT TO"), wire.ToArray(), content.ToArray()));
            var answer = Script.AfterDot();
            if (answer == SinkScript.Close)
            {
                throw new IOException("closed as the script says");
            }

            if (answer == SinkScript.Silence)
            {
                await Task.Delay(Timeout.Infinite, sink.stop.Token);
            }

            await WriteAsync($"{answer}\r\n");
            if (Script.ClosesAfterMessage)
            {
                throw new IOException("closed as the script says");
            }
        }

        private string Envelope(string command)
        {
            var line = sink.Commands.Last(c => c.StartsWith(command, StringComparison.Ordinal));
            return line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
        }

        private async Task SecureAsync()
        {
            var secure = new SslStream(stream);
            stream = secure;
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Script.Certificate }, sink.stop.Token);
        }

        private ValueTask WriteAsync(string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), sink.stop.Token);

        private async Task<byte[]?> ReadLineAsync()
        {
            var line = new List<byte>();
            while (true)
            {
                var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
                if (length >= 0)
                {
                    line.AddRange(buffer.AsSpan(start, length + 1));
                    start += length + 1;
                    return [.. line];
                }

                line.AddRange(buffer.AsSpan(start, end - start));
                start = 0;
                end = await stream.ReadAsync(buffer, sink.stop.Token);
                if (end == 0)
                {
                    return null;
                }
            }
        }
    }
}
