using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Members.Mail;

/// <summary>Notices of what was done to an account, so that its holder learns of what somebody else might have done.</summary>
internal static class AccountNotices
{
    /// <summary>The password was changed.</summary>
    public static AccountMail PasswordChanged(Member member, Guid id) => new()
    {
        Kind = "mot-de-passe",
        Id = id,
        Member = member,
        To = member.Email!,
        Subject = MembersTexts.MailPasswordChangedSubject,
        Before = [MembersTexts.MailPasswordChangedText, MembersTexts.MailNotYou],
    };

    /// <summary>The address was changed: goes to the old one.</summary>
    public static AccountMail AddressChanged(Member member, string old, string email) => new()
    {
        Kind = "adresse",
        Id = Guid.CreateVersion7(),
        Member = member,
        To = old,
        Subject = MembersTexts.MailAddressChangedSubject,
        Before = [MembersTexts.MailAddressChangedText.With(email), MembersTexts.MailNotYou],
    };

    /// <summary>A change of address was asked for: goes to the one in force.</summary>
    public static AccountMail AddressAsked(Member member, string email) => new()
    {
        Kind = "adresse",
        Id = Guid.CreateVersion7(),
        Member = member,
        To = member.Email!,
        Subject = MembersTexts.MailAddressAskedSubject,
        Before = [MembersTexts.MailAddressAskedText.With(email), MembersTexts.MailNotYou],
    };

    /// <summary>An account waits for an administrator's word.</summary>
    public static AccountMail Awaiting(Member admin, Member newcomer, Uri page) => new()
    {
        Kind = "compte",
        Id = Guid.CreateVersion7(),
        Member = admin,
        To = admin.Email!,
        Subject = MembersTexts.MailAwaitingSubject,
        Before = [MembersTexts.MailAwaitingText.With(newcomer.Name, newcomer.Email)],
        Button = (MembersTexts.MailAwaitingButton, page),
    };

    /// <summary>Somebody asked to use the address that <paramref name="holder"/> has: goes to the holder.</summary>
    public static AccountMail AddressWanted(Member holder) => new()
    {
        Kind = "adresse-voulue",
        Id = Guid.CreateVersion7(),
        Member = holder,
        To = holder.Email!,
        Subject = MembersTexts.MailAddressWantedSubject,
        Before = [MembersTexts.MailAddressWantedText, MembersTexts.MailAddressWantedAfter],
    };
}
