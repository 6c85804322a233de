using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>A mail, or a complaint, does what a click on the link of a mail to leave its list does.</summary>
internal sealed class StopByMail(ActOnMail act) : IUnsubscriber
{
    /// <inheritdoc />
    public string Path => MailActionTokens.Path;

    /// <inheritdoc />
    public Task StopAsync(string token, CancellationToken cancellation) => act.ActAsync(Viewer.Anonymous, token, cancellation);
}
