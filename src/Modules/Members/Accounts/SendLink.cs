using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Mail;
using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Members.Accounts;

/// <summary>
/// Mails one-time links to whoever asks for them by an address: to sign in, or to choose a new password. Says nothing of whether the
/// address has an account, and writes to the database once in either case, so that the time says nothing either.
/// </summary>
internal sealed class SendLink(AppDb database, NewMembers newMembers, AccountMails mails, SecurityLog security)
{
    /// <summary>A link that signs in.</summary>
    public Task SignInAsync(string email, string? back, CancellationToken cancellation) => SendAsync(email, MailedLinkPurpose.SignIn, back, cancellation);

    /// <summary>A link that lets choose a new password.</summary>
    public Task ResetAsync(string email, CancellationToken cancellation) => SendAsync(email, MailedLinkPurpose.ResetPassword, null, cancellation);

    private async Task SendAsync(string email, MailedLinkPurpose purpose, string? back, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var normalized = Emails.Normalize(email);
        var member = await db.Members.FirstOrDefaultAsync(m => m.NormalizedEmail == normalized, cancellation);
        if (member is not { State: MemberState.Active or MemberState.Unconfirmed })
        {
            security.Add(db, "lien.inconnu", subject: member?.Id);
            await db.SaveChangesAsync(cancellation);
            return;
        }

        security.Add(db, purpose == MailedLinkPurpose.SignIn ? "lien.demande" : "mot-de-passe.demande", subject: member.Id);
        await mails.RequestedAsync(db, member, () => member.State == MemberState.Unconfirmed
            ? Confirm(newMembers.Issue(db, member.Id, MailedLinkPurpose.ConfirmAddress, member.Email!, NewMembers.LongLink), member, back)
            : Write(newMembers.Issue(db, member.Id, purpose, member.Email!, NewMembers.ShortLink), member, back), cancellation);
    }

    /// <summary>The mail that confirms the address of a new account.</summary>
    public static AccountMail Confirm(IssuedLink link, Member member, string? back) => new()
    {
        Kind = "confirmation",
        Id = link.Row.Id,
        Member = member,
        To = link.Row.Email,
        Subject = MembersTexts.MailConfirmSubject,
        Before = [MembersTexts.MailConfirmText],
        Button = (MembersTexts.MailConfirmButton, WithBack(link.Address, back)),
        After = [MembersTexts.MailConfirmAfter],
    };

    private static AccountMail Write(IssuedLink link, Member member, string? back) => link.Row.Purpose == MailedLinkPurpose.SignIn
        ? new AccountMail
        {
            Kind = "connexion",
            Id = link.Row.Id,
            Member = member,
            To = link.Row.Email,
            Subject = MembersTexts.MailSignInSubject,
            Before = [MembersTexts.MailSignInText],
            Button = (MembersTexts.MailSignInButton, WithBack(link.Address, back)),
            After = [MembersTexts.MailLinkAfter],
        }
        : new AccountMail
        {
            Kind = "mot-de-passe",
            Id = link.Row.Id,
            Member = member,
            To = link.Row.Email,
            Subject = MembersTexts.MailResetSubject,
            Before = [MembersTexts.MailResetText],
            Button = (MembersTexts.MailResetButton, link.Address),
            After = [MembersTexts.MailLinkAfter],
        };

    private static Uri WithBack(Uri address, string? back) =>
        back is null ? address : new UriBuilder(address) { Query = "retour=" + Uri.EscapeDataString(back) }.Uri;
}
