using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Mail;
using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Members.Accounts;

/// <summary>Asks for a new address: the password is asked for again (ASVS 7.5.1), a link bound to the new address goes there, and a notice to the old one.</summary>
internal sealed class ChangeAddress(AppDb database, NewMembers newMembers, OwnPassword own, AccountMails mails, SecurityLog security, TimeProvider clock)
{
    /// <summary>Sends both mails. An address that somebody else has gets no link but a word to its holder, and the answer is the same.</summary>
    /// <exception cref="InvalidInputException">The password is wrong, or the address cannot be used.</exception>
    public async Task ExecuteAsync(Viewer viewer, string? email, string? password, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var member = await db.Members.FirstOrDefaultAsync(m => m.Id == viewer.MemberId, cancellation) ?? throw new NotFoundException();
        var fault = member.PasswordHash is null ? MembersTexts.PasswordFirst : own.Fault(member, password);
        var normalized = Emails.Normalize(email);
        new Rules()
            .Check(Emails.IsUsable(email), "NewEmail", MembersTexts.AddressNotUsable)
            .Check(normalized != member.NormalizedEmail, "NewEmail", MembersTexts.AddressIsYours)
            .Check(fault is null, "CurrentPassword", fault ?? "")
            .Demand();

        var address = email!.Trim();
        security.Add(db, "adresse.demande", member.Id);
        if (await db.Members.FirstOrDefaultAsync(m => m.NormalizedEmail == normalized, cancellation) is { } holder)
            await mails.RequestedAsync(db, holder, () => AccountNotices.AddressWanted(holder), cancellation);
        else
            await mails.ToNewAddressAsync(db, member, address, () => LinkAsync(db, member, address, cancellation), cancellation);
        await mails.AskedAsync(db, AccountNotices.AddressAsked(member, address), cancellation);
    }

    // Of several addresses asked for in turn only the last can be confirmed.
    private async Task<AccountMail> LinkAsync(AppDbContext db, Member member, string address, CancellationToken cancellation)
    {
        await MailedLinks.VoidAsync(db, member.Id, MailedLinkPurpose.ChangeAddress, clock.GetUtcNow().UtcDateTime, cancellation);
        return Link(newMembers.Issue(db, member.Id, MailedLinkPurpose.ChangeAddress, address, NewMembers.ShortLink), member);
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
