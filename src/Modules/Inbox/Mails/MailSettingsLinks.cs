using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>The links to the settings that mails of every room carry.</summary>
internal sealed class MailSettingsLinks(MailActionTokens tokens) : IMailSettingsLinks
{
    private const string Path = "/desabonnement/";

    /// <inheritdoc />
    public string SettingsOf(Guid memberId) => Path + tokens.Make(new MailActionToken(memberId, MailAction.Settings, Guid.Empty));

    /// <inheritdoc />
    public string StopGroup(Guid memberId, Guid groupId) => Path + tokens.Make(new MailActionToken(memberId, MailAction.StopGroup, groupId));
}
