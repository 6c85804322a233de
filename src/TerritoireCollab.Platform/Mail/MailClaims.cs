using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// The statements by which one worker and the others share the outbox, each a compare-and-swap. A mail is first reserved, which costs nothing when the
/// worker dies: its reservation passes. It is <see cref="MailState.Sending"/> only from the moment the server waits for the message until the answer is
/// written down; whoever finds it so beyond its lease cannot tell whether it left.
/// </summary>
internal sealed class MailClaims(AppDb database, MailOptions options, TimeProvider clock)
{
    /// <summary>How long a mail is reserved, or under way, without a sign of life.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>A mail that is due for longer than that waits for an administrator, if it is for many.</summary>
    public static readonly TimeSpan TooLate = TimeSpan.FromHours(24);

    private const int LongestError = 1000;
    private const int ForMany = 2;

    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{MailKeys.New()[..8]}";

    /// <summary>Sets aside what was under way when its worker died, takes up once what is uncertain, and holds what is a day late.</summary>
    public async Task SortAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = Now();
        await db.Mails.Where(m => m.State == MailState.Sending && m.LeaseUntil < now)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Uncertain).SetProperty(m => m.NextAttemptAt, now), cancellation);
        if (options.Uncertain == UncertainMail.Resend)
        {
            await db.Mails.Where(m => m.State == MailState.Uncertain && m.NextAttemptAt <= now && !m.WasUncertain)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Pending).SetProperty(m => m.WasUncertain, true), cancellation);
        }

        if (await MailHold.SinceAsync(db, cancellation) is not null)
        {
            await db.Mails.Where(m => m.State == MailState.Pending && m.NextAttemptAt <= now && m.Priority > 0)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Held), cancellation);
        }

        var late = now - TooLate;
        await db.Mails.Where(m => m.State == MailState.Pending && m.NextAttemptAt < late && m.Priority >= ForMany)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Held), cancellation);
    }

    /// <summary>Reserves the mails that are due, the most pressing first, but those to <paramref name="waiting"/> host parts.</summary>
    public async Task<IReadOnlyList<MailRow>> ReserveAsync(int count, IReadOnlyCollection<string> waiting, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = Now();
        var due = db.Mails.Where(m => m.State == MailState.Pending && m.NextAttemptAt <= now);
        if (waiting.Count > 0) due = due.Where(m => m.Domain == null || !waiting.Contains(m.Domain));
        var ids = await due.OrderBy(m => m.Priority).ThenBy(m => m.NextAttemptAt).Select(m => m.Id).Take(count).ToListAsync(cancellation);
        if (ids.Count == 0) return [];

        var until = now + Lease;
        var reserved = await db.Mails.Where(m => ids.Contains(m.Id) && m.State == MailState.Pending && m.NextAttemptAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Owner, _owner).SetProperty(m => m.NextAttemptAt, until), cancellation);
        if (reserved == 0) return [];

        var mails = await db.Mails.AsNoTracking().Where(m => ids.Contains(m.Id) && m.State == MailState.Pending && m.Owner == _owner).ToListAsync(cancellation);
        var places = ids.Index().ToDictionary(i => i.Item, i => i.Index);
        return [.. mails.OrderBy(m => places[m.Id])];
    }

    /// <summary>Marks a reserved mail as under way.</summary>
    /// <returns>False when the reservation has passed, or somebody has settled the mail otherwise.</returns>
    public async Task<bool> BeginAsync(MailRow mail, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = Now();
        var (until, address, domain) = (now + Lease, mail.ToAddress, mail.Domain);
        return await db.Mails.Where(m => m.Id == mail.Id && m.State == MailState.Pending && m.Owner == _owner && m.NextAttemptAt > now).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, MailState.Sending)
            .SetProperty(m => m.LeaseUntil, until)
            .SetProperty(m => m.ToAddress, address)
            .SetProperty(m => m.Domain, domain)
            .SetProperty(m => m.Attempts, m => m.Attempts + 1), cancellation) == 1;
    }

    /// <summary>Shows that the mails are still under way.</summary>
    public async Task RenewAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = Now();
        var until = now + Lease;
        await db.Mails.Where(m => ids.Contains(m.Id) && m.State == MailState.Sending && m.Owner == _owner && m.LeaseUntil > now)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeaseUntil, until), cancellation);
    }

    /// <summary>Writes down that the server took it. An answer that comes after the lease settles what was held for uncertain meanwhile.</summary>
    public async Task SentAsync(MailRow mail)
    {
        await using var db = database.Open(Viewer.System);
        var now = Now();
        await Mine(db, mail).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, MailState.Sent)
            .SetProperty(m => m.SentAt, now)
            .SetProperty(m => m.LastError, (string?)null)
            .SetProperty(m => m.LeaseUntil, (DateTime?)null)
            .SetProperty(m => m.NextAttemptAt, now));
    }

    /// <summary>Writes down any other end of a try.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="state">Where it stands now.</param>
    /// <param name="error">What was said.</param>
    /// <param name="next">When it is tried again.</param>
    /// <param name="attempts">Tries so far.</param>
    public async Task RecordAsync(MailRow mail, MailState state, string? error, DateTime next, int attempts)
    {
        await using var db = database.Open(Viewer.System);
        error = Cut(error);
        await Mine(db, mail).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, state)
            .SetProperty(m => m.LastError, error)
            .SetProperty(m => m.LeaseUntil, (DateTime?)null)
            .SetProperty(m => m.Attempts, attempts)
            .SetProperty(m => m.NextAttemptAt, next));
    }

    /// <summary>Gives reserved mails back, to be taken up again from <paramref name="next"/>.</summary>
    public async Task ReleaseAsync(IReadOnlyCollection<Guid> ids, DateTime next, string? error)
    {
        if (ids.Count == 0) return;

        await using var db = database.Open(Viewer.System);
        error = Cut(error);
        await db.Mails.Where(m => ids.Contains(m.Id) && m.State == MailState.Pending && m.Owner == _owner).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.NextAttemptAt, next)
            .SetProperty(m => m.Owner, (string?)null)
            .SetProperty(m => m.LastError, m => error ?? m.LastError));
    }

    private IQueryable<MailRow> Mine(AppDbContext db, MailRow mail) =>
        db.Mails.Where(m => m.Id == mail.Id && m.Owner == _owner && (m.State == MailState.Sending || m.State == MailState.Uncertain || m.State == MailState.Pending));

    private static string? Cut(string? error) => error?.Length > LongestError ? error[..LongestError] : error;

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
