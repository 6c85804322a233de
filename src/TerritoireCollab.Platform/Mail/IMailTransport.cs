namespace TerritoireCollab.Platform.Mail;

/// <summary>What became of a mail handed over.</summary>
public enum MailOutcome
{
    /// <summary>Taken in charge.</summary>
    Accepted = 0,
    /// <summary>Not now: refused for a time, or out of reach before the message had gone out.</summary>
    TryLater = 1,
    /// <summary>Refused for good.</summary>
    Refused = 2,
    /// <summary>The link was lost after the last byte: nobody can tell.</summary>
    Uncertain = 3,
}

/// <summary>A transport's answer.</summary>
/// <param name="Outcome">What became of the mail.</param>
/// <param name="Detail">What the other side said, without any secret.</param>
public sealed record MailAnswer(MailOutcome Outcome, string? Detail = null)
{
    /// <summary>Taken in charge.</summary>
    public static MailAnswer Accepted { get; } = new(MailOutcome.Accepted);
}

/// <summary>How mail leaves: the seam between the outbox and a folder, our SMTP client, or MailKit where it is preferred.</summary>
public interface IMailTransport
{
    /// <summary>Hands one mail over. Never throws for what the other side does.</summary>
    Task<MailAnswer> SendAsync(MailRow mail, CancellationToken cancellation);
}
