using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Mail;
using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Members.Accounts;

/// <summary>Changes the viewer's password: the old one is asked for (ASVS 6.2.3), and every other session is closed.</summary>
internal sealed class ChangePassword(AppDb database, IPasswordHasher<Member> passwords, PasswordRules rules, OwnPassword own, AccountMails mails, SecurityLog security, TimeProvider clock)
{
    /// <summary>Changes it.</summary>
    /// <exception cref="InvalidInputException">The old password is wrong, or the new one too weak.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid sessionId, string? old, string? password, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var member = await db.Members.FirstOrDefaultAsync(m => m.Id == viewer.MemberId, cancellation) ?? throw new NotFoundException();
        var oldFault = member.PasswordHash is null ? null : own.Fault(member, old);
        var fault = await rules.FaultAsync(password, [member.Name, member.Email], cancellation);
        new Rules().Check(oldFault is null, "OldPassword", oldFault ?? "").Check(fault is null, "NewPassword", fault ?? "").Demand();

        (member.PasswordHash, member.SecurityStamp) = (passwords.HashPassword(member, password!), NewMembers.NewStamp());
        security.Add(db, "mot-de-passe.change", member.Id);
        await mails.NoticeAsync(db, AccountNotices.PasswordChanged(member, Guid.CreateVersion7()), cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Sessions.Where(s => s.MemberId == member.Id && s.Id != sessionId && s.ClosedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.ClosedAt, now), cancellation);
        await db.MailedLinks.Where(l => l.MemberId == member.Id && l.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellation);
    }
}

/// <summary>Asks a member signed in for the password again, as often as the sign-in page would.</summary>
internal sealed class OwnPassword(IPasswordHasher<Member> passwords, SignInThrottle throttle)
{
    /// <summary>What is wrong with what was typed, in a sentence, or null when it is the password.</summary>
    public string? Fault(Member member, string? typed)
    {
        if (typed is not { Length: > 0 and <= SignIn.LongestPassword }) return MembersTexts.TypePassword;
        if (!throttle.TryBegin(member.NormalizedEmail!)) return MembersTexts.TooManyTries;
        if (member.PasswordHash is null || passwords.VerifyHashedPassword(member, member.PasswordHash, typed) == PasswordVerificationResult.Failed) return MembersTexts.WrongPassword;

        throttle.Forget(member.NormalizedEmail!);
        return null;
    }
}
