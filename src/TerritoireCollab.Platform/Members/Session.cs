namespace TerritoireCollab.Platform.Members;

/// <summary>A sign-in that lasts: the cookie holds a token of which the row keeps the hash, so that closing the row closes the cookie wherever it is replayed.</summary>
public sealed class Session
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>SHA-256 of the cookie's token, in hexadecimal.</summary>
    public required string TokenHash { get; init; }

    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>The member.</summary>
    public Member? Member { get; init; }

    /// <summary>Sign-in.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Last request, by steps of some minutes.</summary>
    public required DateTime LastSeenAt { get; set; }

    /// <summary>After that it is closed whatever happens.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>Browser and system, in words.</summary>
    public required string Device { get; init; }

    /// <summary>Closed by the member, by an administrator, or by a new password.</summary>
    public DateTime? ClosedAt { get; set; }
}

/// <summary>What a mailed link does.</summary>
public enum MailedLinkPurpose
{
    /// <summary>Signs in.</summary>
    SignIn = 0,
    /// <summary>Confirms the address of a new account.</summary>
    ConfirmAddress = 1,
    /// <summary>Lets choose a new password.</summary>
    ResetPassword = 2,
    /// <summary>Confirms a new address of an account.</summary>
    ChangeAddress = 3,
}

/// <summary>A link sent by mail, usable once. Only a hash of its token is kept, bound to the address it was sent to.</summary>
public sealed class MailedLink
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>What it does.</summary>
    public required MailedLinkPurpose Purpose { get; init; }

    /// <summary>SHA-256 of the token, in hexadecimal.</summary>
    public required string TokenHash { get; init; }

    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>The member.</summary>
    public Member? Member { get; init; }

    /// <summary>The address it was sent to.</summary>
    public required string Email { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>After that it is refused.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>When it was used.</summary>
    public DateTime? UsedAt { get; set; }
}

/// <summary>What a personal key opens.</summary>
public enum AccessKeyScope
{
    /// <summary>Feeds, by <c>?cle=</c>.</summary>
    Feeds = 0,
    /// <summary>Reading by the API.</summary>
    ApiRead = 1,
    /// <summary>Reading and writing by the API.</summary>
    ApiWrite = 2,
}

/// <summary>A personal, revocable key for programs. Rights are those of the member at the moment of each use.</summary>
public sealed class AccessKey
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>The member.</summary>
    public Member? Member { get; init; }

    /// <summary>What it opens.</summary>
    public required AccessKeyScope Scope { get; init; }

    /// <summary>SHA-256 of the key, in hexadecimal.</summary>
    public required string TokenHash { get; init; }

    /// <summary>A name that the member chose.</summary>
    public required string Label { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Last use, by steps of some minutes.</summary>
    public DateTime? LastUsedAt { get; set; }

    /// <summary>When it was revoked.</summary>
    public DateTime? RevokedAt { get; set; }
}

/// <summary>Tokens for links and keys: 160 random bits, of which only a hash is stored.</summary>
public static class SecretTokens
{
    /// <summary>A new token, in lower-case base 32 (32 characters).</summary>
    public static string New() => System.Security.Cryptography.RandomNumberGenerator.GetString("0123456789abcdefghjkmnpqrstvwxyz", 32);

    /// <summary>What is stored of <paramref name="token"/>: SHA-256 in hexadecimal.</summary>
    public static string Hash(string token) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));
}
