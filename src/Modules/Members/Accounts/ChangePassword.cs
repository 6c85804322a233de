using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Mail;
using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Members.Accounts;

/// <summary>Changes the viewer's password: the old one is asked for (ASVS 6.2.3), every other session is closed, and links on their way are void.</summary>
internal sealed class ChangePassword(AppDb database, IPasswordHasher<Member> passwords, PasswordRules rules, OwnPassword own, Sessions sessions, AccountMails mails, MailWake wake, LiveTopics live, SecurityLog security)
{
    /// <summary>Changes it.</summary>
    /// <exception cref="InvalidInputException">The old password is wrong, or the new one too weak.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid sessionId, string? old, string? password, CancellationToken cancellation)
    {
        var member = await ReadAsync(viewer, cancellation);
        var oldFault = member.PasswordHash is null ? null : own.Fault(member, old);
        var fault = await rules.FaultAsync(password, [member.Name, member.Email], cancellation);
        new Rules().Check(oldFault is null, "OldPassword", oldFault ?? "").Check(fault is null, "NewPassword", fault ?? "").Demand();

        var hash = passwords.HashPassword(member, password!);
        await database.TransactAsync(viewer, (db, stop) => WriteAsync(db, hash, sessionId, stop), cancellation);
        wake.Wake();
        await live.SignalAsync(LiveTopics.Member(viewer.MemberId));
    }

    private async Task<Member> ReadAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return await db.Members.AsNoTracking().FirstOrDefaultAsync(m => m.Id == viewer.MemberId, cancellation) ?? throw new NotFoundException();
    }

    private async Task<bool> WriteAsync(AppDbContext db, string hash, Guid sessionId, CancellationToken cancellation)
    {
        var member = await db.Members.FirstAsync(m => m.Id == db.Viewer.MemberId, cancellation);
        (member.PasswordHash, member.SecurityStamp) = (hash, NewMembers.NewStamp());
        await sessions.ShutOutAsync(db, member.Id, sessionId, cancellation);
        security.Add(db, "mot-de-passe.change", member.Id);
        await mails.NoticeAsync(db, AccountNotices.PasswordChanged(member, Guid.CreateVersion7()), cancellation);
        return true;
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
