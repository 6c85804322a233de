using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TerritoireCollab.Mime.Smtp;

/// <summary>
/// One connection to a mail server (RFC 5321), open for as many messages as the caller and the server like, one recipient
/// each. Not for use by two callers at once.
/// </summary>
/// <remarks>
/// <para>
/// Opening throws <see cref="SmtpSessionException"/>; sending returns an <see cref="SmtpOutcome"/>. Between two messages ask
/// <see cref="IsUsable"/>, and open another session when it is false. Disposing says QUIT.
/// </para>
/// <para>
/// Small writes leave at once (TCP_NODELAY), sender, recipient and DATA in one write where the server offers PIPELINING
/// (RFC 2920), and the final dot in the same write as the end of the message: two round trips a message.
/// </para>
/// </remarks>
public sealed class SmtpSession : IAsyncDisposable
{
    private const int BlockSize = 64 * 1024;
    private const int LongestCommand = 510;

    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(5);

    private readonly SmtpOptions options;
    private readonly Socket socket;
    private Stream stream = Stream.Null;
    private SmtpReplyReader reader = new(Stream.Null);
    private SmtpCapabilities capabilities = SmtpCapabilities.None;
    private SmtpPhase phase = SmtpPhase.Connect;
    private string? certificateProblem;
    private bool mustReset;
    private bool broken;
    private int busy;

    private SmtpSession(SmtpOptions options)
    {
        this.options = options;
        socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    }

    /// <summary>Whether another message can be sent; false once the connection failed or the server closed it.</summary>
    public bool IsUsable => !broken && !PeerHasClosed();

    /// <summary>Whether the connection is protected by TLS.</summary>
    public bool IsEncrypted => stream is SslStream;

    /// <summary>How many messages the server has accepted in this session.</summary>
    public int AcceptedCount { get; private set; }

    /// <summary>Connects, protects and authenticates as the options say.</summary>
    /// <param name="options">Where to and as whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A session ready to send.</returns>
    /// <exception cref="SmtpSessionException">It failed; nothing secret was sent unless the phase is Authentication.</exception>
    /// <exception cref="ArgumentException">
    /// The options hold a host, a port or a local name that is not one, or a user without password.
    /// </exception>
    public static async Task<SmtpSession> ConnectAsync(SmtpOptions options, CancellationToken cancellationToken = default)
    {
        Check(options);
        var session = new SmtpSession(options);
        try
        {
            await session.OpenAsync(cancellationToken);
            return session;
        }
        catch
        {
            session.Close();
            throw;
        }
    }

    /// <summary>Sends one message to one recipient.</summary>
    /// <param name="envelopeSender">Where bounces go, or null for the empty sender of automatic answers (RFC 5321 section 4.5.5).</param>
    /// <param name="recipient">Who gets it; need not be in the message's To.</param>
    /// <param name="message">The message as <see cref="MimeWriter"/> makes it, without dot-stuffing.</param>
    /// <param name="begin">
    /// Asked once the server takes the recipient and waits for the message, before its first byte: the last moment at which the
    /// mail can be left unsent. Null asks nobody; after false the message stays here and the session is not usable any more.
    /// </param>
    /// <param name="cancellationToken">
    /// Gives up before the last block of the message; from there on the answer is waited for, since leaving would make a
    /// sent message uncertain.
    /// </param>
    /// <returns>What became of it.</returns>
    /// <exception cref="InvalidOperationException">The session is not usable any more, or another message is under way.</exception>
    /// <exception cref="OperationCanceledException">Given up; the message was not sent and the session is not usable any more.</exception>
    public async Task<SmtpOutcome> SendAsync(
        Mailbox? envelopeSender, Mailbox recipient, ReadOnlyMemory<byte> message, Func<Task<bool>>? begin = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        if (broken)
        {
            throw new InvalidOperationException("The session is closed or has failed; open another one.");
        }

        if (Interlocked.Exchange(ref busy, 1) == 1)
        {
            throw new InvalidOperationException("The session is sending another message; use one session for each sender.");
        }

        try
        {
            return await SendOneAsync(envelopeSender, recipient, message, begin, cancellationToken);
        }
        catch (SmtpSessionException fault) when (phase == SmtpPhase.MessageEnd)
        {
            return new SmtpOutcome.Uncertain(fault.Message);
        }
        catch (SmtpSessionException fault)
        {
            return new SmtpOutcome.Refused(fault.IsPermanent, fault.Phase, fault.Reply, fault.Message);
        }
        finally
        {
            Volatile.Write(ref busy, 0);
        }
    }

    /// <summary>Says QUIT, waits for the answer at most five seconds, closes.</summary>
    /// <returns>When it is done; never fails.</returns>
    public async ValueTask DisposeAsync()
    {
        if (!broken && Interlocked.Exchange(ref busy, 1) == 0)
        {
            phase = SmtpPhase.Quit;
            var limit = options.Timeouts.Command < LongestGoodbye ? options.Timeouts.Command : LongestGoodbye;
            try
            {
                await WriteAsync("QUIT\r\n", limit, CancellationToken.None);
                await ReadAsync(limit, CancellationToken.None);
            }
            catch (SmtpSessionException)
            {
                // Everything accepted is accepted: a server that leaves without a word takes nothing back.
            }
        }

        Close();
    }

    private static void Check(SmtpOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Host);
        if (options.Port is < 1 or > IPEndPoint.MaxPort)
        {
            throw new ArgumentException("The port of the mail server must be between 1 and 65535.", nameof(options));
        }

        if (options.LocalName is { } name && (name.Length is 0 or > 255 || name.AsSpan().ContainsAnyExceptInRange('!', '~')))
        {
            throw new ArgumentException("The local name must be a host name.", nameof(options));
        }

        if ((options.User is null) != (options.Password is null))
        {
            throw new ArgumentException("A user needs a password, and a password a user.", nameof(options));
        }

        if (options.User?.Contains('\0') == true || options.Password?.Contains('\0') == true)
        {
            throw new ArgumentException("The user and the password cannot contain a NUL character.", nameof(options));
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var timeouts = options.Timeouts;
        await TimedAsync(timeouts.Connect, async token => await socket.ConnectAsync(options.Host, options.Port, token), cancellationToken);
        Use(new NetworkStream(socket, ownsSocket: false));
        if (options.Security == SmtpSecurity.Tls)
        {
            await SecureAsync(cancellationToken);
        }

        phase = SmtpPhase.Greeting;
        Expect(220, await ReadAsync(timeouts.Greeting, cancellationToken));
        await HelloAsync(cancellationToken);
        if (options.Security == SmtpSecurity.StartTls)
        {
            await StartTlsAsync(cancellationToken);
            await HelloAsync(cancellationToken);
        }

        if (options.User is not null)
        {
            await AuthenticateAsync(options.User, options.Password!, cancellationToken);
        }
    }

    private async Task HelloAsync(CancellationToken cancellationToken)
    {
        phase = SmtpPhase.Hello;
        var name = options.LocalName ?? AddressLiteral();
        var reply = await CommandAsync($"EHLO {name}", cancellationToken);
        if (reply.Code is 500 or 502)
        {
            // A server of the last century: no extension at all.
            Expect(250, await CommandAsync($"HELO {name}", cancellationToken));
            capabilities = SmtpCapabilities.None;
            return;
        }

        Expect(250, reply);
        capabilities = SmtpCapabilities.Parse(reply);
    }

    private string AddressLiteral()
    {
        var address = ((IPEndPoint)socket.LocalEndPoint!).Address;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        // A scope such as %eth0 means nothing elsewhere and has no place in a literal.
        return address.AddressFamily == AddressFamily.InterNetwork ? $"[{address}]" : $"[IPv6:{new IPAddress(address.GetAddressBytes())}]";
    }

    private async Task StartTlsAsync(CancellationToken cancellationToken)
    {
        phase = SmtpPhase.Tls;
        if (!capabilities.StartTls)
        {
            throw Fault(true, null, $"{options.Host} does not offer STARTTLS, and the connection must be encrypted.");
        }

        Expect(220, await CommandAsync("STARTTLS", cancellationToken));
        if (reader.HasUnread)
        {
            // Written in clear by someone on the way, it would be read as the server's word under TLS.
            throw Fault(true, null, $"{options.Host} sent data between STARTTLS and the TLS handshake.");
        }

        await SecureAsync(cancellationToken);
    }

    private async Task SecureAsync(CancellationToken cancellationToken)
    {
        phase = SmtpPhase.Tls;
        var secure = new SslStream(stream);
        var tls = new SslClientAuthenticationOptions
        {
            TargetHost = options.Host,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors),
        };
        Use(secure);
        await TimedAsync(options.Timeouts.Command, token => secure.AuthenticateAsClientAsync(tls, token), cancellationToken);
    }

    private bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (certificate is not null && options.TrustedCertificate is { } trusted
            && certificate.GetRawCertData().AsSpan().SequenceEqual(trusted.RawDataMemory.Span))
        {
            return true;
        }

        var statuses = chain?.ChainStatus.Select(status => status.Status.ToString()) ?? [];
        certificateProblem = string.Join(", ", statuses.Prepend(errors.ToString()).Distinct());
        return false;
    }

    private async Task AuthenticateAsync(string user, string password, CancellationToken cancellationToken)
    {
        phase = SmtpPhase.Authentication;
        if (!IsEncrypted && !(options.AllowClearAuthenticationOnLoopback && IPAddress.IsLoopback(((IPEndPoint)socket.RemoteEndPoint!).Address)))
        {
            throw Fault(true, null, $"The connection to {options.Host} is not encrypted: the password was not sent.");
        }

        var mechanisms = capabilities.AuthenticationMechanisms;
        if (mechanisms.Contains("PLAIN"))
        {
            Expect(235, await PlainAsync(user, password, cancellationToken));
            return;
        }

        if (mechanisms.Contains("LOGIN"))
        {
            Expect(334, await CommandAsync("AUTH LOGIN", cancellationToken));
            Expect(334, await CommandAsync(Base64(user), cancellationToken));
            Expect(235, await CommandAsync(Base64(password), cancellationToken));
            return;
        }

        throw Fault(true, null, $"{options.Host} offers neither AUTH PLAIN nor AUTH LOGIN.");
    }

    private async Task<SmtpReply> PlainAsync(string user, string password, CancellationToken cancellationToken)
    {
        var response = Base64($"\0{user}\0{password}");
        var command = $"AUTH PLAIN {response}";
        if (command.Length <= LongestCommand)
        {
            return await CommandAsync(command, cancellationToken);
        }

        Expect(334, await CommandAsync("AUTH PLAIN", cancellationToken));
        return await CommandAsync(response, cancellationToken);
    }

    private async Task<SmtpOutcome> SendOneAsync(
        Mailbox? sender, Mailbox recipient, ReadOnlyMemory<byte> message, Func<Task<bool>>? begin, CancellationToken cancellationToken)
    {
        var needsUtf8 = sender?.NeedsSmtpUtf8 == true || recipient.NeedsSmtpUtf8 || !Ascii.IsValid(HeaderOf(message.Span));
        var needsEightBit = !Ascii.IsValid(message.Span);
        if (LocalRefusal(message.Length, needsUtf8, needsEightBit) is { } text)
        {
            return new SmtpOutcome.Refused(true, SmtpPhase.Sender, null, text);
        }

        var mail = new StringBuilder("MAIL FROM:<").Append(sender?.Address).Append('>');
        mail.Append(capabilities.Size ? $" SIZE={message.Length.ToString(CultureInfo.InvariantCulture)}" : "");
        mail.Append(needsEightBit ? " BODY=8BITMIME" : "").Append(needsUtf8 ? " SMTPUTF8" : "");
        (SmtpPhase Phase, string Line)[] commands =
        [
            .. mustReset ? [(SmtpPhase.Reset, "RSET\r\n")] : Array.Empty<(SmtpPhase, string)>(),
            (SmtpPhase.Sender, $"{mail}\r\n"),
            (SmtpPhase.Recipient, $"RCPT TO:<{recipient.Address}>\r\n"),
            (SmtpPhase.Data, "DATA\r\n"),
        ];
        if (await BeginAsync(commands, cancellationToken) is { } refusal)
        {
            mustReset = true;
            return refusal;
        }

        if (begin is not null && !await MayBeginAsync(begin))
        {
            return new SmtpOutcome.Withdrawn();
        }

        return await TransferAsync(message, cancellationToken);
    }

    private async Task<bool> MayBeginAsync(Func<Task<bool>> begin)
    {
        var mayBegin = false;
        try
        {
            return mayBegin = await begin();
        }
        finally
        {
            // The server waits for a message: nothing else can be said to it but goodbye, without a word.
            broken = broken || !mayBegin;
        }
    }

    private string? LocalRefusal(int length, bool needsUtf8, bool needsEightBit)
    {
        if (needsUtf8 && !capabilities.SmtpUtf8)
        {
            return $"An address has characters outside ASCII before its @, which {options.Host} does not take (SMTPUTF8 is not offered).";
        }

        if (needsEightBit && !capabilities.EightBitMime)
        {
            return $"The message has 8-bit content, which {options.Host} does not take (8BITMIME is not offered).";
        }

        return length > capabilities.LargestMessage
            ? $"The message has {length} octets; {options.Host} takes {capabilities.LargestMessage} at most."
            : null;
    }

    private static ReadOnlySpan<byte> HeaderOf(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        return end < 0 ? message : message[..end];
    }

    private async Task<SmtpOutcome.Refused?> BeginAsync((SmtpPhase Phase, string Line)[] commands, CancellationToken cancellationToken)
    {
        var pipelining = capabilities.Pipelining;
        phase = commands[0].Phase;
        if (pipelining)
        {
            await WriteAsync(string.Concat(commands.Select(command => command.Line)), options.Timeouts.Command, cancellationToken);
        }

        SmtpOutcome.Refused? refusal = null;
        foreach (var command in commands)
        {
            phase = command.Phase;
            if (!pipelining)
            {
                await WriteAsync(command.Line, options.Timeouts.Command, cancellationToken);
            }

            try
            {
                refusal = await AnswerAsync(refusal, cancellationToken);
            }
            catch (SmtpSessionException) when (refusal is not null)
            {
                // The server refused, then left: the refusal is what it had to say.
                return refusal;
            }

            if (refusal is not null && (!pipelining || broken))
            {
                return refusal;
            }
        }

        return refusal;
    }

    private async Task<SmtpOutcome.Refused?> AnswerAsync(SmtpOutcome.Refused? earlier, CancellationToken cancellationToken)
    {
        var reply = await ReadAsync(options.Timeouts.Command, cancellationToken);
        var isGood = phase == SmtpPhase.Data ? reply.Code == 354 : reply.IsPositive;
        if (!isGood)
        {
            return earlier ?? Refuse(reply);
        }

        if (phase == SmtpPhase.Reset)
        {
            mustReset = false;
        }

        if (phase == SmtpPhase.Data && earlier is not null)
        {
            // DATA was sent before the refusal was known and the server took it: an empty message to nobody (RFC 2920 section 3.1).
            await WriteAsync(".\r\n", options.Timeouts.Command, cancellationToken);
            await ReadAsync(options.Timeouts.Command, cancellationToken);
        }

        return earlier;
    }

    private SmtpOutcome.Refused Refuse(SmtpReply reply)
    {
        var isRefusal = reply.IsTemporary || reply.IsPermanent;
        broken = broken || reply.Code == 421 || phase == SmtpPhase.Reset || !isRefusal;
        return new SmtpOutcome.Refused(reply.IsPermanent, phase, reply, Sentence(reply));
    }

    private async Task<SmtpOutcome> TransferAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var blocks = new DotStuffing(message);
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            while (true)
            {
                var (written, isLast) = blocks.Fill(block);
                cancellationToken.ThrowIfCancellationRequested();
                phase = isLast ? SmtpPhase.MessageEnd : SmtpPhase.Data;
                await WriteAsync(block.AsMemory(0, written), options.Timeouts.Data, isLast ? CancellationToken.None : cancellationToken);
                if (isLast)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // In the middle of DATA nothing but the rest of the message can be said.
            broken = true;
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        var reply = await ReadAsync(options.Timeouts.MessageEnd, CancellationToken.None);
        if (reply.IsPositive)
        {
            AcceptedCount++;
            return new SmtpOutcome.Accepted(reply);
        }

        if (reply.Code < 400)
        {
            throw Fault(false, reply, Sentence(reply));
        }

        mustReset = true;
        return Refuse(reply);
    }

    private async Task<SmtpReply> CommandAsync(string command, CancellationToken cancellationToken)
    {
        await WriteAsync($"{command}\r\n", options.Timeouts.Command, cancellationToken);
        return await ReadAsync(options.Timeouts.Command, cancellationToken);
    }

    private Task WriteAsync(string text, TimeSpan limit, CancellationToken cancellationToken) =>
        WriteAsync(Encoding.UTF8.GetBytes(text), limit, cancellationToken);

    private Task WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan limit, CancellationToken cancellationToken) =>
        TimedAsync(limit, async token => await stream.WriteAsync(bytes, token), cancellationToken);

    private async Task<SmtpReply> ReadAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var reply = new SmtpReply(0, "");
        await TimedAsync(limit, async token => reply = await reader.ReadAsync(token), cancellationToken);
        return reply;
    }

    private async Task TimedAsync(TimeSpan limit, Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(limit);
        try
        {
            await step(timer.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            broken = true;
            throw;
        }
        catch (OperationCanceledException fault)
        {
            var seconds = limit.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            throw Fault(false, null, $"{options.Host} did not answer within {seconds} s (phase {phase}).", fault);
        }
        catch (AuthenticationException fault)
        {
            throw certificateProblem is null
                ? Fault(false, null, $"TLS with {options.Host} failed: {fault.Message}", fault)
                : Fault(true, null, $"The certificate of {options.Host} is not trusted: {certificateProblem}.", fault);
        }
        catch (Exception fault) when (fault is IOException or SocketException or InvalidDataException or ObjectDisposedException)
        {
            throw Fault(false, null, $"The connection to {options.Host} failed (phase {phase}): {fault.Message}.", fault);
        }
    }

    private void Expect(int code, SmtpReply reply)
    {
        if (reply.Code != code)
        {
            throw Fault(reply.IsPermanent, WithoutSecrets(reply), Sentence(reply));
        }
    }

    private SmtpSessionException Fault(bool isPermanent, SmtpReply? reply, string message, Exception? inner = null)
    {
        broken = true;
        return new SmtpSessionException(phase, isPermanent, reply, message, inner);
    }

    private string Sentence(SmtpReply reply) => $"{options.Host} answered {WithoutSecrets(reply)} (phase {phase}).";

    // Some servers repeat the line they refuse.
    private SmtpReply WithoutSecrets(SmtpReply reply)
    {
        if (phase != SmtpPhase.Authentication || options.Password is not { Length: > 0 } password)
        {
            return reply;
        }

        string[] secrets = [Base64($"\0{options.User}\0{password}"), Base64(password), password];
        return reply with { Text = secrets.Aggregate(reply.Text, (text, secret) => text.Replace(secret, "***", StringComparison.OrdinalIgnoreCase)) };
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private void Use(Stream next)
    {
        stream = next;
        reader = new SmtpReplyReader(next);
    }

    // Readable with nothing to read is the end of the stream. Bytes that wait may be TLS housekeeping: not a verdict.
    private bool PeerHasClosed()
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    private void Close()
    {
        broken = true;
        stream.Dispose();
        socket.Dispose();
    }
}
