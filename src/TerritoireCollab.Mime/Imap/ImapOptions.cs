using System.Security.Cryptography.X509Certificates;
using TerritoireCollab.Mime.Smtp;

namespace TerritoireCollab.Mime.Imap;

/// <summary>How long each phase may take.</summary>
public sealed record ImapTimeouts
{
    /// <summary>Name resolution, TCP connection, TLS and the server's first line, all together.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The answer to one command.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The transfer of one mail.</summary>
    public TimeSpan Fetch { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long one IDLE lasts before it is renewed. RFC 2177 allows 29 minutes, but Gmail and many routers end a quiet
    /// connection near the ninth or tenth.
    /// </summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>How often a server without IDLE is asked.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Which mailbox, where and as whom. <see cref="ToString"/> never shows the password.</summary>
public sealed record ImapOptions
{
    /// <summary>Host name or address; also the name the certificate must bear.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port: 993 (TLS) or 143 (STARTTLS) by custom.</summary>
    public required int Port { get; init; }

    /// <summary>The protection asked for.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.Tls;

    /// <summary>Account name.</summary>
    public required string User { get; init; }

    /// <summary>Password of the account.</summary>
    public required string Password { get; init; }

    /// <summary>The folder that is read.</summary>
    public string Mailbox { get; init; } = "INBOX";

    /// <summary>
    /// Permits authentication without TLS when the peer's address is a loopback one. Anywhere else it is refused before
    /// anything secret is sent.
    /// </summary>
    public bool AllowClearAuthenticationOnLoopback { get; init; }

    /// <summary>
    /// A certificate that is accepted as it is, whoever signed it and whatever name it bears; null for the usual validation
    /// alone.
    /// </summary>
    public X509Certificate2? TrustedCertificate { get; init; }

    /// <summary>Octets of a mail that are fetched; of a longer one only the beginning is.</summary>
    public int LargestMail { get; init; } = 40 * 1024 * 1024;

    /// <summary>How long each phase may take.</summary>
    public ImapTimeouts Timeouts { get; init; } = new();

    /// <summary>Host, port, protection, user and folder; not the password.</summary>
    /// <returns>One line for logs.</returns>
    public override string ToString() => $"{Host}:{Port} ({Security}, user {User}, {Mailbox})";
}
