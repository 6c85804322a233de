using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Settings;

namespace TerritoireCollab.Inbox.Digests;

/// <summary>
/// Makes the summaries whose hour has come since the last run that made all it had to. The summary of a member and a period is a row that is written once, in the
/// transaction of its mail: a run that breaks off is taken up again without a second mail, and two processes share the work.
/// </summary>
internal sealed partial class MakeDigests(
    AppDb database, BuildDigest build, DigestLetter letters, DigestHours hours, ModuleCatalog modules, PlatformSettings settings, MailOutbox outbox, TimeProvider clock, ILogger<MakeDigests> log) : IWorker
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);
    private static readonly TimeSpan Late = TimeSpan.FromHours(24);

    // What was written in a transaction that is not over yet is dated before it can be read: the last moment is left to the next summary.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (await PreviousAsync(now, cancellation) is not { } previous || !hours.HasStruck(previous, now)) return 0;

        // Members have no language of their own.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        var due = await DueAsync(previous, now, cancellation);
        var (made, hasFailed) = (0, false);
        if (due.Count > 0)
        {
            var name = (await settings.ReadAsync(cancellation)).Name;
            var pool = await PoolAsync(due.Min(d => d.From), now - Settling, cancellation);
            foreach (var one in due)
            {
                try
                {
                    if (await MakeAsync(one, pool, name, now, cancellation)) made++;
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    hasFailed = true;
                    LogFailed(failure, one.MemberId);
                }
            }
        }

        // Whoever was not served is due until a run serves all.
        if (!hasFailed) await RecordAsync(now, cancellation);
        return made;
    }

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => Task.Delay(Pause, cancellation);

    /// <summary>From when on a summary tells, were it made at <paramref name="hour"/>.</summary>
    /// <param name="last">Until when the last one told; null when there was none.</param>
    /// <param name="hour">The hour it is of.</param>
    /// <param name="before">The hour before that one.</param>
    /// <param name="previous">When the last run was that served all.</param>
    public static DateTime FromOf(DateTime? last, DigestHour hour, DigestHour? before, DateTime previous)
    {
        // Whoever comes back to summaries after months is not told of months; whoever was left without because all stood still, is.
        var span = hour.At - (before?.At ?? hour.At.AddDays(-7));
        var reach = (previous < hour.At ? previous : hour.At) - (last is null ? span : 2 * span);
        var from = last is { } until && until > reach ? until : reach;
        return from > hour.At - Longest ? from : hour.At - Longest;
    }

    private async Task<DateTime?> PreviousAsync(DateTime now, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var pulse = await db.Pulses.AsNoTracking().FirstOrDefaultAsync(p => p.Name == PulseNames.Digest, cancellation);
        if (pulse?.LastSuccessAt is { } previous) return previous;

        // A new platform has nothing to make up for.
        db.Pulses.Add(new Pulse { Name = PulseNames.Digest, LastAt = now, LastSuccessAt = now });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Another process wrote it at the same moment.
        }

        return null;
    }

    private async Task RecordAsync(DateTime now, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        await db.Pulses.Where(p => p.Name == PulseNames.Digest && (p.LastSuccessAt == null || p.LastSuccessAt < now)).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.LastAt, now).SetProperty(p => p.LastSuccessAt, now).SetProperty(p => p.Detail, (string?)null), cancellation);
    }

    private async Task<DigestPool> PoolAsync(DateTime from, DateTime now, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await DigestPool.ReadAsync(db, modules, from, now, cancellation);
    }

    private async Task<List<Due>> DueAsync(DateTime previous, DateTime now, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var seats = await db.Memberships.AsNoTracking()
            .Where(m => m.State == MembershipState.Active && m.Member!.State == MemberState.Active && m.Member.Email != null)
            .Where(m => m.MailLevel == MailLevel.DailyDigest || m.MailLevel == MailLevel.WeeklyDigest || db.MailPreferences.Any(p => p.MemberId == m.MemberId && p.PausedUntil != null))
            .Select(m => new { m.MemberId, m.GroupId, m.MailLevel, m.Member!.Name, m.Member.Email }).ToListAsync(cancellation);
        var preferences = await db.MailPreferences.AsNoTracking().ToDictionaryAsync(p => p.MemberId, cancellation);

        List<Due> due = [];
        foreach (var member in seats.GroupBy(s => s.MemberId))
        {
            var wish = preferences.GetValueOrDefault(member.Key) ?? new MailPreferences { MemberId = member.Key };
            if (wish.IsSilent || wish.PausedUntil > now) continue;

            var levels = member.ToDictionary(s => s.GroupId, s => s.MailLevel);
            var (name, address) = (member.First().Name, member.First().Email!);
            var isReturn = wish.PausedUntil is not null;
            foreach (var kind in isReturn ? [DigestKind.Daily] : Enum.GetValues<DigestKind>())
            {
                if (!isReturn && !levels.ContainsValue(kind == DigestKind.Daily ? MailLevel.DailyDigest : MailLevel.WeeklyDigest)) continue;

                var asked = isReturn ? new MailPreferences { MemberId = member.Key, DigestHour = wish.DigestHour } : wish;
                if (hours.Latest(asked, kind, now) is not { } hour || hour.At <= previous || (isReturn && hour.At < wish.PausedUntil)) continue;

                due.Add(new Due(member.Key, name, address, kind, hour, hours.Latest(asked, kind, hour.At.AddTicks(-1)), levels, isReturn, asked));
            }
        }

        return await SinceLastAsync(db, due, previous, now, cancellation);
    }

    private async Task<List<Due>> SinceLastAsync(AppDbContext db, List<Due> due, DateTime previous, DateTime now, CancellationToken cancellation)
    {
        var members = due.Select(d => d.MemberId).Distinct().ToList();
        var digests = await db.Digests.AsNoTracking().Where(d => members.Contains(d.MemberId)).GroupBy(d => new { d.MemberId, d.Kind })
            .Select(g => new { g.Key.MemberId, g.Key.Kind, Until = g.Max(d => d.Until), At = g.Max(d => d.CreatedAt) }).ToListAsync(cancellation);
        var last = digests.ToDictionary(d => (d.MemberId, d.Kind));
        return [.. due.Select(d =>
        {
            var before = last.GetValueOrDefault((d.MemberId, d.Kind));
            // The first hour at which this member was left without: others' failures make nobody late.
            var served = before?.At > previous ? before.At : previous;
            return d with
            {
                From = d.IsReturn ? d.Hour.At - Longest : FromOf(before?.Until, d.Hour, d.Before, previous),
                IsLate = hours.Next(d.Asked, d.Kind, served)?.At < now - Late,
            };
        })];
    }

    private async Task<bool> MakeAsync(Due due, DigestPool pool, string name, DateTime now, CancellationToken cancellation)
    {
        await using var own = database.Open(Viewer.Member(due.MemberId));
        if (await own.Digests.AnyAsync(d => d.MemberId == due.MemberId && d.Kind == due.Kind && d.Period == due.Hour.Period, cancellation)) return false;

        var wish = new DigestWish { MemberId = due.MemberId, Kind = due.Kind, Levels = due.Levels, From = due.From, IsReturn = due.IsReturn };
        var draft = await build.ExecuteAsync(own, wish, pool, cancellation);
        var row = draft.IsEmpty ? null : await letters.WriteAsync(
            new DigestEdition
            {
                MemberId = due.MemberId, Name = due.Name, Address = due.Address, Kind = due.Kind, Hour = due.Hour, From = due.From, Draft = draft, IsReturn = due.IsReturn, IsLate = due.IsLate,
            }, name);
        return await WriteAsync(due, draft, row, now, cancellation) && row is not null;
    }

    private Task<bool> WriteAsync(Due due, DigestDraft draft, MailRow? row, DateTime now, CancellationToken cancellation) => database.TransactAsync(Viewer.System, async (db, token) =>
    {
        if (await db.Digests.AnyAsync(d => d.MemberId == due.MemberId && d.Kind == due.Kind && d.Period == due.Hour.Period, token)) return false;

        if (row is not null) await outbox.AddAsync(db, [row], token);
        var digest = new Digest { MemberId = due.MemberId, Kind = due.Kind, Period = due.Hour.Period, From = due.From, Until = now - Settling, MailId = row?.Id, CreatedAt = now };
        db.Digests.Add(digest);
        await db.SaveChangesAsync(token);
        db.DigestLines.AddRange(draft.Items.Select(i => new DigestLine { DigestId = digest.Id, ItemId = i.Item.Id, Place = i.Place }));
        await db.SaveChangesAsync(token);
        if (due.IsReturn) await ComeBackAsync(db, due.MemberId, now, token);
        return true;
    }, cancellation);

    // What was held is told now; from here on mails leave as they used to.
    private static async Task ComeBackAsync(AppDbContext db, Guid member, DateTime now, CancellationToken cancellation)
    {
        await db.Notifications.Where(n => n.MemberId == member && n.MailDueAt != null && n.CreatedAt <= now - Settling && n.Reason != NotificationReason.Mention)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.MailDueAt, (DateTime?)null), cancellation);
        await db.MailPreferences.Where(p => p.MemberId == member).ExecuteUpdateAsync(set => set.SetProperty(p => p.PausedUntil, (DateTime?)null), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The summary of member {Member} failed; it is tried again.")]
    private partial void LogFailed(Exception failure, Guid member);

    private sealed record Due(Guid MemberId, string Name, string Address, DigestKind Kind, DigestHour Hour, DigestHour? Before, IReadOnlyDictionary<Guid, MailLevel> Levels, bool IsReturn, MailPreferences Asked)
    {
        public bool IsLate { get; init; }

        public DateTime From { get; init; }
    }
}
