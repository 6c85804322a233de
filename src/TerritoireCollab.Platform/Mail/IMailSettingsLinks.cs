namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// Addresses by which a member changes what is mailed without signing in. They stand in the foot of mails of every room, and only of those
/// that go to the member's own address: whoever has one changes the settings of that member.
/// </summary>
public interface IMailSettingsLinks
{
    /// <summary>Where that member sets all that is mailed, from the root.</summary>
    string SettingsOf(Guid memberId);

    /// <summary>Where that member gets nothing more from that group but what is addressed in person, from the root.</summary>
    string StopGroup(Guid memberId, Guid groupId);
}
