using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Platform.Groups;

/// <summary>An invitation as its bearer sees it. Whoever holds the token may know the group's name, be the group hidden or not.</summary>
public sealed record OpenInvitation
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }
    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }
    /// <summary>Its part of the address.</summary>
    public required string GroupSlug { get; init; }
    /// <summary>Its name.</summary>
    public required string GroupName { get; init; }
    /// <summary>Its sentence.</summary>
    public required string GroupSummary { get; init; }
    /// <summary>Hue of its colour.</summary>
    public required int GroupHue { get; init; }
    /// <summary>The charter to accept, in Markdown.</summary>
    public string? Charter { get; init; }
    /// <summary>Its version, 0 for none.</summary>
    public required int CharterVersion { get; init; }
    /// <summary>Who invites.</summary>
    public required string InvitedByName { get; init; }
    /// <summary>The word that goes with it.</summary>
    public string? Message { get; init; }
    /// <summary>The address or, as <c>@handle</c>, the member it is for; null for a link.</summary>
    public string? Recipient { get; init; }
    /// <summary>The role given on acceptance.</summary>
    public required GroupRole Role { get; init; }
    /// <summary>What is mailed to newcomers.</summary>
    public required MailLevel DefaultMailLevel { get; init; }
    /// <summary>Last moment to accept it.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>Whether that address was invited, so that its owner may register where registration is by invitation. A link lets nobody register by itself.</summary>
    public bool LetsRegister(string email) => Recipient is ['@', ..] or null ? false : string.Equals(Recipient, email.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether that member may accept it.</summary>
    public bool IsFor(string handle, string? email) => Recipient is null || Recipient == "@" + handle || (email is not null && LetsRegister(email));
}

/// <summary>Finds the invitation behind a token: asked by the page that accepts it and by registration.</summary>
public sealed class InvitationOfToken(AppDb database, TimeProvider clock)
{
    /// <summary>Whether an invitation to that address can be accepted now: asked once the address was shown to be the person's, whichever link showed it.</summary>
    public Task<bool> AwaitsAsync(AppDbContext db, string email, CancellationToken cancellation)
    {
        var (address, now) = (email.Trim().ToLowerInvariant(), clock.GetUtcNow().UtcDateTime);
        return db.Invitations.AnyAsync(i => i.Email == address && i.AcceptedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now && i.Group!.ArchivedAt == null, cancellation);
    }

    /// <summary>The invitation, or null when it is unknown, used, withdrawn, out of date, or when its group is archived: all look the same.</summary>
    public async Task<OpenInvitation?> ReadAsync(string? token, CancellationToken cancellation)
    {
        if (token is not { Length: 32 }) return null;

        // The token is the right to know of the group: its bearer is in general not a member yet.
        await using var db = database.Open(Viewer.System);
        var hash = SecretTokens.Hash(token);
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Invitations
            .Where(i => i.TokenHash == hash && i.WithdrawnAt == null && i.ExpiresAt > now && (i.Email == null || i.AcceptedAt == null) && i.Group!.ArchivedAt == null)
            .Select(i => new OpenInvitation
            {
                Id = i.Id,
                GroupId = i.GroupId,
                GroupSlug = i.Group!.Slug,
                GroupName = i.Group.Name,
                GroupSummary = i.Group.Summary,
                GroupHue = i.Group.Hue,
                Charter = i.Group.Charter,
                CharterVersion = i.Group.CharterVersion,
                InvitedByName = i.InvitedBy!.Name,
                Message = i.Message,
                Recipient = i.Email,
                Role = i.Role,
                DefaultMailLevel = i.Group.DefaultMailLevel,
                ExpiresAt = i.ExpiresAt,
            }).FirstOrDefaultAsync(cancellation);
    }
}
