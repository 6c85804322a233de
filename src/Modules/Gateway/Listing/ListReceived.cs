using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Gateway.Treating;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Listing;

/// <summary>A page of the mails that came in.</summary>
/// <param name="Lines">On this page.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageCount">Pages in all.</param>
/// <param name="Outcome">Which are listed; null for all.</param>
/// <param name="Counts">Mails by what became of them.</param>
/// <param name="TakesMail">Whether mail comes in here.</param>
internal sealed record ReceivedView(IReadOnlyList<ReceivedMail> Lines, int Page, int PageCount, ReceivedOutcome? Outcome, IReadOnlyDictionary<ReceivedOutcome, int> Counts, bool TakesMail);

/// <summary>Shows administrators what came in and what became of it, has it treated again, and hands out the mail itself as long as it is kept.</summary>
internal sealed class ListReceived(AppDb database, FileStore store, TreatWake wake, SecurityLog security, MailOptions options)
{
    private const int PageSize = 25;

    /// <summary>One page, newest first.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    public async Task<ReceivedView> ExecuteAsync(Viewer viewer, ReceivedOutcome? outcome, int page, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var counts = await db.ReceivedMails.GroupBy(m => m.Outcome).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var total = outcome is { } one ? counts.GetValueOrDefault(one) : counts.Values.Sum();
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var lines = await db.ReceivedMails.AsNoTracking().Where(m => outcome == null || m.Outcome == outcome)
            .OrderByDescending(m => m.ReceivedAt).ThenBy(m => m.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        return new(lines, page, pages, outcome, counts, options.TakesMail);
    }

    /// <summary>The mail as it came.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform, or it is kept no more.</exception>
    public async Task<Stream> RawAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var sha = await db.ReceivedMails.Where(m => m.Id == id).Join(db.Files, m => m.RawFileId, f => f.Id, (m, f) => f.Sha256).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        await security.WriteAsync("courriel.ouvert", viewer.MemberId, detail: id.ToString(), cancellation: cancellation);
        return await store.OpenAsync(sha, cancellation);
    }

    /// <summary>Has a mail treated again that was refused, counted, or set aside. What was published stays published once.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    public async Task RetryAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var count = await db.ReceivedMails.Where(m => m.Id == id && m.RawFileId != null && (m.Outcome == ReceivedOutcome.Refused || m.Outcome == ReceivedOutcome.Counted || m.Outcome == ReceivedOutcome.ForPerson))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Outcome, ReceivedOutcome.Waiting).SetProperty(m => m.Cause, (int?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null), cancellation);
        if (count == 0) return;

        await security.WriteAsync("courriel.retraite", viewer.MemberId, detail: id.ToString(), cancellation: cancellation);
        wake.Wake();
    }

    /// <summary>Settles a request that a person had to read and that no group's animators can.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    public async Task SettleAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        await db.ReceivedMails.Where(m => m.Id == id && m.Outcome == ReceivedOutcome.ForPerson).ExecuteUpdateAsync(set => set.SetProperty(m => m.Outcome, ReceivedOutcome.Done), cancellation);
    }
}
