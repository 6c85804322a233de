using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>The links to the settings that mails of every room carry.</summary>
internal sealed class MailSettingsLinks(MailActionTokens tokens) : IMailSettingsLinks
{
    /// <inheritdoc />
    public string SettingsOf(Guid memberId) => tokens.LinkOf(memberId, MailAction.Settings);

    /// <inheritdoc />
    public string StopGroup(Guid memberId, Guid groupId) => tokens.LinkOf(memberId, MailAction.StopGroup, groupId);
}
