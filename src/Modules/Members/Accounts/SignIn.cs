using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Members.Accounts;

/// <summary>What a try to sign in came to.</summary>
internal enum SignInResult
{
    /// <summary>The member comes in.</summary>
    Accepted,
    /// <summary>Wrong address or wrong password: which of them is not told.</summary>
    Refused,
    /// <summary>Too many failures for that address; it ends by itself.</summary>
    TooMany,
    /// <summary>Right password, address not confirmed yet.</summary>
    Unconfirmed,
    /// <summary>Right password, waits for an administrator.</summary>
    AwaitingApproval,
    /// <summary>Right password, shut out for now.</summary>
    Suspended,
}

/// <summary>What a try came to, with the member when accepted.</summary>
internal sealed record SignInAnswer(SignInResult Result, Guid MemberId = default, bool Welcomed = true);

/// <summary>Address and password as typed.</summary>
internal sealed record SignInInput(string? Email, string? Password);

/// <summary>
/// Checks an address and a password. The same work is done whether the address has an account or not, and where the account stands is
/// told only to whoever knows its password.
/// </summary>
internal sealed class SignIn(AppDb database, IPasswordHasher<Member> passwords, SignInThrottle throttle, SecurityLog security)
{
    /// <summary>Longest password.</summary>
    public const int LongestPassword = 128;

    private readonly string _decoy = passwords.HashPassword(null!, SecretTokens.New());

    /// <summary>Tries to sign in; the caller opens the session.</summary>
    public async Task<SignInAnswer> ExecuteAsync(SignInInput input, CancellationToken cancellation)
    {
        var address = Emails.Normalize(input.Email);
        if (!throttle.TryBegin(address)) return new(SignInResult.TooMany);

        await using var db = database.Open(Viewer.System);
        var member = address.Length is 0 or > 254 ? null : await db.Members.FirstOrDefaultAsync(m => m.NormalizedEmail == address && m.State != MemberState.Gone, cancellation);
        if (!Verify(member, input.Password))
        {
            security.Add(db, "connexion.refusee", subject: member?.Id);
            await db.SaveChangesAsync(cancellation);
            return new(SignInResult.Refused);
        }

        throttle.Forget(address);
        var result = member!.State switch
        {
            MemberState.Active => SignInResult.Accepted,
            MemberState.Unconfirmed => SignInResult.Unconfirmed,
            MemberState.AwaitingApproval => SignInResult.AwaitingApproval,
            _ => SignInResult.Suspended,
        };
        security.Add(db, result == SignInResult.Accepted ? "connexion" : "connexion.fermee", member.Id, detail: result == SignInResult.Accepted ? null : member.State.ToString());
        await db.SaveChangesAsync(cancellation);
        return new(result, member.Id, member.Welcomed);
    }

    private bool Verify(Member? member, string? password)
    {
        // A password longer than any that can be set costs no hashing.
        if (password is not { Length: > 0 and <= LongestPassword }) return false;

        var verified = passwords.VerifyHashedPassword(member!, member?.PasswordHash ?? _decoy, password);
        if (member?.PasswordHash is null || verified == PasswordVerificationResult.Failed) return false;

        if (verified == PasswordVerificationResult.SuccessRehashNeeded) member.PasswordHash = passwords.HashPassword(member, password);
        return true;
    }
}
