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

/// <summary>Somebody who gets a mail.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Name">Name.</param>
/// <param name="Address">Address.</param>
/// <param name="Reason">Why.</param>
/// <param name="Level">The level chosen for the group.</param>
internal sealed record MailRecipient(Guid MemberId, string Name, string Address, NotificationReason Reason, MailLevel Level);

/// <summary>
/// Turns the notifications of an activity into mails, one an event and person, frozen as they leave for the outbox. Runs after the
/// notifications are there; the outbox refuses a second copy, so running again changes nothing.
/// </summary>
internal sealed class MailConsumer(ActivityLetters letters, Notices notices, UrgentContents urgent, MailOutbox outbox) : IActivityConsumer
{
    private static readonly string[] Mailed =
    [
        ActivityKinds.ItemCreated, ActivityKinds.CommentCreated,
        ActivityKinds.JoinRequested, ActivityKinds.JoinAccepted, ActivityKinds.JoinRefused, ActivityKinds.MemberAdded, ActivityKinds.OwnerChanged,
    ];

    /// <inheritdoc />
    public int Order => 20;

    /// <inheritdoc />
    public async Task ConsumeAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        if (activity.Quiet || (!Mailed.Contains(activity.Kind) && notices.Of(activity.Kind) is null)) return;

        // Members have no language of their own; whoever started the dispatcher has no say in it either.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        var recipients = await RecipientsAsync(db, activity, cancellation);
        if (recipients.Count == 0 || await letters.WriteAsync(db, activity, cancellation) is not { } letter) return;

        var rows = new List<MailRow>(recipients.Count);
        foreach (var recipient in recipients) rows.Add(await letters.AddressAsync(letter, recipient));
        await outbox.AddAsync(db, rows, cancellation);
    }

    private async Task<List<MailRecipient>> RecipientsAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        var told = await db.Notifications
            .Where(n => n.ActivityId == activity.Id && n.Member!.State == MemberState.Active && n.Member.Email != null)
            .Select(n => new
            {
                n.MemberId, n.Member!.Name, n.Member.Email, n.Reason,
                Level = db.Memberships.Where(m => m.GroupId == activity.GroupId && m.MemberId == n.MemberId && m.State == MembershipState.Active)
                    .Select(m => (MailLevel?)m.MailLevel).FirstOrDefault(),
                IsMuted = db.Subscriptions.Any(s => s.ItemId == activity.ItemId && s.MemberId == n.MemberId && s.Following == Following.Muted),
            }).ToListAsync(cancellation);

        // The rights of this moment, not of the moment of the notification.
        var item = await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.Id == activity.ItemId, cancellation);
        var isForAll = activity.ItemId is null || item is { Audience: >= Audience.Platform };
        var isUrgent = activity.Kind == ActivityKinds.ItemCreated && item is not null && await urgent.IsUrgentAsync(db, item, cancellation);
        return [.. told
            .Where(t => (isForAll || t.Level is not null) && (!t.IsMuted || t.Reason == NotificationReason.Mention) && Wants(activity.Kind, t.Reason, t.Level ?? MailLevel.Nothing, isUrgent))
            .Select(t => new MailRecipient(t.MemberId, t.Name, t.Email!, t.Reason, t.Level ?? MailLevel.Nothing))];
    }

    /// <summary>Whether somebody told for that reason wants a mail at that level.</summary>
    internal static bool Wants(string kind, NotificationReason reason, MailLevel level, bool isUrgent) => reason switch
    {
        NotificationReason.Mention or NotificationReason.Animator or NotificationReason.Personal => true,
        NotificationReason.Following or NotificationReason.Author => level > MailLevel.Nothing,
        _ when isUrgent => level > MailLevel.Nothing,
        _ => level >= (kind == ActivityKinds.ItemCreated ? MailLevel.NewThreads : MailLevel.Everything),
    };
}
