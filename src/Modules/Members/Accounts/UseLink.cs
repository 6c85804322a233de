using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Mail;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Platform.Mail;
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
/// nobody else has it). Showing it changes nothing, since mail scanners open links. Once one is used, earlier ones that do the same are void.
/// </summary>
internal sealed class UseLink(AppDb database, IPasswordHasher<Member> passwords, PasswordRules rules, NewMembers newMembers, Sessions sessions, InvitationOfToken invitations, PlatformSettings settings, AccountMails mails, MailWake wake, LiveTopics live, SecurityLog security, TimeProvider clock)
{
    /// <summary>What the link would do, or null when it cannot be used any more.</summary>
    public async Task<LinkView?> ShowAsync(string token, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await Usable(db, token).Select(l => new LinkView(l.Purpose, l.Email, l.Member!.Name)).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Uses a link that needs nothing typed.</summary>
    /// <returns>What it did, or null when it cannot be used.</returns>
    public async Task<LinkUsed?> ExecuteAsync(string token, CancellationToken cancellation)
    {
        var used = await ActAsync(token, cancellation);
        if (used is not { State: MemberState.AwaitingApproval }) return used;

        await using var db = database.Open(Viewer.System);
        await mails.AwaitingAsync(db, await db.Members.FirstAsync(m => m.Id == used.MemberId, cancellation), cancellation);
        return used;
    }

    private Task<LinkUsed?> ActAsync(string token, CancellationToken cancellation) => TransactAsync(token, async (db, link, member) =>
    {
        switch (link.Purpose)
        {
            case MailedLinkPurpose.SignIn:
                security.Add(db, "connexion.lien", member.Id);
                return true;
            case MailedLinkPurpose.ConfirmAddress:
                await ConfirmAsync(db, member, cancellation);
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
            await sessions.ShutOutAsync(db, member.Id, kept: null, cancellation);
            security.Add(db, "mot-de-passe.change", member.Id);
            await mails.NoticeAsync(db, AccountNotices.PasswordChanged(member, link.Id), cancellation);
            return true;
        }, cancellation);
    }

    private async Task<LinkUsed?> TransactAsync(string token, Func<AppDbContext, MailedLink, Member, Task<bool>> act, CancellationToken cancellation)
    {
        try
        {
            var used = await database.TransactAsync(Viewer.System, async (db, _) =>
            {
                var link = await Usable(db, token).AsNoTracking().FirstOrDefaultAsync(cancellation);
                if (link is null) return null;

                // Of several posts in parallel one marks the link.
                var now = clock.GetUtcNow().UtcDateTime;
                var marked = await db.MailedLinks.Where(l => l.Id == link.Id && l.UsedAt == null && l.ExpiresAt > now)
                    .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellation);
                if (marked != 1) return null;

                await MailedLinks.VoidAsync(db, link.MemberId, link.Purpose, now, cancellation);
                var member = await db.Members.FirstAsync(m => m.Id == link.MemberId, cancellation);
                if (!await act(db, link, member)) return null;

                await db.SaveChangesAsync(cancellation);
                return new LinkUsed(link.Purpose, member.Id, member.State, member.Welcomed);
            }, cancellation);
            wake.Wake();
            if (used is { Purpose: MailedLinkPurpose.ResetPassword }) await live.SignalAsync(LiveTopics.Member(used.MemberId));
            return used;
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

    // The invitation is looked for by the address that was just shown to be theirs: a link asked for again, or an invitation withdrawn
    // since, makes no difference to what it is worth now. Whoever came by one that is gone waits for an administrator.
    private async Task ConfirmAsync(AppDbContext db, Member member, CancellationToken cancellation)
    {
        var isOpen = (await settings.ReadAsync(cancellation)).Registration == RegistrationMode.Open;
        var needsApproval = !isOpen && !await invitations.AwaitsAsync(db, member.Email!, cancellation);
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
        // Links that the old address holds would open again if it ever came back.
        await MailedLinks.VoidAsync(db, member.Id, purpose: null, clock.GetUtcNow().UtcDateTime, cancellation);
        security.Add(db, "adresse.changee", member.Id);
        await mails.NoticeAsync(db, AccountNotices.AddressChanged(member, old, email), cancellation);
        return true;
    }
}
