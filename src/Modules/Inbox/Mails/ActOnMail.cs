using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Inbox.Resources;
using TerritoireCollab.Inbox.Settings;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>What a link of a mail shows before it acts.</summary>
/// <param name="Action">What its button does.</param>
/// <param name="Target">Title of the content or name of the group; null of a hidden group that was just left.</param>
/// <param name="IsDone">Whether it is done already.</param>
/// <param name="IsOwner">Whether the member owns the group, and so cannot leave it.</param>
/// <param name="Groups">Levels to set, for the settings.</param>
/// <param name="CanUndo">Whether what was just done can be undone.</param>
internal sealed record MailActionView(MailAction Action, string? Target, bool IsDone, bool IsOwner, IReadOnlyList<GroupLevel> Groups, bool CanUndo);

/// <summary>
/// Acts on a link of a mail for the member it was sent to, signed in or not. The sealed token is the right to; it serves that member alone, so
/// somebody else's session does not.
/// </summary>
internal sealed class ActOnMail(AppDb database, MailActionTokens tokens, MembershipWriter memberships, SetMailLevels levels, TimeProvider clock)
{
    private static readonly TimeSpan UndoFor = TimeSpan.FromDays(1);

    /// <summary>What the link is about. Changes nothing, however often.</summary>
    /// <param name="current">Who is signed in, if anybody.</param>
    /// <param name="token">The token of the link.</param>
    /// <param name="undo">What undoes it, when it was just done.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="NotFoundException">Not a token of ours, of somebody else, or about what the member may not see or what is gone.</exception>
    public async Task<MailActionView> ReadAsync(Viewer current, string token, string? undo, CancellationToken cancellation)
    {
        var done = await RequireAsync(current, token, cancellation);
        var before = UndoOf(done, undo);
        await using var db = database.Open(Viewer.Member(done.MemberId));
        return done.Action switch
        {
            MailAction.Settings => new(done.Action, null, false, false, await ReadMailSettings.GroupsAsync(db, cancellation), false),
            MailAction.MuteThread => await ThreadAsync(db, done, before, cancellation),
            MailAction.StopDailyDigest or MailAction.StopWeeklyDigest => new(done.Action, null, !await Summed(db, done).AnyAsync(cancellation), false, [], false),
            _ => await GroupAsync(db, done, before, cancellation),
        };
    }

    private static async Task<MailActionView> ThreadAsync(AppDbContext db, MailActionToken done, MailUndo? before, CancellationToken cancellation)
    {
        var item = await db.Items.Where(i => i.Id == done.TargetId)
            .Select(i => new { i.Title, IsMuted = db.Subscriptions.Any(s => s.ItemId == i.Id && s.MemberId == done.MemberId && s.Following == Following.Muted) })
            .FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return new(done.Action, item.Title, item.IsMuted, false, [], before is not null && item.IsMuted);
    }

    private static async Task<MailActionView> GroupAsync(AppDbContext db, MailActionToken done, MailUndo? before, CancellationToken cancellation)
    {
        var group = await db.Groups.AsNoTracking().FirstOrDefaultAsync(g => g.Id == done.TargetId, cancellation);
        // Whoever left a hidden group knows of it no more: the gesture is confirmed once, without its name.
        if (group is null) return before is { Done.Action: MailAction.LeaveGroup } ? new(done.Action, null, true, false, [], false) : throw new NotFoundException();

        var mine = await MineAsync(db, done, cancellation);
        if (done.Action == MailAction.LeaveGroup)
            return new(done.Action, group.Name, mine is null, mine?.Role == GroupRole.Owner, [], before is not null && mine is null && await LeftByThatAsync(db, before, cancellation));

        var isStopped = mine is null or { MailLevel: MailLevel.Nothing };
        return new(done.Action, group.Name, isStopped, false, [], before is not null && mine is not null && isStopped);
    }

    /// <summary>Does it. Doing it again changes nothing more.</summary>
    /// <returns>What undoes it, or null when there was nothing to do.</returns>
    /// <exception cref="NotFoundException">Not a token of ours, or of somebody else.</exception>
    /// <exception cref="ForbiddenException">An owner cannot leave the group.</exception>
    public async Task<string?> ActAsync(Viewer current, string token, CancellationToken cancellation)
    {
        var done = await RequireAsync(current, token, cancellation);
        var undo = done.Action switch
        {
            MailAction.MuteThread => await MuteAsync(done, cancellation),
            MailAction.StopGroup => await StopAsync(done, cancellation),
            MailAction.LeaveGroup => await LeaveAsync(done, cancellation),
            MailAction.StopDailyDigest or MailAction.StopWeeklyDigest => await StopDigestAsync(done, cancellation),
            _ => await StopAllAsync(done, cancellation),
        };
        return undo is null ? null : tokens.Make(undo);
    }

    /// <summary>Sets the levels of the groups, by the link to the settings.</summary>
    /// <exception cref="NotFoundException">Not such a token of ours, or of somebody else.</exception>
    public async Task SetAsync(Viewer current, string token, IReadOnlyDictionary<string, MailLevel> chosen, CancellationToken cancellation)
    {
        var done = await RequireAsync(current, token, cancellation);
        if (done.Action != MailAction.Settings) throw new NotFoundException();
        await levels.ExecuteAsync(Viewer.Member(done.MemberId), chosen, cancellation);
    }

    /// <summary>Puts things back as they stood, as far as nothing else was decided since.</summary>
    /// <exception cref="NotFoundException">Not a token of ours, of somebody else, too old, or of a group that the member may not see any more.</exception>
    /// <exception cref="ForbiddenException">The member was removed since, or the group archived.</exception>
    public async Task UndoAsync(Viewer current, string token, string? undo, CancellationToken cancellation)
    {
        var done = await RequireAsync(current, token, cancellation);
        var before = UndoOf(done, undo) ?? throw new NotFoundException();
        await using var db = database.Open(Viewer.Member(done.MemberId));
        switch (done.Action)
        {
            case MailAction.MuteThread:
                var muted = db.Subscriptions.Where(s => s.ItemId == done.TargetId && s.MemberId == done.MemberId && s.Following == Following.Muted);
                if (before.Before == MailUndo.Nothing) await muted.ExecuteDeleteAsync(cancellation);
                else await muted.ExecuteUpdateAsync(set => set.SetProperty(s => s.Following, (Following)before.Before), cancellation);
                break;
            case MailAction.StopGroup:
                await db.Memberships.Where(m => m.GroupId == done.TargetId && m.MemberId == done.MemberId && m.State == MembershipState.Active && m.MailLevel == MailLevel.Nothing)
                    .ExecuteUpdateAsync(set => set.SetProperty(m => m.MailLevel, (MailLevel)before.Before), cancellation);
                break;
            case MailAction.LeaveGroup:
                await ComeBackAsync(before, cancellation);
                break;
        }
    }

    /// <summary>The member whose settings a link leads to.</summary>
    /// <exception cref="NotFoundException">Not such a token of ours, or of somebody else.</exception>
    public async Task<Viewer> SettingsViewerAsync(Viewer current, string token, CancellationToken cancellation)
    {
        var done = await RequireAsync(current, token, cancellation);
        return done.Action == MailAction.Settings ? Viewer.Member(done.MemberId) : throw new NotFoundException();
    }

    private MailUndo? UndoOf(MailActionToken done, string? undo) =>
        tokens.ReadUndo(undo) is { } before && before.Done == done && Now() - before.At < UndoFor ? before : null;

    private async Task<MailActionToken> RequireAsync(Viewer current, string token, CancellationToken cancellation)
    {
        var done = tokens.ReadAction(token) ?? throw new NotFoundException();
        if (current.IsMember && current.MemberId != done.MemberId) throw new NotFoundException();

        await using var db = database.Open(Viewer.Member(done.MemberId));
        return await db.Members.AnyAsync(m => m.Id == done.MemberId && m.State == MemberState.Active, cancellation) ? done : throw new NotFoundException();
    }

    private static Task<Membership?> MineAsync(AppDbContext db, MailActionToken done, CancellationToken cancellation) => db.Memberships.AsNoTracking()
        .FirstOrDefaultAsync(m => m.GroupId == done.TargetId && m.MemberId == done.MemberId && m.State == MembershipState.Active, cancellation);

    private async Task<MailUndo?> MuteAsync(MailActionToken done, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.Member(done.MemberId));
        if (!await db.Items.AnyAsync(i => i.Id == done.TargetId, cancellation)) return null;

        var present = await db.Subscriptions.FirstOrDefaultAsync(s => s.ItemId == done.TargetId && s.MemberId == done.MemberId, cancellation);
        if (present is { Following: Following.Muted }) return null;

        var before = present is null ? MailUndo.Nothing : (int)present.Following;
        if (present is null) db.Subscriptions.Add(new Subscription { ItemId = done.TargetId, MemberId = done.MemberId, Following = Following.Muted });
        else present.Following = Following.Muted;
        await db.SaveChangesAsync(cancellation);
        return new(done, before, 0, Now());
    }

    private async Task<MailUndo?> StopAsync(MailActionToken done, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.Member(done.MemberId));
        if (await MineAsync(db, done, cancellation) is not { MailLevel: > MailLevel.Nothing } mine) return null;

        await db.Memberships.Where(m => m.Id == mine.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.MailLevel, MailLevel.Nothing), cancellation);
        return new(done, (int)mine.MailLevel, 0, Now());
    }

    private Task<MailUndo?> LeaveAsync(MailActionToken done, CancellationToken cancellation) =>
        database.TransactAsync(Viewer.Member(done.MemberId), async (db, token) =>
        {
            if (await MineAsync(db, done, token) is not { } mine) return null;
            if (mine.Role == GroupRole.Owner) throw new ForbiddenException(InboxTexts.OwnerCannotLeave);

            if (!await memberships.EndAsync(db, done.TargetId, done.MemberId, done.MemberId, MembershipState.Left, token)) return null;
            var since = await db.Memberships.Where(m => m.Id == mine.Id).Select(m => m.Since).FirstAsync(token);
            return new MailUndo(done, (int)mine.MailLevel, (int)mine.Role, since);
        }, cancellation);

    // The way back is open to who left by that very click: not to who was removed since, or came back and left again; nor into a group
    // that is archived.
    private static Task<bool> LeftByThatAsync(AppDbContext db, MailUndo before, CancellationToken cancellation) => db.Memberships.AnyAsync(
        m => m.GroupId == before.Done.TargetId && m.MemberId == before.Done.MemberId && m.State == MembershipState.Left && m.Since == before.At && m.Group!.ArchivedAt == null,
        cancellation);

    private Task<bool> ComeBackAsync(MailUndo before, CancellationToken cancellation) =>
        database.TransactAsync(Viewer.Member(before.Done.MemberId), async (db, token) =>
        {
            var (group, member) = (before.Done.TargetId, before.Done.MemberId);
            if (!await db.Groups.AnyAsync(g => g.Id == group, token)) throw new NotFoundException();
            if (await MineAsync(db, before.Done, token) is not null) return false;
            if (!await LeftByThatAsync(db, before, token)) throw new ForbiddenException(InboxTexts.CannotComeBack);

            return await memberships.EnterAsync(db, new MembershipEntry
            {
                GroupId = group,
                MemberId = member,
                ActorId = member,
                Origin = MembershipOrigin.Joined,
                Role = (GroupRole)before.Role,
                MailLevel = (MailLevel)before.Before,
            }, token);
        }, cancellation);

    private async Task<MailUndo?> StopAllAsync(MailActionToken done, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.Member(done.MemberId));
        await db.Memberships.Where(m => m.MemberId == done.MemberId && m.State == MembershipState.Active)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.MailLevel, MailLevel.Nothing), cancellation);
        return null;
    }

    private static IQueryable<Membership> Summed(AppDbContext db, MailActionToken done)
    {
        var level = done.Action == MailAction.StopDailyDigest ? MailLevel.DailyDigest : MailLevel.WeeklyDigest;
        return db.Memberships.Where(m => m.MemberId == done.MemberId && m.State == MembershipState.Active && m.MailLevel == level);
    }

    private async Task<MailUndo?> StopDigestAsync(MailActionToken done, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.Member(done.MemberId));
        await Summed(db, done).ExecuteUpdateAsync(set => set.SetProperty(m => m.MailLevel, MailLevel.Nothing), cancellation);
        return null;
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
