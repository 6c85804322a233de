using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Platform.Notifications;

/// <summary>Which notifications become a mail of their own, and when it is due. All others are left to the summaries.</summary>
public sealed class MailTiming(MailOptions options, Dates dates)
{
    /// <summary>
    /// Whether somebody told for that reason wants a mail at once at that level. Following a thread is an explicit wish, and wins over a summary; it does not win
    /// over <see cref="MailLevel.Nothing"/>, since that is what the one click of a mail program sets (RFC 8058), and what is stopped stays stopped.
    /// </summary>
    /// <param name="kind">Kind of activity.</param>
    /// <param name="reason">Why the member is told.</param>
    /// <param name="level">The level chosen for the group.</param>
    /// <param name="isUrgent">Whether the content does not wait for a summary.</param>
    public static bool WantsAtOnce(string kind, NotificationReason reason, MailLevel level, bool isUrgent = false) => reason switch
    {
        NotificationReason.Mention or NotificationReason.Animator or NotificationReason.Personal => true,
        NotificationReason.Following or NotificationReason.Author => level > MailLevel.Nothing,
        // What is urgent does not wait for a summary.
        _ when isUrgent => level > MailLevel.Nothing,
        _ => level >= (kind == ActivityKinds.ItemCreated ? MailLevel.NewThreads : MailLevel.Everything),
    };

    /// <summary>Whether it is addressed to the member in person, and so is not held while the member is away.</summary>
    public static bool IsPersonal(NotificationReason reason) => reason is NotificationReason.Mention or NotificationReason.Animator or NotificationReason.Personal;

    /// <summary>Whether notifications of that kind of activity are gathered: those of contents and answers.</summary>
    public static bool IsGathered(string kind) => kind is ActivityKinds.ItemCreated or ActivityKinds.CommentCreated;

    /// <summary>When the mail of what is told now is to be written: some minutes later, or at the end of the member's quiet hours.</summary>
    /// <param name="now">The present moment, UTC.</param>
    /// <param name="preferences">The member's; null for whoever chose nothing.</param>
    public DateTime DueAt(DateTime now, MailPreferences? preferences)
    {
        var due = now + TimeSpan.FromMinutes(options.GatherMinutes);
        if (preferences is not { QuietFrom: { } from, QuietUntil: { } until } || from == until) return due;

        var local = dates.Local(due);
        var isQuiet = from < until ? local.Hour >= from && local.Hour < until : local.Hour >= from || local.Hour < until;
        if (!isQuiet) return due;

        var day = DateOnly.FromDateTime(local);
        return dates.Utc(local.Hour < until ? day : day.AddDays(1), until);
    }
}
