using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Platform.Notifications;

/// <summary>
/// Decides who is told of an activity, and why. Only people who can read the content at that moment are told, the actor never is,
/// and whoever muted the thread is told only when called by name. Of what nobody did, all are told who animate the group.
/// </summary>
public sealed class Notifier(ModuleCatalog modules, Notices notices, ContentNotices contentNotices, UrgentContents urgent, MailTiming timing, IEnumerable<IMoreFollowers> more, TimeProvider clock) : IActivityConsumer
{
    /// <inheritdoc />
    public int Order => 10;

    /// <inheritdoc />
    public async Task ConsumeAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        if (activity.Kind is ActivityKinds.ItemRemoved or ActivityKinds.CommentRemoved) await SettleAsync(db, activity, cancellation);
        if (activity.Quiet) return;

        var reasons = activity.ItemId is { } itemId
            ? await OfContentAsync(db, activity, itemId, cancellation)
            : await OfGroupAsync(db, activity, cancellation);
        if (notices.Of(activity.Kind) is null && contentNotices.Of(activity.Kind) is not { IsByItself: true }) reasons.Remove(activity.ActorId);
        if (reasons.Count == 0) return;

        var told = await db.Notifications.Where(n => n.ActivityId == activity.Id).Select(n => n.MemberId).ToListAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await DueAsync(db, activity, reasons, now, cancellation);
        db.Notifications.AddRange(reasons.Where(r => !told.Contains(r.Key)).Select(r => new Notification
        {
            MemberId = r.Key,
            ActivityId = activity.Id,
            ItemId = activity.ItemId,
            GroupId = activity.GroupId,
            Reason = r.Value,
            CreatedAt = now,
            MailDueAt = due.GetValueOrDefault(r.Key),
        }));
        await db.SaveChangesAsync(cancellation);
    }

    // Decided with the row, which is written once: running again makes no second mail.
    private async Task<Dictionary<Guid, DateTime?>> DueAsync(AppDbContext db, Activity activity, Dictionary<Guid, NotificationReason> reasons, DateTime now, CancellationToken cancellation)
    {
        if (!MailTiming.IsGathered(activity.Kind)) return [];

        var isUrgent = await urgent.IsUrgentAsync(db, activity, cancellation);
        var members = reasons.Keys.ToList();
        var levels = await db.Memberships.Where(m => m.GroupId == activity.GroupId && m.State == MembershipState.Active && members.Contains(m.MemberId))
            .ToDictionaryAsync(m => m.MemberId, m => m.MailLevel, cancellation);
        var preferences = await db.MailPreferences.AsNoTracking().Where(p => members.Contains(p.MemberId)).ToDictionaryAsync(p => p.MemberId, cancellation);
        return reasons
            .Where(r => MailTiming.WantsAtOnce(activity.Kind, r.Value, levels.GetValueOrDefault(r.Key), isUrgent) && preferences.GetValueOrDefault(r.Key) is not { IsSilent: true })
            .ToDictionary(r => r.Key, r => (DateTime?)timing.DueAt(now, preferences.GetValueOrDefault(r.Key)));
    }

    // What went to the trash can no longer be seen, and so would be counted as unread for ever.
    private async Task SettleAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        var isBack = activity.CommentId is { } id ? await db.Comments.AnyAsync(c => c.Id == id, cancellation) : await db.Items.AnyAsync(i => i.Id == activity.ItemId, cancellation);
        if (isBack) return;

        var about = db.Notifications.Where(n => n.ReadAt == null);
        about = activity.CommentId is { } comment ? about.Where(n => n.Activity!.CommentId == comment) : about.Where(n => n.ItemId == activity.ItemId);
        await about.ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, clock.GetUtcNow().UtcDateTime), cancellation);
    }

    private async Task<Dictionary<Guid, NotificationReason>> OfContentAsync(AppDbContext db, Activity activity, Guid itemId, CancellationToken cancellation)
    {
        var item = await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.Id == itemId, cancellation);
        if (item is null || !modules.Kind(item.Kind).Can(Capability.Streamed)) return [];

        var readers = await ReadersAsync(db, item, cancellation);
        var following = await db.Subscriptions.Where(s => s.ItemId == itemId).ToDictionaryAsync(s => s.MemberId, s => s.Following, cancellation);
        var reasons = activity.Kind switch
        {
            ActivityKinds.ItemCreated or ActivityKinds.ItemVersioned => ByLevel(readers, MailLevel.WeeklyDigest),
            ActivityKinds.CommentCreated => ByLevel(readers, MailLevel.Everything),
            _ => [],
        };

        if (activity.Kind == ActivityKinds.CommentCreated)
        {
            foreach (var (member, _) in following.Where(f => f.Value == Following.Followed && readers.ContainsKey(f.Key))) reasons[member] = NotificationReason.Following;
            foreach (var author in await AnsweredAsync(db, activity, item, cancellation)) if (readers.ContainsKey(author)) reasons[author] = NotificationReason.Author;
        }

        if (activity.Kind is ActivityKinds.ItemRewritten or ActivityKinds.ItemVersioned)
            foreach (var (member, _) in following.Where(f => f.Value == Following.Followed && readers.ContainsKey(f.Key))) reasons[member] = NotificationReason.Following;

        if (activity.Kind is ActivityKinds.ItemCreated or ActivityKinds.ItemRewritten or ActivityKinds.CommentCreated)
            foreach (var kind in more.Where(m => m.Kind == item.Kind))
                foreach (var member in (await kind.OfAsync(db, item, cancellation)).Keys.Where(m => readers.ContainsKey(m) && reasons.GetValueOrDefault(m) != NotificationReason.Author)) reasons[member] = NotificationReason.Following;

        if (activity.Kind == ActivityKinds.Annotated)
        {
            foreach (var (member, _) in following.Where(f => f.Value == Following.Followed && readers.ContainsKey(f.Key))) reasons[member] = NotificationReason.Following;
            if (readers.ContainsKey(item.AuthorId)) reasons[item.AuthorId] = NotificationReason.Author;
        }

        if (contentNotices.Of(activity.Kind) is { } notice)
        {
            reasons = notice.IsForAll ? ByLevel(readers, MailLevel.WeeklyDigest) : [];
            if (!notice.IsForAll) foreach (var animator in await AnimatorsAsync(db, item, cancellation)) reasons[animator] = NotificationReason.Animator;
            foreach (var (member, _) in following.Where(f => f.Value == Following.Followed && readers.ContainsKey(f.Key))) reasons[member] = NotificationReason.Following;
            if (readers.ContainsKey(item.AuthorId)) reasons[item.AuthorId] = NotificationReason.Author;
        }

        if (activity.Kind == ActivityKinds.Reacted && activity.SubjectId is { } thanked && readers.ContainsKey(thanked)) reasons[thanked] = NotificationReason.Author;

        foreach (var (member, _) in following.Where(f => f.Value == Following.Muted)) reasons.Remove(member);
        if (activity.Kind == ActivityKinds.Invited && activity.SubjectId is { } invited && await MayReadAsync(db, item, readers, invited, cancellation)) reasons[invited] = NotificationReason.Personal;
        if (activity.Kind is ActivityKinds.ItemCreated or ActivityKinds.CommentCreated or ActivityKinds.Mentioned)
            foreach (var member in await MentionedReadersAsync(db, activity, item, readers, cancellation)) reasons[member] = NotificationReason.Mention;

        return reasons;
    }

    private static Dictionary<Guid, NotificationReason> ByLevel(Dictionary<Guid, MailLevel> readers, MailLevel least) =>
        readers.Where(r => r.Value >= least).ToDictionary(r => r.Key, _ => NotificationReason.Group);

    // Members of the group with their level. Others can read a wider audience, but nobody is told of a group that he is not in.
    private static Task<Dictionary<Guid, MailLevel>> ReadersAsync(AppDbContext db, ContentItem item, CancellationToken cancellation) =>
        db.Memberships.Where(m => m.GroupId == item.GroupId && m.State == MembershipState.Active && m.Member!.State == MemberState.Active)
            .ToDictionaryAsync(m => m.MemberId, m => m.MailLevel, cancellation);

    private static Task<List<Guid>> AnimatorsAsync(AppDbContext db, ContentItem item, CancellationToken cancellation) =>
        db.Memberships.Where(m => m.GroupId == item.GroupId && m.State == MembershipState.Active && m.Role >= GroupRole.Animator && m.Member!.State == MemberState.Active).Select(m => m.MemberId).ToListAsync(cancellation);

    private static async Task<List<Guid>> AnsweredAsync(AppDbContext db, Activity activity, ContentItem item, CancellationToken cancellation)
    {
        var comment = await db.Comments.AsNoTracking().FirstOrDefaultAsync(c => c.Id == activity.CommentId, cancellation);
        if (comment?.ParentNumber is not { } parent) return [item.AuthorId];

        return await db.Comments.Where(c => c.ItemId == item.Id && c.Number == parent).Select(c => c.AuthorId).ToListAsync(cancellation);
    }

    private static async Task<List<Guid>> MentionedReadersAsync(AppDbContext db, Activity activity, ContentItem item, Dictionary<Guid, MailLevel> readers, CancellationToken cancellation)
    {
        var mentioned = ActivityParticulars.Of(activity).Mentioned;
        if (mentioned.Count == 0) return [];
        if (item.Audience == Audience.Group) return [.. mentioned.Where(readers.ContainsKey)];

        return await db.Members.Where(m => mentioned.Contains(m.Id) && m.State == MemberState.Active).Select(m => m.Id).ToListAsync(cancellation);
    }

    // Whoever is invited by name need not be in the group.
    private static async Task<bool> MayReadAsync(AppDbContext db, ContentItem item, Dictionary<Guid, MailLevel> readers, Guid member, CancellationToken cancellation) =>
        readers.ContainsKey(member) || (item.Audience != Audience.Group && await db.Members.AnyAsync(m => m.Id == member && m.State == MemberState.Active, cancellation));

    private async Task<Dictionary<Guid, NotificationReason>> OfGroupAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        if (notices.Of(activity.Kind) is { IsPersonal: true })
            return await db.Memberships.Where(m => m.GroupId == activity.GroupId && m.MemberId == activity.SubjectId && m.State == MembershipState.Active && m.Member!.State == MemberState.Active)
                .ToDictionaryAsync(m => m.MemberId, _ => NotificationReason.Personal, cancellation);

        if (activity.Kind == ActivityKinds.JoinRequested || notices.Of(activity.Kind) is not null)
            return await db.Memberships
                .Where(m => m.GroupId == activity.GroupId && m.State == MembershipState.Active && m.Role >= GroupRole.Animator && m.Member!.State == MemberState.Active)
                .ToDictionaryAsync(m => m.MemberId, _ => NotificationReason.Animator, cancellation);

        return activity is { Kind: ActivityKinds.JoinAccepted or ActivityKinds.JoinRefused or ActivityKinds.MemberAdded or ActivityKinds.OwnerChanged, SubjectId: { } subject }
            ? new() { [subject] = NotificationReason.Personal }
            : [];
    }
}
