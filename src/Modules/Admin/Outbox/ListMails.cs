using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Admin.Outbox;

/// <summary>A mail as the administration sees it: never its subject nor its words, which belong to whom it is for.</summary>
public sealed record MailLine
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }
    /// <summary>Kind of mail.</summary>
    public required string Kind { get; init; }
    /// <summary>Where it goes.</summary>
    public required string ToAddress { get; init; }
    /// <summary>Where it stands.</summary>
    public required MailState State { get; init; }
    /// <summary>When it was decided.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Not before.</summary>
    public required DateTime NextAttemptAt { get; init; }
    /// <summary>When it left.</summary>
    public DateTime? SentAt { get; init; }
    /// <summary>Tries so far.</summary>
    public required int Attempts { get; init; }
    /// <summary>What the server said last.</summary>
    public string? LastError { get; init; }

    /// <summary>The line of a row of the outbox.</summary>
    internal static readonly Expression<Func<MailRow, MailLine>> Of = mail => new()
    {
        Id = mail.Id,
        Kind = mail.Kind,
        ToAddress = mail.ToAddress,
        State = mail.State,
        CreatedAt = mail.CreatedAt,
        NextAttemptAt = mail.NextAttemptAt,
        SentAt = mail.SentAt,
        Attempts = mail.Attempts,
        LastError = mail.LastError,
    };
}

/// <summary>A page of the outbox.</summary>
/// <param name="Lines">On this page.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageCount">Pages in all.</param>
/// <param name="State">Which mails are listed.</param>
/// <param name="Counts">Mails by state.</param>
/// <param name="Health">How mail goes.</param>
public sealed record OutboxView(IReadOnlyList<MailLine> Lines, int Page, int PageCount, MailState State, IReadOnlyDictionary<MailState, int> Counts, MailHealth Health);

/// <summary>Lists the outbox.</summary>
internal sealed class ListMails(AppDb database, MailWatch watch)
{
    private const int PageSize = 25;

    /// <summary>One page, newest first; the state in most need of somebody when none is chosen.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    public async Task<OutboxView> ExecuteAsync(Viewer viewer, MailState? chosen, int page, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var counts = await db.Mails.GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        MailState[] byNeed = [MailState.Failed, MailState.Uncertain, MailState.Held, MailState.Pending];
        var state = chosen ?? byNeed.Cast<MailState?>().FirstOrDefault(s => counts.ContainsKey(s!.Value)) ?? MailState.Sent;

        var pages = Math.Max(1, (counts.GetValueOrDefault(state) + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var lines = await db.Mails.AsNoTracking().Where(m => m.State == state).OrderByDescending(m => m.CreatedAt).ThenBy(m => m.Id).Skip((page - 1) * PageSize).Take(PageSize)
            .Select(MailLine.Of).ToListAsync(cancellation);
        return new(lines, page, pages, state, counts, await watch.ReadAsync(cancellation));
    }
}
