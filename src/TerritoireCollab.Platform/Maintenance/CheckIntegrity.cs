using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Reactions;

namespace TerritoireCollab.Platform.Maintenance;

/// <summary>Result of one check.</summary>
/// <param name="IsSound">Whether nothing is wrong.</param>
/// <param name="Sentence">What was checked and found.</param>
public sealed record CheckResult(bool IsSound, string Sentence);

/// <summary>Checks that an installation is whole: schema, files against their hashes, orphans, counters, mail that waits.</summary>
public sealed class CheckIntegrity(AppDb database, DatabaseOptions options, FileStore files, ModuleCatalog modules, TimeProvider clock)
{
    private static readonly string[] WithTrash = [AppDbContext.DeletedFilter];

    private static readonly TimeSpan Late = TimeSpan.FromHours(1);
    private static readonly TimeSpan Uploading = TimeSpan.FromDays(1);
    private const int Named = 3;

    /// <summary>Every check, in order; those that need the schema are left out when it is not there.</summary>
    public async Task<IReadOnlyList<CheckResult>> ExecuteAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        if (!await db.Database.CanConnectAsync(cancellation)) return [new(false, MaintenanceTexts.NoDatabase)];

        var schema = await SchemaAsync(db, cancellation);
        if (!schema.IsSound) return [schema];
        return
        [
            schema,
            await DamageAsync(db, cancellation),
            await StoredFilesAsync(db, cancellation),
            await StrayFilesAsync(db, cancellation),
            .. await CountersAsync(db, cancellation),
            .. await OrphansAsync(db, cancellation),
            await SearchAsync(db, cancellation),
            await ActivitiesAsync(db, cancellation),
            await MailAsync(db, cancellation),
        ];
    }

    private static async Task<CheckResult> SchemaAsync(AppDbContext db, CancellationToken cancellation)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellation)).ToList();
        return applied.SequenceEqual(db.Database.GetMigrations())
            ? new(true, MaintenanceTexts.SchemaIsCurrent.With(applied.Count))
            : new(false, MaintenanceTexts.SchemaNotCurrent);
    }

    private async Task<CheckResult> DamageAsync(AppDbContext db, CancellationToken cancellation)
    {
        var damage = await db.FindDamageAsync(options.Provider, cancellation);
        return damage.Count == 0 ? new(true, MaintenanceTexts.DatabaseSound) : new(false, MaintenanceTexts.DatabaseDamaged.With(damage.Count, string.Join(" ; ", damage.Distinct().Take(Named))));
    }

    private async Task<CheckResult> StoredFilesAsync(AppDbContext db, CancellationToken cancellation)
    {
        var wrong = new List<string>();
        var rows = await db.Files.OrderBy(f => f.Sha256).Select(f => new { f.Sha256, f.Length }).ToListAsync(cancellation);
        foreach (var row in rows)
        {
            await using var content = await files.OpenKeptAsync(row.Sha256, cancellation);
            if (content is null || content.Length != row.Length || await Checksums.OfAsync(content, cancellation) != row.Sha256) wrong.Add(row.Sha256);
        }

        return Found(wrong.Count, MaintenanceTexts.FilesSound.With(rows.Count), MaintenanceTexts.FilesWrong.With(wrong.Count, string.Join(", ", wrong.Take(Named))));
    }

    private async Task<CheckResult> StrayFilesAsync(AppDbContext db, CancellationToken cancellation)
    {
        var known = (await db.Files.Select(f => f.Sha256).ToListAsync(cancellation)).ToHashSet();
        // A file is stored before its row: what has just come is being sent.
        var since = clock.GetUtcNow().UtcDateTime - Uploading;
        var stray = await files.AllAsync(cancellation).CountAsync(f => !known.Contains(f.Sha256) && f.SentAt < since, cancellation);
        return Found(stray, MaintenanceTexts.NoStrayFile, MaintenanceTexts.StrayFiles.With(stray));
    }

    private static async Task<IReadOnlyList<CheckResult>> CountersAsync(AppDbContext db, CancellationToken cancellation)
    {
        var items = db.Items.IgnoreQueryFilters(WithTrash);
        var comments = await items.CountAsync(i => i.CommentCount != db.Comments.Count(c => c.ItemId == i.Id && c.DeletedAt == null && c.Kind == CommentKind.Message)
            || db.Comments.Any(c => c.ItemId == i.Id && c.Number > i.LastCommentNumber), cancellation);
        var attachments = await items.CountAsync(i => i.AttachmentCount != db.Attachments.Count(a => a.ItemId == i.Id), cancellation);
        var members = await db.Groups.IgnoreQueryFilters(WithTrash).CountAsync(g => g.MemberCount != db.Memberships.Count(m => m.GroupId == g.Id && m.State == MembershipState.Active), cancellation);
        var reactions = await items.CountAsync(i => i.ThanksCount != db.Reactions.Count(r => r.TargetId == i.Id && r.Kind == ReactionKind.Thanks)
            || i.UsefulCount != db.Reactions.Count(r => r.TargetId == i.Id && r.Kind == ReactionKind.Useful), cancellation);
        var reactedComments = await db.Comments.IgnoreQueryFilters(WithTrash).CountAsync(c => c.ThanksCount != db.Reactions.Count(r => r.TargetId == c.Id && r.Kind == ReactionKind.Thanks)
            || c.UsefulCount != db.Reactions.Count(r => r.TargetId == c.Id && r.Kind == ReactionKind.Useful), cancellation);
        return
        [
            Found(comments, MaintenanceTexts.CommentCountersSound, MaintenanceTexts.CommentCountersWrong.With(comments)),
            Found(attachments, MaintenanceTexts.AttachmentCountersSound, MaintenanceTexts.AttachmentCountersWrong.With(attachments)),
            Found(members, MaintenanceTexts.MemberCountersSound, MaintenanceTexts.MemberCountersWrong.With(members)),
            Found(reactions + reactedComments, MaintenanceTexts.ReactionCountersSound, MaintenanceTexts.ReactionCountersWrong.With(reactions + reactedComments)),
        ];
    }

    // Relations that no foreign key holds.
    private static async Task<IReadOnlyList<CheckResult>> OrphansAsync(AppDbContext db, CancellationToken cancellation)
    {
        var marks = await db.ReadMarks.IgnoreQueryFilters(WithTrash).CountAsync(r => !db.Members.Any(m => m.Id == r.MemberId), cancellation);
        var subscriptions = await db.Subscriptions.IgnoreQueryFilters(WithTrash).CountAsync(s => !db.Members.Any(m => m.Id == s.MemberId), cancellation);
        var attachments = await db.Attachments.IgnoreQueryFilters(WithTrash).CountAsync(a => a.CommentId != null && !db.Comments.Any(c => c.Id == a.CommentId && c.ItemId == a.ItemId), cancellation);
        var documents = await db.SearchDocuments.CountAsync(d => d.ItemId != null && !db.Items.IgnoreQueryFilters(WithTrash).Any(i => i.Id == d.ItemId), cancellation);
        var photos = await db.Members.CountAsync(m => m.PhotoFileId != null && !db.Files.Any(f => f.Id == m.PhotoFileId), cancellation);
        var covers = await db.Groups.IgnoreQueryFilters(WithTrash).CountAsync(g => (g.CoverFileId != null && !db.Files.Any(f => f.Id == g.CoverFileId)) || (g.LogoFileId != null && !db.Files.Any(f => f.Id == g.LogoFileId)), cancellation);
        var orphans = marks + subscriptions + attachments + documents + photos + covers;
        return [Found(orphans, MaintenanceTexts.NoOrphan, MaintenanceTexts.Orphans.With(orphans))];
    }

    private async Task<CheckResult> SearchAsync(AppDbContext db, CancellationToken cancellation)
    {
        var kinds = modules.Kinds.Where(k => k.Can(Capability.Searchable)).Select(k => k.Key).ToList();
        var absent = await db.Items.CountAsync(i => kinds.Contains(i.Kind) && !db.SearchDocuments.Any(d => d.TargetId == i.Id), cancellation);
        return Found(absent, MaintenanceTexts.SearchSound.With(await db.SearchDocuments.CountAsync(cancellation)), MaintenanceTexts.SearchIncomplete.With(absent));
    }

    private async Task<CheckResult> ActivitiesAsync(AppDbContext db, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().UtcDateTime - Late;
        var late = await db.Activities.CountAsync(a => a.DispatchedAt == null && a.At < since, cancellation);
        return Found(late, MaintenanceTexts.ActivitiesSound, MaintenanceTexts.ActivitiesLate.With(late));
    }

    private async Task<CheckResult> MailAsync(AppDbContext db, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().UtcDateTime - Late;
        var late = await db.Mails.CountAsync(m => m.State == MailState.Pending && m.NextAttemptAt < since, cancellation);
        var waiting = await db.Mails.CountAsync(m => m.State == MailState.Pending, cancellation);
        var refused = await db.Mails.CountAsync(m => m.State == MailState.Failed, cancellation);
        var doubtful = await db.Mails.CountAsync(m => m.State == MailState.Uncertain || m.State == MailState.Held, cancellation);
        return Found(late + doubtful, MaintenanceTexts.MailSound.With(waiting, refused), MaintenanceTexts.MailLate.With(late, doubtful, refused));
    }

    private static CheckResult Found(int wrong, string sound, string otherwise) => new(wrong == 0, wrong == 0 ? sound : otherwise);
}
