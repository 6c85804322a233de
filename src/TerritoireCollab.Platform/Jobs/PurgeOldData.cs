using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Uploads;

namespace TerritoireCollab.Platform.Jobs;

/// <summary>How long each kind of data is kept; the page on personal data says the same.</summary>
public static class Retention
{
    /// <summary>Contents and comments in the trash.</summary>
    public static readonly TimeSpan Trash = TimeSpan.FromDays(30);
    /// <summary>Unsent drafts.</summary>
    public static readonly TimeSpan Drafts = TimeSpan.FromDays(180);
    /// <summary>The single changes of texts that several write at once, which are in the text: for those who come back with what they wrote offline.</summary>
    public static readonly TimeSpan SharedChanges = TimeSpan.FromDays(30);
    /// <summary>Closed or expired sign-ins, and used or expired mailed links.</summary>
    public static readonly TimeSpan Sessions = TimeSpan.FromDays(30);
    /// <summary>Mails that left, failed or were dropped: longer than they may be answered, so that who answers too late is told so.</summary>
    public static readonly TimeSpan Mails = TimeSpan.FromDays(120);
    /// <summary>Mails that came in, byte for byte.</summary>
    public static readonly TimeSpan RawMails = TimeSpan.FromDays(30);
    /// <summary>Links of mails that have served: longer than any of them is good.</summary>
    public static readonly TimeSpan SpentLinks = TimeSpan.FromDays(100);
    /// <summary>Notifications that were read.</summary>
    public static readonly TimeSpan Notifications = TimeSpan.FromDays(180);
    /// <summary>The security log (6 to 12 months, CNIL).</summary>
    public static readonly TimeSpan SecurityLog = TimeSpan.FromDays(365);
}

/// <summary>Erases each night what is past its time.</summary>
public sealed class PurgeOldData(AppDb database, ForgottenFiles files, DropUploads uploads, IEnumerable<ITrashShelf> shelves, TimeProvider clock) : IRecurringJob
{
    /// <inheritdoc />
    public string Key => "purge";

    /// <summary>Every night at 3:30.</summary>
    public string Hours => "0 30 3 * * ?";

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = clock.GetUtcNow().UtcDateTime;
        string[] trash = [AppDbContext.DeletedFilter];
        var (removed, drafts, sessions) = (now - Retention.Trash, now - Retention.Drafts, now - Retention.Sessions);
        var (mails, notifications, log) = (now - Retention.Mails, now - Retention.Notifications, now - Retention.SecurityLog);

        await CommentsAsync(db, trash, removed, cancellation);
        // What was merged into another content stays, empty: links to it go on leading there.
        await db.Items.IgnoreQueryFilters(trash)
            .Where(i => i.DeletedAt < removed && !db.Comments.Any(c => c.ItemId == i.Id && c.Kind == CommentKind.Trace && c.Body.StartsWith(Comment.MergedInto)))
            .ExecuteDeleteAsync(cancellation);
        foreach (var shelf in shelves) await shelf.PurgeAsync(db, removed, cancellation);
        await db.Drafts.Where(d => d.SavedAt < drafts).ExecuteDeleteAsync(cancellation);
        await db.Sessions.Where(s => s.ClosedAt < sessions || s.ExpiresAt < sessions || s.LastSeenAt < now - Members.Sessions.Idle - Retention.Sessions).ExecuteDeleteAsync(cancellation);
        await db.MailedLinks.Where(l => l.ExpiresAt < sessions).ExecuteDeleteAsync(cancellation);
        await db.Mails.Where(m => m.CreatedAt < mails && (m.State == MailState.Sent || m.State == MailState.Failed || m.State == MailState.Dropped)).ExecuteDeleteAsync(cancellation);
        await db.ReceivedMails.Where(m => m.RawFileId != null && m.ReceivedAt < now - Retention.RawMails).ExecuteUpdateAsync(set => set.SetProperty(m => m.RawFileId, (Guid?)null), cancellation);
        await db.ReceivedMails.Where(m => m.ReceivedAt < mails).ExecuteDeleteAsync(cancellation);
        // As long as answers to what stood in them are taken.
        await db.Digests.Where(d => d.CreatedAt < mails).ExecuteDeleteAsync(cancellation);
        var spent = now - Retention.SpentLinks;
        await db.SpentLinks.Where(l => l.At < spent).ExecuteDeleteAsync(cancellation);
        await db.Notifications.Where(n => n.ReadAt < notifications).ExecuteDeleteAsync(cancellation);
        await db.SecurityEvents.Where(e => e.At < log).ExecuteDeleteAsync(cancellation);
        // What a text was before it was taken off for good belongs to nothing any more.
        await db.Revisions.IgnoreQueryFilters(trash).Where(r => r.At < removed && r.TargetId != r.ItemId && !db.Comments.IgnoreQueryFilters(trash).Any(c => c.Id == r.TargetId)).ExecuteDeleteAsync(cancellation);
        await uploads.PurgeAsync(db, cancellation);
        await files.EraseAsync(db, cancellation);
    }

    // No foreign key leads from a comment to what hangs on it: its files, reactions and older texts go first.
    private static async Task CommentsAsync(AppDbContext db, string[] trash, DateTime removed, CancellationToken cancellation)
    {
        var comments = db.Comments.IgnoreQueryFilters(trash).Where(c => c.DeletedAt < removed);
        await db.Items.IgnoreQueryFilters(trash).Where(i => comments.Any(c => c.ItemId == i.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.AttachmentCount, i => db.Attachments.Count(a => a.ItemId == i.Id && !comments.Any(c => c.Id == a.CommentId))), cancellation);
        await db.Attachments.IgnoreQueryFilters(trash).Where(a => comments.Any(c => c.Id == a.CommentId)).ExecuteDeleteAsync(cancellation);
        await db.Reactions.IgnoreQueryFilters(trash).Where(r => comments.Any(c => c.Id == r.TargetId)).ExecuteDeleteAsync(cancellation);
        await db.Revisions.IgnoreQueryFilters(trash).Where(r => comments.Any(c => c.Id == r.TargetId)).ExecuteDeleteAsync(cancellation);
        await db.PostedByMail.Where(m => comments.Any(c => c.Id == m.CommentId)).ExecuteDeleteAsync(cancellation);
        await comments.ExecuteDeleteAsync(cancellation);
    }
}
