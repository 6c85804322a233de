namespace TerritoireCollab.Platform.Mail;

/// <summary>How mail leaves.</summary>
public enum MailTransportKind
{
    /// <summary>One <c>.eml</c> file a mail.</summary>
    Folder = 0,
    /// <summary>A server.</summary>
    Smtp = 1,
}

/// <summary>How the link to a server is protected.</summary>
public enum MailSecurity
{
    /// <summary>In clear: for a relay on the same machine.</summary>
    None = 0,
    /// <summary>STARTTLS, required.</summary>
    StartTls = 1,
    /// <summary>TLS from the first byte.</summary>
    Tls = 2,
}

/// <summary>Section <c>Territoire:Mail</c>.</summary>
public sealed record MailOptions
{
    /// <summary>How mail leaves.</summary>
    public MailTransportKind Transport { get; init; } = MailTransportKind.Folder;

    /// <summary>Folder of the <c>.eml</c> files.</summary>
    public required string Folder { get; init; }

    /// <summary>Address of the sender.</summary>
    public string From { get; init; } = "espace@territoire.invalid";

    /// <summary>Domain of Message-ID, List-Id and, later, of answers.</summary>
    public string ReplyDomain { get; init; } = "territoire.invalid";

    /// <summary>The server, when mail leaves by SMTP.</summary>
    public SmtpOptions Smtp { get; init; } = new();
}

/// <summary>Section <c>Territoire:Mail:Smtp</c>.</summary>
public sealed record SmtpOptions
{
    /// <summary>Name of the server.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>Port.</summary>
    public int Port { get; init; } = 25;

    /// <summary>Protection of the link.</summary>
    public MailSecurity Security { get; init; }

    /// <summary>Account; none when empty.</summary>
    public string? User { get; init; }

    /// <summary>Password of the account.</summary>
    public string? Password { get; init; }
}
