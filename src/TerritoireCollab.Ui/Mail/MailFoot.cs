using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Ui.Resources;

namespace TerritoireCollab.Ui.Mail;

/// <summary>The links in the foot of a mail, whatever room writes it: what its reader can do about such mails without signing in.</summary>
public sealed class MailFoot(IMailSettingsLinks links, GuestLinks guests)
{
    /// <summary>How mail works here, for whoever has no settings: somebody without an account, or one that is not open.</summary>
    public static MailLink Help => new(UiTexts.MailHelp, "/aide/courriel");

    /// <summary>Of a mail to a member's own address: all the settings.</summary>
    public IReadOnlyList<MailLink> OfMember(Guid memberId) => [new(UiTexts.MailSettings, links.SettingsOf(memberId))];

    /// <summary>Of a mail to somebody without an account: how to be written to no more, and how mail works here.</summary>
    public IReadOnlyList<MailLink> OfGuest(string email) => [new(GuestTexts.StopLink, guests.StopOf(email)), Help];

    /// <summary>Of a mail about a group to a member's own address: the group, how to stop it, all the settings.</summary>
    public IReadOnlyList<MailLink> OfGroup(Guid memberId, Guid groupId, string slug, string name) =>
        [new(UiTexts.MailSeeGroup.With(name), "/groupes/" + slug), new(UiTexts.MailStopGroup.With(name), links.StopGroup(memberId, groupId)), .. OfMember(memberId)];
}
