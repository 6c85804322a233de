using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Issues;

/// <summary>The issue that a group prepares.</summary>
internal sealed class OpenIssue(TimeProvider clock, TimeZoneInfo zone)
{
    /// <summary>
    /// The issue being prepared, tracked by <paramref name="db"/>; a new one when there is none: the next number, for the first week from this
    /// one on that has none. Within a transaction that is begun again when another writes the same key.
    /// </summary>
    public async Task<Issue> ExecuteAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        var issue = await NextAsync(db, groupId, cancellation);
        if (db.Entry(issue).State != EntityState.Detached) return issue;

        db.Add(issue);
        await db.SaveChangesAsync(cancellation);
        return issue;
    }

    /// <summary>The issue being prepared, tracked by <paramref name="db"/>; when there is none, the one that would be, which is not.</summary>
    public async Task<Issue> NextAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        if (await CurrentAsync(db, groupId, cancellation) is { } current) return current;

        var last = await db.Set<Issue>().Where(i => i.GroupId == groupId).OrderByDescending(i => i.Number).Select(i => new { i.Number, i.Week }).FirstOrDefaultAsync(cancellation);
        var first = await db.Set<VeilleProfile>().Where(p => p.GroupId == groupId).Select(p => (int?)p.FirstNumber).FirstOrDefaultAsync(cancellation);
        var monday = Monday(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, zone));
        if (last is not null && IssueWeek.Of(monday) <= last.Week) monday = IssueWeek.Monday(last.Week).AddDays(7);

        return new Issue { GroupId = groupId, Number = last is null ? first ?? 1 : last.Number + 1, Week = IssueWeek.Of(monday) };
    }

    /// <summary>The issue being prepared, tracked by <paramref name="db"/>, or null.</summary>
    public static Task<Issue?> CurrentAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) =>
        db.Set<Issue>().Where(i => i.GroupId == groupId && i.State != IssueState.Published).OrderBy(i => i.Number).FirstOrDefaultAsync(cancellation);

    private static DateOnly Monday(DateTime day) => DateOnly.FromDateTime(day).AddDays(-(((int)day.DayOfWeek + 6) % 7));
}

/// <summary>ISO 8601 weeks as one number: year times 100 plus week.</summary>
internal static class IssueWeek
{
    /// <summary>The week of a day.</summary>
    public static int Of(DateOnly day)
    {
        var date = day.ToDateTime(TimeOnly.MinValue);
        return (ISOWeek.GetYear(date) * 100) + ISOWeek.GetWeekOfYear(date);
    }

    /// <summary>Its Monday.</summary>
    public static DateOnly Monday(int week) => DateOnly.FromDateTime(ISOWeek.ToDateTime(week / 100, week % 100, DayOfWeek.Monday));
}
