using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Inbox.Settings;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Inbox.Digests;

/// <summary>A summary that is being prepared.</summary>
/// <param name="Kind">How often it comes.</param>
/// <param name="Hour">When it leaves.</param>
/// <param name="Draft">What it would tell if it left now.</param>
/// <param name="IsReturn">Whether it makes up for an absence.</param>
internal sealed record NextLetter(DigestKind Kind, DigestHour Hour, DigestDraft Draft, bool IsReturn);

/// <summary>The summaries that a member gets next.</summary>
/// <param name="Letters">The first to leave first.</param>
/// <param name="IsSilent">Whether the member gets no mail at all.</param>
internal sealed record NextLetterView(IReadOnlyList<NextLetter> Letters, bool IsSilent);

/// <summary>Reads what a member's next summaries would tell if they left now: chosen as when they are made.</summary>
internal sealed class ReadNextLetter(AppDb database, BuildDigest build, DigestHours hours, ModuleCatalog modules, TimeProvider clock)
{
    /// <summary>The viewer's.</summary>
    public async Task<NextLetterView> ExecuteAsync(Viewer viewer, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = database.Open(viewer);
        var wish = await ReadMailSettings.WishAsync(db, cancellation);
        if (wish.IsSilent) return new([], true);

        var me = viewer.MemberId;
        var levels = await db.Memberships.Where(m => m.MemberId == me && m.State == MembershipState.Active).ToDictionaryAsync(m => m.GroupId, m => m.MailLevel, cancellation);
        var last = await db.Digests.Where(d => d.MemberId == me).GroupBy(d => d.Kind).Select(g => new { g.Key, Until = g.Max(d => d.Until) }).ToDictionaryAsync(d => d.Key, d => d.Until, cancellation);
        List<(DigestWish Wish, DigestHour Hour)> due = [.. Due(wish, levels, last, now)];
        if (due.Count == 0) return new([], false);

        var pool = await DigestPool.ReadAsync(db, modules, due.Min(d => d.Wish.From), now, cancellation);
        var letters = new List<NextLetter>();
        foreach (var (asked, hour) in due.OrderBy(d => d.Hour.At)) letters.Add(new(asked.Kind, hour, await build.ExecuteAsync(db, asked, pool, cancellation), asked.IsReturn));
        return new(letters, false);
    }

    private IEnumerable<(DigestWish Wish, DigestHour Hour)> Due(MailPreferences wish, Dictionary<Guid, MailLevel> levels, Dictionary<DigestKind, DateTime> last, DateTime now)
    {
        if (wish.PausedUntil is { } back)
        {
            var every = new MailPreferences { MemberId = wish.MemberId, DigestHour = wish.DigestHour };
            var hour = hours.Next(every, DigestKind.Daily, (back > now ? back : now).AddTicks(-1))!;
            yield return (new DigestWish { MemberId = wish.MemberId, Kind = DigestKind.Daily, Levels = levels, From = hour.At.AddDays(-31), IsReturn = true }, hour);
            yield break;
        }

        foreach (var kind in Enum.GetValues<DigestKind>())
        {
            if (!levels.ContainsValue(kind == DigestKind.Daily ? MailLevel.DailyDigest : MailLevel.WeeklyDigest)) continue;
            if (hours.Next(wish, kind, now) is not { } hour) continue;

            var from = MakeDigests.FromOf(last.TryGetValue(kind, out var until) ? until : null, hour, hours.Latest(wish, kind, hour.At.AddTicks(-1)), hour.At);
            yield return (new DigestWish { MemberId = wish.MemberId, Kind = kind, Levels = levels, From = from }, hour);
        }
    }
}
