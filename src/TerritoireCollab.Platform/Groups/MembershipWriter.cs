using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Platform.Groups;

/// <summary>Somebody who becomes a member.</summary>
public sealed record MembershipEntry
{
    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }
    /// <summary>Who becomes a member.</summary>
    public required Guid MemberId { get; init; }
    /// <summary>Who makes it so: the member, or an animator.</summary>
    public required Guid ActorId { get; init; }
    /// <summary>How it comes about.</summary>
    public required MembershipOrigin Origin { get; init; }
    /// <summary>The role given.</summary>
    public GroupRole Role { get; init; } = GroupRole.Member;
    /// <summary>What is mailed at first.</summary>
    public required MailLevel MailLevel { get; init; }
    /// <summary>The version of the charter accepted, 0 for none.</summary>
    public int CharterAccepted { get; init; }
    /// <summary>A word to the new member.</summary>
    public string? Note { get; init; }
}

/// <summary>
/// Begins and ends memberships: the row, the group's count, the activity, the line of the security log, always in step. The caller
/// has checked the right to, and runs it in a transaction of <see cref="AppDb.TransactAsync"/>. One row a member and group is held by
/// the unique index: of parallel tries one wins, the others fail as duplicates (<c>IsDuplicate</c>) or change nothing.
/// </summary>
public sealed class MembershipWriter(SecurityLog log, TimeProvider clock)
{
    /// <summary>Makes somebody a member.</summary>
    /// <returns>Whether it was not one before.</returns>
    public async Task<bool> EnterAsync(AppDbContext db, MembershipEntry entry, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var changed = await db.Memberships.Where(m => m.GroupId == entry.GroupId && m.MemberId == entry.MemberId && m.State != MembershipState.Active)
            .ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, MembershipState.Active)
                .SetProperty(m => m.Role, entry.Role)
                .SetProperty(m => m.Origin, entry.Origin)
                .SetProperty(m => m.Since, now)
                .SetProperty(m => m.MailLevel, entry.MailLevel)
                .SetProperty(m => m.LastVisitAt, (DateTime?)null)
                .SetProperty(m => m.CharterAccepted, m => m.CharterAccepted > entry.CharterAccepted ? m.CharterAccepted : entry.CharterAccepted), cancellation);
        if (changed == 0)
        {
            if (await db.Memberships.AnyAsync(m => m.GroupId == entry.GroupId && m.MemberId == entry.MemberId, cancellation)) return false;
            db.Memberships.Add(new Membership
            {
                GroupId = entry.GroupId,
                MemberId = entry.MemberId,
                State = MembershipState.Active,
                Role = entry.Role,
                Origin = entry.Origin,
                Since = now,
                MailLevel = entry.MailLevel,
                CharterAccepted = entry.CharterAccepted,
            });
        }

        var kind = entry.Origin switch
        {
            MembershipOrigin.Accepted => ActivityKinds.JoinAccepted,
            MembershipOrigin.Added => ActivityKinds.MemberAdded,
            _ => ActivityKinds.MemberJoined,
        };
        Record(db, kind, entry.GroupId, entry.ActorId, entry.MemberId, now, entry.Note, quiet: entry.Origin == MembershipOrigin.Founder);
        log.Add(db, "groupe.entree", entry.ActorId, entry.MemberId, entry.GroupId, $"{entry.Origin} {entry.Role}");
        await db.SaveChangesAsync(cancellation);
        await db.Groups.Where(g => g.Id == entry.GroupId).ExecuteUpdateAsync(set => set.SetProperty(g => g.MemberCount, g => g.MemberCount + 1), cancellation);
        return true;
    }

    /// <summary>
    /// Ends a membership and forgets what hung on it. An owner's never ends: the group is handed over first. Removed by somebody else,
    /// the member keeps no invitation either.
    /// </summary>
    /// <returns>Whether there was a membership to end.</returns>
    public async Task<bool> EndAsync(AppDbContext db, Guid groupId, Guid memberId, Guid actorId, MembershipState end, CancellationToken cancellation)
    {
        // The first write holds the row: of two ends in parallel the second finds nothing. Then what is only seen by members is undone,
        // and the state changes last.
        var now = clock.GetUtcNow().UtcDateTime;
        var mine = db.Memberships.Where(m => m.GroupId == groupId && m.MemberId == memberId && m.State == MembershipState.Active && m.Role != GroupRole.Owner);
        if (await mine.ExecuteUpdateAsync(set => set.SetProperty(m => m.Since, now), cancellation) == 0) return false;

        await ForgetAsync(db, groupId, memberId, cancellation);
        if (end == MembershipState.Removed) await WithdrawAsync(db, groupId, memberId, now, cancellation);
        Record(db, ActivityKinds.MemberLeft, groupId, actorId, memberId, now, note: null, quiet: false);
        log.Add(db, end == MembershipState.Removed ? "groupe.exclusion" : "groupe.depart", actorId, memberId, groupId);
        await db.SaveChangesAsync(cancellation);
        await db.Groups.Where(g => g.Id == groupId).ExecuteUpdateAsync(set => set.SetProperty(g => g.MemberCount, g => g.MemberCount - 1), cancellation);
        await mine.ExecuteUpdateAsync(set => set.SetProperty(m => m.State, end).SetProperty(m => m.Role, GroupRole.Member), cancellation);
        return true;
    }

    private static async Task WithdrawAsync(AppDbContext db, Guid groupId, Guid memberId, DateTime now, CancellationToken cancellation)
    {
        var member = await db.Members.Where(m => m.Id == memberId).Select(m => new { m.Handle, m.Email }).FirstAsync(cancellation);
        var (handle, email) = ("@" + member.Handle, member.Email?.ToLowerInvariant() ?? "");
        await db.Invitations.Where(i => i.GroupId == groupId && (i.Email == handle || i.Email == email) && i.AcceptedAt == null && i.WithdrawnAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.WithdrawnAt, now), cancellation);
    }

    /// <summary>Removes the member's following, notifications and unsent texts of the group.</summary>
    private static async Task ForgetAsync(AppDbContext db, Guid groupId, Guid memberId, CancellationToken cancellation)
    {
        await db.Subscriptions.Where(s => s.MemberId == memberId && s.Item.GroupId == groupId).ExecuteDeleteAsync(cancellation);
        await db.Notifications.Where(n => n.MemberId == memberId && n.GroupId == groupId).ExecuteDeleteAsync(cancellation);

        // Keys of drafts name a form by the address of the group or the short identifier of a content.
        var keys = await db.Drafts.Where(d => d.MemberId == memberId).Select(d => d.Key).ToListAsync(cancellation);
        if (keys.Count == 0) return;

        var shortIds = keys.SelectMany(k => k.Split('/')).Where(s => ShortIds.FromSegment(s) is not null).Distinct().ToList();
        var slug = await db.Groups.Where(g => g.Id == groupId).Select(g => g.Slug).FirstOrDefaultAsync(cancellation);
        var items = await db.Items.Where(i => i.GroupId == groupId && shortIds.Contains(i.ShortId)).Select(i => i.ShortId).ToListAsync(cancellation);
        var gone = keys.Where(k => k.Split('/').Any(s => s == slug || items.Contains(s))).ToList();
        await db.Drafts.Where(d => d.MemberId == memberId && gone.Contains(d.Key)).ExecuteDeleteAsync(cancellation);
    }

    private static void Record(AppDbContext db, string kind, Guid groupId, Guid actorId, Guid subjectId, DateTime at, string? note, bool quiet) => db.Activities.Add(new Activity
    {
        Kind = kind,
        GroupId = groupId,
        ActorId = actorId,
        SubjectId = subjectId,
        Particulars = string.IsNullOrWhiteSpace(note) ? null : JsonSerializer.Serialize(new ActivityParticulars { Note = note.Trim() }),
        At = at,
        Quiet = quiet,
    });
}
