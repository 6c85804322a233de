using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Groups.Invitations;

/// <summary>Somebody to invite.</summary>
/// <param name="Recipient">What the invitation is made out to: an address, or <c>@handle</c>.</param>
/// <param name="Address">Where the mail goes.</param>
/// <param name="Name">The person's name, or empty.</param>
/// <param name="MemberId">The member, when one.</param>
internal sealed record Invitee(string Recipient, string Address, string Name, Guid? MemberId);

/// <summary>Writes the mail of an invitation.</summary>
internal sealed class InvitationMail(MailWriter writer, MailFoot foot, StopInvitations stops, PlatformSettings settings, PlatformOptions house, Dates dates)
{
    /// <summary>Kind of these mails.</summary>
    public const string Kind = "groupe.invitation";

    /// <summary>The mail, ready for the outbox.</summary>
    public async Task<MailRow> WriteAsync(Invitation invitation, string groupSlug, string groupName, string groupSummary, string inviter, Invitee to, string token, CancellationToken cancellation)
    {
        var platform = (await settings.ReadAsync(cancellation)).Name;
        var lastDay = Dates.Full(DateOnly.FromDateTime(dates.Local(invitation.ExpiresAt)));
        var isReminder = invitation.RemindedAt > invitation.SentAt;
        var title = (isReminder ? GroupsTexts.MailReminderTitle : GroupsTexts.MailInvitationSubject).With(inviter, groupName);
        List<MailBlock> blocks = [new MailParagraph((isReminder ? GroupsTexts.MailStillInvites : GroupsTexts.MailInvites).With(inviter, groupName, platform)), new MailParagraph(groupSummary)];
        if (invitation.Message is { Length: > 0 } message) blocks.Add(new MailQuote(message, inviter));
        blocks.Add(new MailButton(GroupsTexts.MailSeeInvitation, $"/invitation/{token}"));
        blocks.Add(new MailParagraph(GroupsTexts.MailInvitationUntil.With(lastDay)));
        var stop = stops.LinkOf(to.Address);
        var content = new MailContent
        {
            Preheader = groupSummary,
            Context = platform,
            Title = title,
            Blocks = blocks,
            Reason = GroupsTexts.MailInvitationReason.With(inviter),
            FooterLinks =
            [
                new(GroupsTexts.RefuseInvitation, $"/invitation/{token}/refus"),
                new(GroupsTexts.StopInvitations, stop),
                .. to.MemberId is { } member ? foot.OfMember(member) : [MailFoot.Help],
            ],
        };

        var key = InvitationMailCheck.KeyOf(invitation);
        return await writer.WriteAsync(new()
        {
            UniqueKey = key,
            Kind = Kind,
            MessageId = writer.IdOf(key.Replace('/', '.')),
            Priority = 1,
            FromName = GroupsTexts.MailFrom.With(inviter, platform),
            To = new(to.MemberId, to.Address, to.Name),
            Subject = MailSubject.Of(groupName, (isReminder ? GroupsTexts.MailReminderSubject : GroupsTexts.MailInvitesShort).With(inviter)),
            Content = content,
            Sorting = new()
            {
                Reason = "invitation", ListName = groupName, ListKey = "groupe-" + groupSlug, Archive = house.Absolute("/groupes/" + groupSlug), GroupSlug = groupSlug,
                Unsubscribe = house.Absolute(stop),
            },
            At = InvitationMailCheck.MomentOf(invitation),
        });
    }
}
