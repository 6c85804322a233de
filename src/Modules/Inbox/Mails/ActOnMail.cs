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
/// <param name="Target">Title of the content or name of the group.</param>
/// <param name="IsDone">Whether it is done already.</param>
/// <param name="IsOwner">Whether the member owns the group, and so cannot leave it.</param>
/// <param name="Groups">Levels to set, for the settings.</param>
internal sealed record MailActionView(MailAction Action, string Target, bool IsDone, bool IsOwner, IReadOnlyList<GroupLevel> Groups);

/// <summary>
/// Acts on a link of a mail for the member it was sent to, signed in or not. The sealed token is the right to; it serves that member alone, so
/// somebody else's session does not.
/// </summary>
internal sealed class ActOnMail(AppDb database, MailActionTokens tokens, MembershipWriter memberships, SetMailLevels levels, TimeProvider clock)
{
    private static readonly TimeSpan UndoFor = TimeSpan.FromDays(1);

    /// <summary>What the link is about. Changes nothing, however often.</summary>
    /// <exception cref="NotFoundException">Not a token of ours, of somebody else, or about what is gone.</exception>
    public async Task<MailActionView> ReadAsync(Viewer current, string token, CancellationToken cancellation)
    {
        var done = await RequireAsync(current, token, cancellation);
        await using var db = database.Open(Viewer.Member(done.MemberId));
        if (done.Action == MailAction.Settings) return new(done.Action, "", false, false, await ReadMailSettings.GroupsAsync(db, cancellation));
        if (done.Action == MailAction.MuteThread)
        {
            var item = await db.Items.Where(i => i.Id == done.TargetId)
                .Select(i => new { i.Title, IsMuted = db.Subscriptions.Any(s => s.ItemId == i.Id && s.MemberId == done.MemberId && s.Following == Following.Muted) })
                .FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
            return new(done.Action, item.Title, item.IsMuted, false, []);
        }

        var group = await db.Groups.Where(g => g.Id == done.TargetId).Select(g => g.Name).FirstOrDefaultAsync(cancellation);
        var mine = await MineAsync(db, done, cancellation);

        // Whoever left a hidden group no longer knows of it.
        if (group is null) throw new NotFoundException();
        var isDone = mine is null || (done.Action == MailAction.StopGroup && mine.MailLevel == MailLevel.Nothing);
        return new(done.Action, group, isDone, mine?.Role == GroupRole.Owner, []);
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

    /// <summary>Whether what <paramref name="undo"/> undoes was done by that link, not too long ago.</summary>
    public bool CanUndo(string token, string? undo) => UndoOf(token, undo) is not null;

    /// <summary>Puts things back as they stood.</summary>
    /// <exception cref="NotFoundException">Not a token of ours, of somebody else, or too old.</exception>
    public async Task UndoAsync(Viewer current, string token, string? undo, CancellationToken cancellation)
    {
        var done = await RequireAsync(current, token, cancellation);
        var before = UndoOf(token, undo) ?? throw new NotFoundException();
        await using var db = database.Open(Viewer.Member(done.MemberId));
        switch (done.Action)
        {
            case MailAction.MuteThread:
                var muted = db.Subscriptions.Where(s => s.ItemId == done.TargetId && s.MemberId == done.MemberId && s.Following == Following.Muted);
                if (before.Before == MailUndo.Nothing) await muted.ExecuteDeleteAsync(cancellation);
                else await muted.ExecuteUpdateAsync(set => set.SetProperty(s => s.Following, (Following)before.Before), cancellation);
                break;
            case MailAction.StopGroup:
                await db.Memberships.Where(m => m.GroupId == done.TargetId && m.MemberId == done.MemberId && m.State == MembershipState.Active)
                    .ExecuteUpdateAsync(set => set.SetProperty(m => m.MailLevel, (MailLevel)before.Before), cancellation);
                break;
            case MailAction.LeaveGroup:
                await ComeBackAsync(before, cancellation);
                break;
        }
    }

    private MailUndo? UndoOf(string token, string? undo) =>
        tokens.ReadAction(token) is { } done && tokens.ReadUndo(undo) is { } before && before.Done == done && clock.GetUtcNow().UtcDateTime - before.At < UndoFor ? before : null;

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

            await memberships.EndAsync(db, done.TargetId, done.MemberId, done.MemberId, MembershipState.Left, token);
            return new MailUndo(done, (int)mine.MailLevel, (int)mine.Role, Now());
        }, cancellation);

    // Only who left by himself comes back: whoever was removed since then does not.
    private Task<bool> ComeBackAsync(MailUndo before, CancellationToken cancellation) =>
        database.TransactAsync(Viewer.Member(before.Done.MemberId), async (db, token) =>
        {
            var (group, member) = (before.Done.TargetId, before.Done.MemberId);
            var charter = await db.Memberships.Where(m => m.GroupId == group && m.MemberId == member && m.State == MembershipState.Left && m.Since <= before.At.AddMinutes(1))
                .Select(m => (int?)m.CharterAccepted).FirstOrDefaultAsync(token);
            if (charter is null) return false;

            return await memberships.EnterAsync(db, new MembershipEntry
            {
                GroupId = group,
                MemberId = member,
                ActorId = member,
                Origin = MembershipOrigin.Joined,
                Role = (GroupRole)before.Role,
                MailLevel = (MailLevel)before.Before,
                CharterAccepted = charter.Value,
            }, token);
        }, cancellation);

    private async Task<MailUndo?> StopAllAsync(MailActionToken done, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.Member(done.MemberId));
        await db.Memberships.Where(m => m.MemberId == done.MemberId && m.State == MembershipState.Active)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.MailLevel, MailLevel.Nothing), cancellation);
        return null;
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
