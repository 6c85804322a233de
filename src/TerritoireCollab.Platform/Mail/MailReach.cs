using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Platform.Mail;

/// <summary>How a new content of a group comes to one of its members.</summary>
public enum Reach
{
    /// <summary>By a mail of its own.</summary>
    AtOnce = 0,
    /// <summary>In the next summary.</summary>
    InDigest = 1,
    /// <summary>Once the pause that the member chose is over.</summary>
    AfterPause = 2,
    /// <summary>Not by mail: the member chose to get nothing from this group.</summary>
    Nothing = 3,
    /// <summary>Not by mail: the member chose to get no mail at all.</summary>
    Silent = 4,
    /// <summary>Not by mail: the address takes none.</summary>
    NoAddress = 5,
}

/// <summary>A member of a group, and how far mail reaches.</summary>
public sealed record ReachedMember
{
    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>Handle.</summary>
    public required string Handle { get; init; }
    /// <summary>Telephone number, when the members of the group may see it.</summary>
    public string? Phone { get; init; }
    /// <summary>Since when in the group.</summary>
    public required DateTime Since { get; init; }
    /// <summary>How a new content comes.</summary>
    public required Reach Reach { get; init; }
    /// <summary>Why the address takes no mail; null when it does, or when there is none.</summary>
    public AddressStanding? Standing { get; init; }
    /// <summary>Until when the member pauses.</summary>
    public DateTime? PausedUntil { get; init; }
}

/// <summary>Foretells to whom of a group a new content goes by mail, and how: by levels, preferences and addresses of this moment. The caller has asked for the right.</summary>
public sealed class MailReach(TimeProvider clock)
{
    /// <summary>The active members of the group by name, whoever wrote the content left out.</summary>
    /// <param name="db">Any viewer's: memberships and addresses know no filter.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="author">Who writes, and is not written to.</param>
    /// <param name="isUrgent">Whether it leaves at once to those who get summaries too.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<ReachedMember>> OfGroupAsync(AppDbContext db, Guid groupId, Guid author, bool isUrgent, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var rows = await (
            from m in db.Memberships.AsNoTracking()
            where m.GroupId == groupId && m.State == MembershipState.Active && m.MemberId != author && m.Member!.State == MemberState.Active
            from p in db.MailPreferences.Where(p => p.MemberId == m.MemberId).DefaultIfEmpty()
            from a in db.AddressStandings.Where(a => a.Address == m.Member!.NormalizedEmail && a.State != AddressState.Good && (a.State != AddressState.Paused || a.Until == null || a.Until > now)).DefaultIfEmpty()
            orderby m.Member!.FoldedName, m.Member!.Handle
            select new
            {
                m.MemberId, m.Member!.Name, m.Member!.Handle, m.Member!.Email, m.Member!.PhoneNumber, m.Member!.PhoneVisibility, m.Since, m.MailLevel,
                IsSilent = p != null && p.IsSilent, PausedUntil = p != null ? p.PausedUntil : null, Standing = a,
            }).ToListAsync(cancellation);
        return [.. rows.Select(r => new ReachedMember
        {
            MemberId = r.MemberId,
            Name = r.Name,
            Handle = r.Handle,
            Phone = r.PhoneVisibility == FieldVisibility.OnlyMe || string.IsNullOrWhiteSpace(r.PhoneNumber) ? null : r.PhoneNumber,
            Since = r.Since,
            Standing = r.Standing,
            PausedUntil = r.PausedUntil > now ? r.PausedUntil : null,
            Reach = r.Email is null || r.Standing is not null ? Reach.NoAddress
                : r.IsSilent ? Reach.Silent
                : r.MailLevel == MailLevel.Nothing ? Reach.Nothing
                : r.PausedUntil > now ? Reach.AfterPause
                : isUrgent || r.MailLevel >= MailLevel.NewThreads ? Reach.AtOnce : Reach.InDigest,
        })];
    }
}
