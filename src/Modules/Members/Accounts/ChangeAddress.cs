using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Mail;
using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Members.Accounts;

/// <summary>Asks for a new address: the password is asked for again (ASVS 7.5.1), a link bound to the new address goes there, and a notice to the old one.</summary>
internal sealed class ChangeAddress(AppDb database, NewMembers newMembers, OwnPassword own, AccountMails mails, SecurityLog security)
{
    /// <summary>Sends both mails. An address that somebody else has gets no link, and the answer is the same.</summary>
    /// <exception cref="InvalidInputException">The password is wrong, or the address cannot be used.</exception>
    public async Task ExecuteAsync(Viewer viewer, string? email, string? password, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var member = await db.Members.FirstOrDefaultAsync(m => m.Id == viewer.MemberId, cancellation) ?? throw new NotFoundException();
        var fault = member.PasswordHash is null ? MembersTexts.PasswordFirst : own.Fault(member, password);
        new Rules().Check(Emails.IsUsable(email), "NewEmail", MembersTexts.AddressNotUsable).Check(fault is null, "CurrentPassword", fault ?? "").Demand();

        var address = email!.Trim();
        var normalized = Emails.Normalize(address);
        security.Add(db, "adresse.demande", member.Id);
        var isTaken = await db.Members.AnyAsync(m => m.NormalizedEmail == normalized, cancellation);
        if (!isTaken) await mails.RequestedAsync(db, member, () => Link(newMembers.Issue(db, member.Id, MailedLinkPurpose.ChangeAddress, address, NewMembers.ShortLink), member), cancellation);
        await mails.NoticeAsync(db, AccountNotices.AddressAsked(member, address), cancellation);
    }

    private static AccountMail Link(IssuedLink link, Member member) => new()
    {
        Kind = "adresse",
        Id = link.Row.Id,
        Member = member,
        To = link.Row.Email,
        Subject = MembersTexts.ChangeAddressTitle,
        Before = [MembersTexts.MailChangeText],
        Button = (MembersTexts.MailConfirmButton, link.Address),
        After = [MembersTexts.MailLinkAfter],
    };
}
