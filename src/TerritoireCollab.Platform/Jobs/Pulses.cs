using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;

namespace TerritoireCollab.Platform.Jobs;

/// <summary>Names of the workers whose silence is watched.</summary>
public static class PulseNames
{
    /// <summary>The worker that empties the outbox.</summary>
    public const string MailWorker = "mail.worker";

    /// <summary>The server or the folder that mail leaves by.</summary>
    public const string MailServer = "mail.server";

    /// <summary>The mailbox or the folder that mail comes in by.</summary>
    public const string MailIn = "mail.in";

    /// <summary>The making of the summaries.</summary>
    public const string Digest = "digests";
}

/// <summary>Writes down that a worker is alive. Cheap enough for every run: what was written a moment ago is not written again.</summary>
public sealed class Pulses(AppDb database, TimeProvider clock)
{
    private const int LongestDetail = 500;
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, (DateTime At, string? Detail)> _written = [];

    /// <summary>A run went well.</summary>
    public Task SucceededAsync(string name, CancellationToken cancellation) => WriteAsync(name, null, cancellation);

    /// <summary>A run failed; <paramref name="detail"/> says how, without any secret.</summary>
    public Task FailedAsync(string name, string detail, CancellationToken cancellation) =>
        WriteAsync(name, detail.Length > LongestDetail ? detail[..LongestDetail] : detail, cancellation);

    private async Task WriteAsync(string name, string? detail, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        lock (_written)
        {
            if (_written.TryGetValue(name, out var last) && last.Detail == detail && now - last.At < Often && now >= last.At) return;
            _written[name] = (now, detail);
        }

        await using var db = database.Open(Viewer.System);
        if (await UpdateAsync(db, name, now, detail, cancellation) == 0) await AddAsync(db, name, now, detail, cancellation);
    }

    private static Task<int> UpdateAsync(AppDbContext db, string name, DateTime now, string? detail, CancellationToken cancellation) =>
        db.Set<Pulse>().Where(p => p.Name == name).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.LastAt, now)
            .SetProperty(p => p.LastSuccessAt, p => detail == null ? now : p.LastSuccessAt)
            .SetProperty(p => p.Detail, detail), cancellation);

    private static async Task AddAsync(AppDbContext db, string name, DateTime now, string? detail, CancellationToken cancellation)
    {
        try
        {
            db.Add(new Pulse { Name = name, LastAt = now, LastSuccessAt = detail is null ? now : null, Detail = detail });
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Another process wrote its first sign of life at the same moment: it will do.
        }
    }
}
