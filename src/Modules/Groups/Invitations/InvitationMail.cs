using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Groups.Invitations;

/// <summary>Somebody to invite.</summary>
/// <param name="Recipient">What the invitation is made out to: an address, or <c>@handle</c>.</param>
/// <param name="Address">Where the mail goes.</param>
/// <param name="Name">The person's name, or empty.</param>
/// <param name="MemberId">The member, when one.</param>
internal sealed record Invitee(string Recipient, string Address, string Name, Guid? MemberId)
{
    /// <summary>Whom an address is all that is known of.</summary>
    public static Invitee At(string address) => new(address, address, "", null);

    /// <summary>Whom an invitation reaches now that was made out to <paramref name="recipient"/>; null when that member is here no more.</summary>
    public static async Task<Invitee?> FindAsync(AppDbContext db, string recipient, CancellationToken cancellation) => recipient is not ['@', .. var handle] ? At(recipient)
        : await db.Members.Where(m => m.Handle == handle && m.State == MemberState.Active).Select(m => new Invitee(recipient, m.Email!, m.Name, m.Id)).FirstOrDefaultAsync(cancellation);
}

/// <summary>The group that invites.</summary>
/// <param name="Slug">Part of its address.</param>
/// <param name="Name">Name.</param>
/// <param name="Summary">What it is about.</param>
internal sealed record InvitingGroup(string Slug, string Name, string Summary);

/// <summary>Writes the mail of an invitation.</summary>
internal sealed class InvitationMail(MailWriter writer, MailFoot foot, StopInvitations stops, PlatformSettings settings, PlatformOptions house, Dates dates)
{
    /// <summary>Kind of these mails.</summary>
    public const string Kind = "groupe.invitation";

    /// <summary>The mail, ready for the outbox.</summary>
    public async Task<MailRow> WriteAsync(Invitation invitation, InvitingGroup group, string inviter, Invitee to, string token, CancellationToken cancellation)
    {
        var platform = (await settings.ReadAsync(cancellation)).Name;
        var isReminder = invitation.RemindedAt > invitation.SentAt;
        var (key, stop) = (InvitationMailCheck.KeyOf(invitation), stops.LinkOf(to.Address));
        return await writer.WriteAsync(new()
        {
            UniqueKey = key,
            Kind = Kind,
            MessageId = writer.IdOf(key.Replace('/', '.')),
            Priority = 1,
            FromName = GroupsTexts.MailFrom.With(inviter, platform),
            To = new(to.MemberId, to.Address, to.Name),
            Subject = MailSubject.Of(group.Name, (isReminder ? GroupsTexts.MailReminderSubject : GroupsTexts.MailInvitesShort).With(inviter)),
            Content = new()
            {
                Preheader = group.Summary,
                Context = platform,
                Title = (isReminder ? GroupsTexts.MailReminderTitle : GroupsTexts.MailInvitationSubject).With(inviter, group.Name),
                Blocks = [new MailParagraph((isReminder ? GroupsTexts.MailStillInvites : GroupsTexts.MailInvites).With(inviter, group.Name, platform)), .. Blocks(invitation, group, inviter, token)],
                Reason = GroupsTexts.MailInvitationReason.With(inviter),
                FooterLinks = [new(GroupsTexts.RefuseInvitation, $"/invitation/{token}/refus"), new(GroupsTexts.StopInvitations, stop), .. to.MemberId is { } member ? foot.OfMember(member) : [MailFoot.Help]],
            },
            Sorting = MailSorting.OfGroup("invitation", group.Name, group.Slug, house, house.Absolute(stop)),
            At = InvitationMailCheck.MomentOf(invitation),
        });
    }

    private IEnumerable<MailBlock> Blocks(Invitation invitation, InvitingGroup group, string inviter, string token)
    {
        yield return new MailParagraph(group.Summary);
        if (invitation.Message is { Length: > 0 } message) yield return new MailQuote(message, inviter);
        yield return new MailButton(GroupsTexts.MailSeeInvitation, $"/invitation/{token}");
        yield return new MailParagraph(GroupsTexts.MailInvitationUntil.With(Dates.Full(DateOnly.FromDateTime(dates.Local(invitation.ExpiresAt)))));
    }
}
