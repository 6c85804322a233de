using System.Security.Cryptography.X509Certificates;

namespace TerritoireCollab.Mime.Smtp;

/// <summary>How a connection to the mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Not at all: a relay on the same machine or network.</summary>
    None,

    /// <summary>TLS asked for by STARTTLS (RFC 3207); a server that does not offer it is refused, never used in clear.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Tls,
}

/// <summary>How long each phase may take. Figures of RFC 5321 section 4.5.3.2, shorter where a near relay is the rule.</summary>
public sealed record SmtpTimeouts
{
    /// <summary>Name resolution and TCP connection, all addresses together.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The server's first line.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The answer to one command; the TLS handshake.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The sending of one block of the message.</summary>
    public TimeSpan Data { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// The answer after the whole message. Long on purpose: giving up here makes the outcome uncertain and a second copy
    /// likely.
    /// </summary>
    public TimeSpan MessageEnd { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>Where to connect and as whom. <see cref="ToString"/> never shows the password.</summary>
public sealed record SmtpOptions
{
    /// <summary>Host name or address; also the name the certificate must bear.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port: 25, 587 (STARTTLS) or 465 (TLS) by custom.</summary>
    public required int Port { get; init; }

    /// <summary>The protection asked for.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>Account name, or null to send without authentication.</summary>
    public string? User { get; init; }

    /// <summary>Password of the account.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// Permits authentication without TLS when the peer's address is a loopback one. Anywhere else it is refused before
    /// anything secret is sent.
    /// </summary>
    public bool AllowClearAuthenticationOnLoopback { get; init; }

    /// <summary>Name given in EHLO, a host name of ours; null for the address literal of the connection.</summary>
    public string? LocalName { get; init; }

    /// <summary>
    /// A certificate that is accepted as it is, whoever signed it and whatever name it bears; null for the usual validation
    /// alone.
    /// </summary>
    public X509Certificate2? TrustedCertificate { get; init; }

    /// <summary>How long each phase may take.</summary>
    public SmtpTimeouts Timeouts { get; init; } = new();

    /// <summary>Host, port, protection and user; not the password.</summary>
    /// <returns>One line for logs.</returns>
    public override string ToString() => $"{Host}:{Port} ({Security}{(User is null ? "" : $", user {User}")})";
}
