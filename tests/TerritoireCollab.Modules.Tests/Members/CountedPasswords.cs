using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Modules.Tests.Members;

/// <summary>
/// Counts how often a password is hashed. Hashing takes nearly all the time of an answer: that two answers hash as often is what keeps them
/// from telling who has an account, and unlike their times it does not depend on what else the machine does.
/// </summary>
internal sealed class CountedPasswords : IPasswordHasher<Member>
{
    private readonly PasswordHasher<Member> _passwords = new(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));
    private int _count;

    /// <summary>How many passwords were hashed since the last time that this was asked.</summary>
    public int Take() => Interlocked.Exchange(ref _count, 0);

    /// <summary>Puts this in the place of the host's own.</summary>
    public void Into(IServiceCollection services) => services.AddSingleton<IPasswordHasher<Member>>(this);

    /// <inheritdoc />
    public string HashPassword(Member user, string password)
    {
        Interlocked.Increment(ref _count);
        return _passwords.HashPassword(user, password);
    }

    /// <inheritdoc />
    public PasswordVerificationResult VerifyHashedPassword(Member user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref _count);
        return _passwords.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
