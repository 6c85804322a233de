using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// Asked just before a mail leaves: its text was frozen when it was decided, while rights, wishes and the thing it tells of may have
/// changed since. Whoever writes a kind of mail brings its check.
/// </summary>
public interface IMailCheck
{
    /// <summary>Whether this check knows that kind of mail.</summary>
    bool Decides(MailRow mail);

    /// <summary>Whether the mail may leave. Otherwise it is dropped.</summary>
    /// <param name="db">Reads as the recipient, or as a visitor when the recipient is no member.</param>
    /// <param name="mail">A mail that this check decides.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<bool> MayLeaveAsync(AppDbContext db, MailRow mail, CancellationToken cancellation);
}
