namespace TerritoireCollab.Platform.Mail;

/// <summary>What became of a mail handed over.</summary>
public enum MailOutcome
{
    /// <summary>Taken in charge.</summary>
    Accepted = 0,
    /// <summary>Not now: this mail was refused for a time, or the link was lost before it had gone out.</summary>
    TryLater = 1,
    /// <summary>Refused for good.</summary>
    Refused = 2,
    /// <summary>The link was lost after the last byte: nobody can tell.</summary>
    Uncertain = 3,
    /// <summary>The server as a whole is out of reach or refuses us (certificate, account): that says nothing of any mail.</summary>
    Unreachable = 4,
    /// <summary>It was kept back at the last moment, as somebody else has it now.</summary>
    Withdrawn = 5,
}

/// <summary>A transport's answer.</summary>
/// <param name="Outcome">What became of the mail.</param>
/// <param name="Detail">What the other side said, without any secret.</param>
public sealed record MailAnswer(MailOutcome Outcome, string? Detail = null)
{
    /// <summary>Taken in charge.</summary>
    public static MailAnswer Accepted { get; } = new(MailOutcome.Accepted);

    /// <summary>What the answer says of the address; null when it says nothing of it.</summary>
    public BounceKind? Bounce { get; init; }

    /// <summary>Enhanced status code (RFC 3463), when the server gave one.</summary>
    public string? Status { get; init; }
}

/// <summary>How mail leaves: the seam between the outbox and a folder, our SMTP client, or MailKit where it is preferred.</summary>
public interface IMailTransport
{
    /// <summary>Hands one mail over. Never throws for what the other side does.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="begin">
    /// Asked once, at the last moment at which the mail can be left unsent: before the first byte of the message. After false it is left,
    /// and the outcome is <see cref="MailOutcome.Withdrawn"/>.
    /// </param>
    /// <param name="cancellation">Gives up; then the mail certainly did not leave.</param>
    Task<MailAnswer> SendAsync(MailRow mail, Func<Task<bool>> begin, CancellationToken cancellation);

    /// <summary>Nothing is left to be sent for now: lets go of what was kept open.</summary>
    Task RestAsync();
}
