using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using TerritoireCollab.Mime.Smtp;

namespace TerritoireCollab.Mime.Imap;

/// <summary>A mail in a mailbox.</summary>
/// <param name="Uid">Its number, valid as long as <see cref="ImapMailbox.UidValidity"/> stays.</param>
/// <param name="Raw">Its octets; only the beginning of one longer than <see cref="ImapOptions.LargestMail"/>.</param>
/// <param name="IsWhole">Whether <paramref name="Raw"/> holds it to its end.</param>
public sealed record ImapMessage(uint Uid, ReadOnlyMemory<byte> Raw, bool IsWhole);

/// <summary>
/// One folder of an IMAP server (RFC 3501), held open to be read and waited on (IDLE, RFC 2177). Not for use by two callers
/// at once. After an <see cref="ImapMailboxException"/> or a cancellation open another one: reconnecting is the caller's.
/// </summary>
/// <remarks>
/// The caller keeps <see cref="UidValidity"/> with the last UID it handled. When the validity it kept is another one the
/// server has renumbered its mails: start again from 0, and let Message-IDs tell what was handled.
/// </remarks>
public sealed class ImapMailbox : IAsyncDisposable
{
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(5);

    private readonly ImapOptions options;
    private readonly ImapClient client = new();
    private IMailFolder folder = null!;
    private string? certificateProblem;
    private int knownCount;
    private volatile bool mayHaveMail;
    private CancellationTokenSource? idle;

    private ImapMailbox(ImapOptions options) => this.options = options;

    /// <summary>The validity of the UIDs (RFC 3501 section 2.3.1.1).</summary>
    public uint UidValidity => folder.UidValidity;

    /// <summary>Whether the connection is protected by TLS.</summary>
    public bool IsEncrypted => client.IsSecure;

    /// <summary>Whether the server tells of new mail by itself; else it is asked every <see cref="ImapTimeouts.Poll"/>.</summary>
    public bool CanIdle => client.Capabilities.HasFlag(ImapCapabilities.Idle);

    /// <summary>Connects, protects, signs in and opens the folder.</summary>
    /// <param name="options">Where to and as whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The mailbox, ready.</returns>
    /// <exception cref="ImapMailboxException">It failed; nothing secret was sent unless the phase is Authentication or later.</exception>
    /// <exception cref="ArgumentException">The options hold a host or a port that is none.</exception>
    public static async Task<ImapMailbox> ConnectAsync(ImapOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Host);
        if (options.Port is < 1 or > IPEndPoint.MaxPort) throw new ArgumentException("The port of the mail server must be between 1 and 65535.", nameof(options));

        var mailbox = new ImapMailbox(options);
        try
        {
            await mailbox.OpenAsync(cancellationToken);
            return mailbox;
        }
        catch
        {
            mailbox.client.Dispose();
            throw;
        }
    }

    /// <summary>Fetches the mails above a UID, in the order of their UIDs, without marking them seen.</summary>
    /// <param name="lastUid">The last UID handled, 0 for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The mails; one that is deleted meanwhile is left out.</returns>
    /// <exception cref="ImapMailboxException">It failed.</exception>
    public async IAsyncEnumerable<ImapMessage> FetchAboveAsync(uint lastUid, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        mayHaveMail = false;
        if (lastUid == uint.MaxValue) yield break;

        var range = new UniqueIdRange(new UniqueId(lastUid + 1), UniqueId.MaxValue);
        var found = await TimedAsync(ImapPhase.Fetch, options.Timeouts.Command, token => folder.SearchAsync(SearchQuery.Uids(range), token), cancellationToken);
        // « 8:* » names the last mail even where its UID is below 8.
        foreach (var uid in found.Where(uid => uid.Id > lastUid).OrderBy(uid => uid.Id))
        {
            if (await FetchAsync(uid, cancellationToken) is { } message) yield return message;
        }
    }

    /// <summary>Marks mails seen.</summary>
    /// <param name="uids">Their UIDs; those that are gone are passed over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ImapMailboxException">It failed.</exception>
    public Task MarkSeenAsync(IReadOnlyCollection<uint> uids, CancellationToken cancellationToken = default) =>
        FlagAsync(uids, MessageFlags.Seen, cancellationToken);

    /// <summary>Moves mails to another folder, which is made if it is not there (MOVE of RFC 6851, or copied and deleted).</summary>
    /// <param name="uids">Their UIDs; those that are gone are passed over.</param>
    /// <param name="mailbox">The name of the folder, its levels separated by <c>/</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ImapMailboxException">It failed.</exception>
    public async Task MoveAsync(IReadOnlyCollection<uint> uids, string mailbox, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(mailbox);
        if (uids.Count == 0) return;

        var target = await TimedAsync(ImapPhase.Store, options.Timeouts.Command, token => FindOrMakeAsync(mailbox, token), cancellationToken);
        await TimedAsync(ImapPhase.Store, options.Timeouts.Fetch, token => folder.MoveToAsync(Ids(uids), target, token), cancellationToken);
    }

    /// <summary>Deletes mails for good.</summary>
    /// <param name="uids">Their UIDs; those that are gone are passed over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ImapMailboxException">It failed.</exception>
    public async Task DeleteAsync(IReadOnlyCollection<uint> uids, CancellationToken cancellationToken = default)
    {
        if (uids.Count == 0) return;

        await FlagAsync(uids, MessageFlags.Deleted, cancellationToken);
        await TimedAsync(ImapPhase.Store, options.Timeouts.Command, token => folder.ExpungeAsync(Ids(uids), token), cancellationToken);
    }

    /// <summary>
    /// Waits until new mail may be there; returns at once when some came since the last fetch. IDLE is renewed in time, for
    /// as long as it takes.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting; IDLE is ended by DONE, and the mailbox stays usable.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    /// <exception cref="ImapMailboxException">The connection failed.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken = default)
    {
        while (!mayHaveMail)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (CanIdle) await IdleAsync(cancellationToken);
            else await PollAsync(cancellationToken);
        }
    }

    /// <summary>Says LOGOUT, waits for the answer at most five seconds, closes.</summary>
    /// <returns>When it is done; never fails.</returns>
    public async ValueTask DisposeAsync()
    {
        folder.CountChanged -= OnCountChanged;
        if (client.IsConnected)
        {
            using var limit = new CancellationTokenSource(LongestGoodbye);
            try
            {
                await client.DisconnectAsync(quit: true, limit.Token);
            }
            catch (Exception fault) when (IsOfTheLine(fault) || fault is OperationCanceledException)
            {
                // Nothing is lost by a server that leaves without a word.
            }
        }

        client.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        client.ServerCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors);
        // As for SMTP: most lists of revoked certificates cannot be reached from a server.
        client.CheckCertificateRevocation = false;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await TimedAsync(ImapPhase.Connect, options.Timeouts.Connect, token => ConnectAsync(socket, token), cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        if (!client.IsSecure && !(options.AllowClearAuthenticationOnLoopback && IPAddress.IsLoopback(((IPEndPoint)socket.RemoteEndPoint!).Address)))
        {
            throw new ImapMailboxException(ImapPhase.Authentication, true, $"The connection to {options.Host} is not encrypted: the password was not sent.");
        }

        await TimedAsync(ImapPhase.Authentication, options.Timeouts.Command, token => client.AuthenticateAsync(Encoding.UTF8, new NetworkCredential(options.User, options.Password), token), cancellationToken);
        folder = await TimedAsync(ImapPhase.Select, options.Timeouts.Command, SelectAsync, cancellationToken);
        knownCount = folder.Count;
        folder.CountChanged += OnCountChanged;
    }

    private async Task ConnectAsync(Socket socket, CancellationToken cancellationToken)
    {
        await socket.ConnectAsync(options.Host, options.Port, cancellationToken);
        var security = options.Security switch
        {
            SmtpSecurity.None => SecureSocketOptions.None,
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.SslOnConnect,
        };
        await client.ConnectAsync(socket, options.Host, options.Port, security, cancellationToken);
    }

    private async Task<IMailFolder> SelectAsync(CancellationToken cancellationToken)
    {
        var selected = options.Mailbox.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? client.Inbox! : await client.GetFolderAsync(options.Mailbox, cancellationToken);
        await selected.OpenAsync(FolderAccess.ReadWrite, cancellationToken);
        return selected;
    }

    private async Task<IMailFolder> FindOrMakeAsync(string mailbox, CancellationToken cancellationToken)
    {
        var root = client.GetFolder(client.PersonalNamespaces[0]);
        var separator = root.DirectorySeparator == '\0' ? '/' : root.DirectorySeparator;
        try
        {
            var path = mailbox.Replace('/', separator);
            return await client.GetFolderAsync(root.FullName.Length == 0 ? path : $"{root.FullName.TrimEnd(separator)}{separator}{path}", cancellationToken);
        }
        catch (FolderNotFoundException)
        {
            var made = root;
            foreach (var level in mailbox.Split('/'))
            {
                made = await made.CreateAsync(level, isMessageFolder: true, cancellationToken) ?? throw new FolderNotFoundException(mailbox);
            }

            return made;
        }
    }

    private async Task<ImapMessage?> FetchAsync(UniqueId uid, CancellationToken cancellationToken)
    {
        try
        {
            return await TimedAsync(ImapPhase.Fetch, options.Timeouts.Fetch, async token =>
            {
                // One octet more than is kept tells whether there was more.
                await using var stream = await folder.GetStreamAsync(uid, 0, options.LargestMail + 1, token);
                var raw = new MemoryStream();
                await stream.CopyToAsync(raw, token);
                var isWhole = raw.Length <= options.LargestMail;
                return new ImapMessage(uid.Id, raw.GetBuffer().AsMemory(0, isWhole ? (int)raw.Length : options.LargestMail), isWhole);
            }, cancellationToken);
        }
        catch (MessageNotFoundException)
        {
            return null;
        }
    }

    private async Task FlagAsync(IReadOnlyCollection<uint> uids, MessageFlags flags, CancellationToken cancellationToken)
    {
        if (uids.Count == 0) return;

        await TimedAsync(ImapPhase.Store, options.Timeouts.Command, token => folder.StoreAsync(Ids(uids), new StoreFlagsRequest(StoreAction.Add, flags) { Silent = true }, token), cancellationToken);
    }

    private async Task IdleAsync(CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        done.CancelAfter(options.Timeouts.Idle);
        Volatile.Write(ref idle, done);
        try
        {
            // Mail that came before the line above was written ends the waiting too.
            if (mayHaveMail) return;

            await TimedAsync(ImapPhase.Idle, options.Timeouts.Idle + options.Timeouts.Command, token => client.IdleAsync(done.Token, token), CancellationToken.None);
        }
        finally
        {
            Volatile.Write(ref idle, null);
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(options.Timeouts.Poll, cancellationToken);
        await TimedAsync(ImapPhase.Idle, options.Timeouts.Command, token => client.NoOpAsync(token), cancellationToken);
    }

    private void OnCountChanged(object? sender, EventArgs e)
    {
        var count = folder.Count;
        var isMore = count > knownCount;
        knownCount = count;
        if (!isMore) return;

        mayHaveMail = true;
        Volatile.Read(ref idle)?.Cancel();
    }

    private static List<UniqueId> Ids(IEnumerable<uint> uids) => [.. uids.Where(uid => uid > 0).Order().Select(uid => new UniqueId(uid))];

    private bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (certificate is not null && options.TrustedCertificate is { } trusted && certificate.GetRawCertData().AsSpan().SequenceEqual(trusted.RawDataMemory.Span)) return true;

        var statuses = chain?.ChainStatus.Select(status => status.Status.ToString()) ?? [];
        certificateProblem = string.Join(", ", statuses.Prepend(errors.ToString()).Distinct());
        return false;
    }

    private Task TimedAsync(ImapPhase phase, TimeSpan limit, Func<CancellationToken, Task> step, CancellationToken cancellationToken) =>
        TimedAsync(phase, limit, async token =>
        {
            await step(token);
            return true;
        }, cancellationToken);

    private async Task<T> TimedAsync<T>(ImapPhase phase, TimeSpan limit, Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(limit);
        try
        {
            return await step(timer.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException fault)
        {
            throw new ImapMailboxException(phase, false, $"{options.Host} did not answer within {limit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s (phase {phase}).", fault);
        }
        catch (Exception fault) when (phase == ImapPhase.Authentication && (fault is AuthenticationException || IsOfTheLine(fault)))
        {
            // Servers repeat what they refuse: neither their words nor what was caught are kept.
            throw new ImapMailboxException(phase, fault is AuthenticationException, fault is AuthenticationException
                ? $"{options.Host} refused the user name or the password."
                : $"{options.Host} ended the connection while signing in.");
        }
        catch (Exception fault) when (fault is SslHandshakeException or System.Security.Authentication.AuthenticationException)
        {
            throw certificateProblem is null
                ? new ImapMailboxException(phase, false, $"TLS with {options.Host} failed.", fault)
                : new ImapMailboxException(phase, true, $"The certificate of {options.Host} is not trusted: {certificateProblem}.", fault);
        }
        catch (FolderNotFoundException fault)
        {
            throw new ImapMailboxException(phase, true, $"{options.Host} has no folder {fault.FolderName}.", fault);
        }
        catch (Exception fault) when (IsOfTheLine(fault))
        {
            throw new ImapMailboxException(phase, fault is NotSupportedException, $"The connection to {options.Host} failed (phase {phase}): {fault.Message}", fault);
        }
    }

    private static bool IsOfTheLine(Exception fault) =>
        fault is IOException or SocketException or ObjectDisposedException or InvalidOperationException or NotSupportedException or CommandException or ProtocolException or ServiceNotConnectedException;
}
