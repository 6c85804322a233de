using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>
/// Turns the notifications of an activity into mails: at once what concerns members in person or the animators of a group, and contents and answers too where mails
/// do not wait; otherwise <see cref="GatherMails"/> writes these when their hour has come. Running again changes nothing.
/// </summary>
internal sealed class MailConsumer(ActivityLetters letters, GatherMails gather, Notices notices, FollowedOtherwise otherwise, MailOutbox outbox) : IActivityConsumer
{
    private static readonly string[] Mailed =
        [ActivityKinds.JoinRequested, ActivityKinds.JoinAccepted, ActivityKinds.JoinRefused, ActivityKinds.MemberAdded, ActivityKinds.OwnerChanged, ActivityKinds.ItemRewritten, ActivityKinds.ItemVersioned, ActivityKinds.Mentioned];

    /// <summary>Kinds of these mails; whoever brings a notice declares its own.</summary>
    public static IEnumerable<string> Kinds => [ActivityKinds.ItemCreated, ActivityKinds.CommentCreated, .. Mailed];

    /// <inheritdoc />
    public int Order => 20;

    /// <inheritdoc />
    public async Task ConsumeAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        if (activity.Quiet) return;

        // Members have no language of their own; whoever started the dispatcher has no say in it either.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        if (MailTiming.IsGathered(activity.Kind) && activity.ItemId is not null) await gather.WriteAsync(activity, cancellation);
        else if (Mailed.Contains(activity.Kind) || notices.Of(activity.Kind) is not null) await OfGroupAsync(db, activity, cancellation);
    }

    private async Task OfGroupAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        var recipients = await RecipientsAsync(db, activity, cancellation);
        if (recipients.Count == 0 || await letters.WriteAsync(db, activity, cancellation) is not { } letter) return;

        var why = activity.Kind == ActivityKinds.ItemRewritten && await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.Id == activity.ItemId, cancellation) is { } item
            ? await otherwise.WhyAsync(db, item, cancellation)
            : new Dictionary<Guid, string>();
        var rows = new List<MailRow>(recipients.Count);
        foreach (var recipient in recipients) rows.Add(await letters.AddressAsync(letter, recipient with { Why = why.GetValueOrDefault(recipient.MemberId) }));
        await outbox.AddAsync(db, rows, cancellation);
    }

    private static async Task<List<MailRecipient>> RecipientsAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        var told = await db.Notifications
            .Where(n => n.ActivityId == activity.Id && n.Member!.State == MemberState.Active && n.Member.Email != null && !db.MailPreferences.Any(p => p.MemberId == n.MemberId && p.IsSilent))
            .Select(n => new
            {
                n.MemberId, n.Member!.Name, n.Member.Email, n.Reason,
                Level = db.Memberships.Where(m => m.GroupId == activity.GroupId && m.MemberId == n.MemberId && m.State == MembershipState.Active)
                    .Select(m => (MailLevel?)m.MailLevel).FirstOrDefault(),
            }).ToListAsync(cancellation);
        return [.. told.Where(t => MailTiming.WantsAtOnce(activity.Kind, t.Reason, t.Level ?? MailLevel.Nothing))
            .Select(t => new MailRecipient(t.MemberId, t.Name, t.Email!, t.Reason, t.Level ?? MailLevel.Nothing))];
    }
}
