using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Mail;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Settings;

namespace TerritoireCollab.Members.Accounts;

/// <summary>A link as its page shows it.</summary>
internal sealed record LinkView(MailedLinkPurpose Purpose, string Email, string Name);

/// <summary>What using a link came to.</summary>
/// <param name="Purpose">What it did.</param>
/// <param name="MemberId">For whom.</param>
/// <param name="State">Where the account stands now.</param>
/// <param name="Welcomed">Whether the first steps were taken.</param>
internal sealed record LinkUsed(MailedLinkPurpose Purpose, Guid MemberId, MemberState State, bool Welcomed);

/// <summary>
/// Uses a mailed link: once, before its hour, and only while the account still has the address it was sent to (or, for a new address,
/// nobody else has it). Showing it changes nothing, since mail scanners open links.
/// </summary>
internal sealed class UseLink(AppDb database, IPasswordHasher<Member> passwords, PasswordRules rules, NewMembers newMembers, InvitationOfToken invitations, PlatformSettings settings, AccountMails mails, SecurityLog security, TimeProvider clock)
{
    /// <summary>What the link would do, or null when it cannot be used any more.</summary>
    public async Task<LinkView?> ShowAsync(string token, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await Usable(db, token).Select(l => new LinkView(l.Purpose, l.Email, l.Member!.Name)).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Uses a link that needs nothing typed.</summary>
    /// <returns>What it did, or null when it cannot be used.</returns>
    public Task<LinkUsed?> ExecuteAsync(string token, string? invitation, CancellationToken cancellation) => TransactAsync(token, async (db, link, member) =>
    {
        switch (link.Purpose)
        {
            case MailedLinkPurpose.SignIn:
                security.Add(db, "connexion.lien", member.Id);
                return true;
            case MailedLinkPurpose.ConfirmAddress:
                await ConfirmAsync(db, member, invitation, cancellation);
                return true;
            case MailedLinkPurpose.ChangeAddress:
                return await ChangeAddressAsync(db, member, link.Email, cancellation);
            default:
                return false;
        }
    }, cancellation);

    /// <summary>Sets a new password by a link, and closes every session.</summary>
    /// <exception cref="InvalidInputException">The password is too weak; the link can still be used.</exception>
    public async Task<LinkUsed?> ResetAsync(string token, string? password, CancellationToken cancellation)
    {
        if (await ShowAsync(token, cancellation) is not { Purpose: MailedLinkPurpose.ResetPassword } shown) return null;
        if (await rules.FaultAsync(password, [shown.Name, shown.Email], cancellation) is { } fault) throw new InvalidInputException("Password", fault);

        var hash = passwords.HashPassword(null!, password!);
        return await TransactAsync(token, async (db, link, member) =>
        {
            if (link.Purpose != MailedLinkPurpose.ResetPassword) return false;

            (member.PasswordHash, member.SecurityStamp) = (hash, NewMembers.NewStamp());
            await CloseAllAsync(db, member.Id, cancellation);
            security.Add(db, "mot-de-passe.change", member.Id);
            await mails.NoticeAsync(db, AccountNotices.PasswordChanged(member, link.Id), cancellation);
            return true;
        }, cancellation);
    }

    private async Task<LinkUsed?> TransactAsync(string token, Func<AppDbContext, MailedLink, Member, Task<bool>> act, CancellationToken cancellation)
    {
        try
        {
            return await database.TransactAsync(Viewer.System, async (db, _) =>
            {
                var link = await Usable(db, token).AsNoTracking().FirstOrDefaultAsync(cancellation);
                if (link is null) return null;

                // Of several posts in parallel one marks the link.
                var now = clock.GetUtcNow().UtcDateTime;
                var marked = await db.MailedLinks.Where(l => l.Id == link.Id && l.UsedAt == null && l.ExpiresAt > now)
                    .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellation);
                if (marked != 1) return null;

                var member = await db.Members.FirstAsync(m => m.Id == link.MemberId, cancellation);
                if (!await act(db, link, member)) return null;

                await db.SaveChangesAsync(cancellation);
                return new LinkUsed(link.Purpose, member.Id, member.State, member.Welcomed);
            }, cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Somebody else confirmed the same new address in between.
            return null;
        }
    }

    private IQueryable<MailedLink> Usable(AppDbContext db, string token)
    {
        var hash = SecretTokens.Hash(token);
        var now = clock.GetUtcNow().UtcDateTime;
        return db.MailedLinks.Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now
            && (l.Purpose == MailedLinkPurpose.ConfirmAddress ? l.Member!.State == MemberState.Unconfirmed : l.Member!.State == MemberState.Active)
            && (l.Purpose == MailedLinkPurpose.ChangeAddress || l.Member.Email == l.Email));
    }

    private async Task ConfirmAsync(AppDbContext db, Member member, string? invitation, CancellationToken cancellation)
    {
        var needsApproval = (await settings.ReadAsync(cancellation)).Registration == RegistrationMode.OnApproval && (await invitations.ReadAsync(invitation, cancellation))?.LetsRegister(member.Email!) != true;
        member.EmailConfirmed = true;
        member.State = needsApproval ? MemberState.AwaitingApproval : MemberState.Active;
        if (!needsApproval) newMembers.RecordEdited(db, member.Id);
        security.Add(db, "adresse.confirmee", member.Id);
    }

    private async Task<bool> ChangeAddressAsync(AppDbContext db, Member member, string email, CancellationToken cancellation)
    {
        var normalized = Emails.Normalize(email);
        if (await db.Members.AnyAsync(m => m.NormalizedEmail == normalized && m.Id != member.Id, cancellation)) return false;

        var old = member.Email!;
        (member.Email, member.NormalizedEmail, member.UserName, member.NormalizedUserName) = (email, normalized, email, normalized);
        (member.EmailConfirmed, member.SecurityStamp) = (true, NewMembers.NewStamp());
        security.Add(db, "adresse.changee", member.Id);
        await mails.NoticeAsync(db, AccountNotices.AddressChanged(member, old, email), cancellation);
        return true;
    }

    private async Task CloseAllAsync(AppDbContext db, Guid memberId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Sessions.Where(s => s.MemberId == memberId && s.ClosedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.ClosedAt, now), cancellation);
        await db.MailedLinks.Where(l => l.MemberId == memberId && l.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellation);
    }
}
