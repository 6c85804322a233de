using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Members;

/// <summary>Somebody to make an account for.</summary>
public sealed record NewMember
{
    /// <summary>Name as shown, at most 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Address.</summary>
    public required string Email { get; init; }

    /// <summary>Password, already checked; null for somebody who comes by a link.</summary>
    public string? Password { get; init; }

    /// <summary>Whether the member administers the platform.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>Where the account stands at first.</summary>
    public MemberState State { get; init; } = MemberState.Active;

    /// <summary>Whether the three first steps are not to be shown.</summary>
    public bool Welcomed { get; init; }

    /// <summary>Function, in words.</summary>
    public string? Function { get; init; }

    /// <summary>Commune, in words.</summary>
    public string? Commune { get; init; }

    /// <summary>Registration; now when null.</summary>
    public DateTime? CreatedAt { get; init; }
}

/// <summary>A link made for somebody. The token is known only here.</summary>
/// <param name="Row">The row that keeps its hash.</param>
/// <param name="Token">What the address holds.</param>
/// <param name="Address">Absolute address of the link.</param>
public sealed record IssuedLink(MailedLink Row, string Token, Uri Address);

/// <summary>Makes accounts and their one-time links: for registration, invitations, the command line and the demo territory.</summary>
public sealed class NewMembers(AppDb database, IPasswordHasher<Member> passwords, PlatformOptions platform, TimeProvider clock)
{
    /// <summary>How long a sign-in or reset link can be used.</summary>
    public static readonly TimeSpan ShortLink = TimeSpan.FromHours(1);

    /// <summary>How long a link that confirms an address, or brings a newcomer in, can be used.</summary>
    public static readonly TimeSpan LongLink = TimeSpan.FromDays(3);

    /// <summary>Makes the account and saves it.</summary>
    /// <exception cref="InvalidInputException">The name or the address cannot be used, or the address has an account.</exception>
    public async Task<Member> CreateAsync(NewMember input, CancellationToken cancellation)
    {
        Check(input);
        for (var attempt = 0; ; attempt++)
        {
            await using var db = database.Open(Viewer.System);
            var normalized = Emails.Normalize(input.Email);
            if (await db.Members.AnyAsync(m => m.NormalizedEmail == normalized, cancellation))
                throw new InvalidInputException(nameof(input.Email), PlatformTexts.AddressHasAccount);

            var member = Build(input, await FreeHandleAsync(db, input.Name, cancellation));
            Add(db, member);
            try
            {
                await db.SaveChangesAsync(cancellation);
                return member;
            }
            catch (DbUpdateException failure) when (failure.IsDuplicate() && attempt < 3)
            {
                // Somebody took the handle or the address in between: look again.
            }
        }
    }

    /// <summary>Adds a built member to <paramref name="db"/> with the activity that puts an active one into the search; the caller saves.</summary>
    public void Add(AppDbContext db, Member member)
    {
        db.Members.Add(member);
        if (member.State == MemberState.Active) RecordEdited(db, member.Id);
    }

    /// <summary>Records that a profile changed, so that the search follows.</summary>
    public void RecordEdited(AppDbContext db, Guid memberId) => db.Activities.Add(new Activity
    {
        Kind = ActivityKinds.MemberEdited,
        ActorId = memberId,
        SubjectId = memberId,
        At = Now(),
        Quiet = true,
    });

    /// <summary>The row of a member under a handle that the caller knows to be free. Hashing the password takes about a tenth of a second: a bulk load gives the same hash to <paramref name="passwordHash"/>.</summary>
    public Member Build(NewMember input, string handle, string? passwordHash = null)
    {
        var email = input.Email.Trim();
        var member = new Member
        {
            Id = Guid.CreateVersion7(),
            Name = input.Name.Trim(),
            FoldedName = FoldedName.Of(input.Name),
            Handle = handle,
            Email = email,
            NormalizedEmail = Emails.Normalize(email),
            UserName = email,
            NormalizedUserName = Emails.Normalize(email),
            EmailConfirmed = input.State != MemberState.Unconfirmed,
            SecurityStamp = NewStamp(),
            State = input.State,
            IsAdmin = input.IsAdmin,
            Welcomed = input.Welcomed,
            Function = input.Function,
            Commune = input.Commune,
            CreatedAt = input.CreatedAt ?? Now(),
        };
        member.PasswordHash = passwordHash ?? (input.Password is { } password ? passwords.HashPassword(member, password) : null);
        return member;
    }

    /// <summary>A handle that nobody has: <c>camille.fontclaire</c>, then <c>camille.fontclaire2</c>…</summary>
    public static async Task<string> FreeHandleAsync(AppDbContext db, string name, CancellationToken cancellation)
    {
        var wanted = Handles.From(name);
        var taken = await db.Members.Where(m => m.Handle.StartsWith(wanted)).Select(m => m.Handle).ToListAsync(cancellation);
        return Handles.Free(wanted, taken.Contains);
    }

    /// <summary>Adds a one-time link for <paramref name="memberId"/> to <paramref name="db"/>, bound to the address; the caller saves.</summary>
    public IssuedLink Issue(AppDbContext db, Guid memberId, MailedLinkPurpose purpose, string email, TimeSpan lifetime)
    {
        var token = SecretTokens.New();
        var now = Now();
        var link = new MailedLink
        {
            Id = Guid.CreateVersion7(),
            Purpose = purpose,
            TokenHash = SecretTokens.Hash(token),
            MemberId = memberId,
            Email = email,
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        };
        db.MailedLinks.Add(link);
        return new(link, token, platform.Absolute($"/lien/{token}"));
    }

    /// <summary>Makes and saves a link that signs <paramref name="member"/> in once: what the command line prints.</summary>
    public async Task<Uri> SignInLinkAsync(Member member, TimeSpan lifetime, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var link = Issue(db, member.Id, MailedLinkPurpose.SignIn, member.Email!, lifetime);
        await db.SaveChangesAsync(cancellation);
        return link.Address;
    }

    /// <summary>A new security stamp.</summary>
    public static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static void Check(NewMember input) => new Rules()
        .Text(input.Name, nameof(input.Name), 100)
        .Check(Emails.IsUsable(input.Email), nameof(input.Email), PlatformTexts.AddressNotUsable)
        .Demand();

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}

/// <summary>Addresses of members.</summary>
public static class Emails
{
    /// <summary>The form in which addresses are compared: trimmed, upper case.</summary>
    public static string Normalize(string? email) => (email ?? "").Trim().ToUpperInvariant();

    /// <summary>Whether mail can be sent to it: at most 254 characters (RFC 5321, section 4.5.3.1.3).</summary>
    public static bool IsUsable(string? email) =>
        email?.Trim() is { Length: > 2 and <= 254 } text && !text.Any(char.IsControl) && text.IndexOf('@', StringComparison.Ordinal) > 0
        && TerritoireCollab.Mime.Mailbox.TryCreate(text, out _);
}

/// <summary>What one writes after @.</summary>
public static class Handles
{
    private const int Longest = 50;

    /// <summary>The handle that a name asks for: folded words joined by dots; « membre » when nothing is left.</summary>
    public static string From(string name)
    {
        var handle = new StringBuilder();
        foreach (var letter in TextFold.Fold(name))
        {
            if (char.IsAsciiLetterOrDigit(letter)) handle.Append(letter);
            else if (handle is { Length: > 0 } && handle[^1] is not ('.' or '-') && (letter == '-' || char.IsWhiteSpace(letter))) handle.Append(letter == '-' ? '-' : '.');
        }

        // A mention begins with a letter.
        var text = handle.ToString().Trim('.', '-');
        if (text is [>= '0' and <= '9', ..]) text = "m" + text;
        if (text.Length > Longest) text = text[..Longest].TrimEnd('.', '-');
        return text.Length == 0 ? "membre" : text;
    }

    /// <summary>The handle, or the first one with a number that is free.</summary>
    public static string Free(string wanted, Func<string, bool> isTaken)
    {
        if (!isTaken(wanted)) return wanted;

        var number = 2;
        while (isTaken($"{wanted}{number}")) number++;
        return $"{wanted}{number}";
    }
}
