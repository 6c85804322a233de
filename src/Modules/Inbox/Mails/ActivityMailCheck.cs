using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>
/// Whether the mail of an activity may leave. It goes back to the notification it was made of, which follows a content that was moved,
/// merged or split, and is forgotten when its member leaves the group.
/// </summary>
internal sealed class ActivityMailCheck(Notices notices, UrgentContents urgent, TimeProvider clock) : IMailCheck
{
    /// <summary>Name of the field that holds the numbers of the posts, in a mail of several.</summary>
    public const string Numbers = "X-Territoire-Messages";

    private const string Prefix = "activity:";
    private const int KeyLength = 32;

    /// <summary>What makes the mail of an activity to a member unique; of several posts, the mail of the last and of as many.</summary>
    public static string KeyOf(Guid activityId, Guid memberId, int posts) => posts < 2 ? $"{Prefix}{activityId:N}:{memberId:N}" : $"{Prefix}{activityId:N}:{memberId:N}:{posts}";

    /// <inheritdoc />
    public bool Decides(MailRow mail) => mail.UniqueKey.StartsWith(Prefix, StringComparison.Ordinal);

    /// <inheritdoc />
    public async Task<bool> MayLeaveAsync(AppDbContext db, MailRow mail, CancellationToken cancellation)
    {
        if (mail.MemberId is not { } member || !Guid.TryParseExact(mail.UniqueKey.AsSpan(Prefix.Length, KeyLength), "N", out var activity)) return false;

        var told = await db.Notifications.AsNoTracking().Include(n => n.Activity)
            .FirstOrDefaultAsync(n => n.ActivityId == activity && n.MemberId == member && n.Member!.State == MemberState.Active, cancellation);
        if (told?.Activity is null) return false;

        // The mail names its group, which may have hidden itself since, or be another one than the content is in today.
        if (mail.GroupId is { } group && !await db.Groups.AnyAsync(g => g.Id == group, cancellation)) return false;
        if (told.Activity.ItemId is null) return await IsStillSoAsync(db, told.Activity, member, cancellation);
        return await IsReadableAndWantedAsync(db, told, cancellation) && await IsWholeAsync(db, mail, member, cancellation);
    }

    // Of several posts in one mail some may have gone to the trash: it does not leave as it was written, and is written again with those that stay.
    private async Task<bool> IsWholeAsync(AppDbContext db, MailRow mail, Guid member, CancellationToken cancellation)
    {
        if (mail.Headers.Split('\n').FirstOrDefault(h => h.StartsWith(Numbers + ": ", StringComparison.Ordinal)) is not { } field) return true;

        var numbers = field[(Numbers.Length + 2)..].Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).Where(n => n > 0).ToList();
        var kept = await db.Comments.Where(c => c.ItemId == mail.ItemId && numbers.Contains(c.Number)).Select(c => c.Id).ToListAsync(cancellation);
        if (kept.Count == numbers.Count) return true;

        var now = clock.GetUtcNow().UtcDateTime;
        await db.Notifications.Where(n => n.MemberId == member && n.ItemId == mail.ItemId && n.Activity!.CommentId != null && kept.Contains(n.Activity.CommentId.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.MailDueAt, now), cancellation);
        return false;
    }

    private async Task<bool> IsReadableAndWantedAsync(AppDbContext db, Notification told, CancellationToken cancellation)
    {
        var (activity, member) = (told.Activity!, told.MemberId);
        if (await ContentAsync(db, activity, cancellation) is not { } item) return false;

        // Whoever is called by name is told, whatever the level and the mute.
        if (told.Reason == NotificationReason.Mention) return true;
        if (await db.Subscriptions.AnyAsync(s => s.ItemId == item.Id && s.MemberId == member && s.Following == Following.Muted, cancellation)) return false;

        var level = await db.Memberships.Where(m => m.GroupId == item.GroupId && m.MemberId == member && m.State == MembershipState.Active)
            .Select(m => (MailLevel?)m.MailLevel).FirstOrDefaultAsync(cancellation);
        return level is not null && MailTiming.WantsAtOnce(activity.Kind, told.Reason, level.Value, await urgent.IsUrgentAsync(db, activity, cancellation));
    }

    private static Task<ContentItem?> ContentAsync(AppDbContext db, Activity activity, CancellationToken cancellation) => activity.CommentId is { } comment
        ? db.Comments.AsNoTracking().Where(c => c.Id == comment).Select(c => c.Item).FirstOrDefaultAsync(cancellation)
        : db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.Id == activity.ItemId, cancellation);

    private async Task<bool> IsStillSoAsync(AppDbContext db, Activity activity, Guid member, CancellationToken cancellation)
    {
        var memberships = db.Memberships.Where(m => m.GroupId == activity.GroupId);
        if (notices.Of(activity.Kind) is { } notice)
            return await memberships.AnyAsync(m => m.MemberId == member && m.State == MembershipState.Active && (notice.IsPersonal || m.Role >= GroupRole.Animator), cancellation)
                && await notice.IsStillSoAsync(db, activity, cancellation);

        return activity.Kind switch
        {
            // The request may have been taken back or answered, and who is told may animate the group no more.
            ActivityKinds.JoinRequested => await memberships.AnyAsync(
                m => m.MemberId == member && m.State == MembershipState.Active && m.Role >= GroupRole.Animator
                    && memberships.Any(asked => asked.MemberId == activity.ActorId && (asked.State == MembershipState.Requested || asked.State == MembershipState.RequestedAgain) && asked.Member!.State == MemberState.Active),
                cancellation),
            ActivityKinds.JoinAccepted or ActivityKinds.MemberAdded => await memberships.AnyAsync(m => m.MemberId == member && m.State == MembershipState.Active, cancellation),
            // Whoever was removed, asked again and was refused is removed as before.
            ActivityKinds.JoinRefused => await memberships.AnyAsync(m => m.MemberId == member && (m.State == MembershipState.Refused || m.State == MembershipState.Removed), cancellation),
            ActivityKinds.OwnerChanged => await memberships.AnyAsync(m => m.MemberId == member && m.State == MembershipState.Active && m.Role == GroupRole.Owner, cancellation),
            _ => false,
        };
    }
}
