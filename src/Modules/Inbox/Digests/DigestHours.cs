using System.Globalization;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Inbox.Digests;

/// <summary>An hour at which a summary is due.</summary>
/// <param name="Day">The day on the territory's calendar.</param>
/// <param name="At">The moment, UTC.</param>
internal sealed record DigestHour(DateOnly Day, DateTime At)
{
    /// <summary>The day as summaries are told apart by it.</summary>
    public string Period => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>When the summaries of a member are due: at the hour and on the days chosen, on the territory's clocks, however these are put forward and back.</summary>
internal sealed class DigestHours(Dates dates)
{
    private const int Week = 7;

    /// <summary>The last hour that has come at <paramref name="now"/>, or null when no day is chosen.</summary>
    public DigestHour? Latest(MailPreferences wish, DigestKind kind, DateTime now)
    {
        var today = DateOnly.FromDateTime(dates.Local(now));
        return Enumerable.Range(0, Week + 1).Select(back => Of(wish, kind, today.AddDays(-back))).FirstOrDefault(hour => hour?.At <= now);
    }

    /// <summary>The first hour after <paramref name="moment"/>, or null when no day is chosen.</summary>
    public DigestHour? Next(MailPreferences wish, DigestKind kind, DateTime moment)
    {
        var day = DateOnly.FromDateTime(dates.Local(moment));
        return Enumerable.Range(0, Week + 1).Select(on => Of(wish, kind, day.AddDays(on))).FirstOrDefault(hour => hour?.At > moment);
    }

    /// <summary>Whether a full hour has struck on the territory's clocks since <paramref name="before"/>.</summary>
    public bool HasStruck(DateTime before, DateTime now)
    {
        var (from, to) = (dates.Local(before), dates.Local(now));
        return now - before >= TimeSpan.FromHours(1) || (from.Date, from.Hour) != (to.Date, to.Hour);
    }

    private DigestHour? Of(MailPreferences wish, DigestKind kind, DateOnly day)
    {
        var falls = kind == DigestKind.Weekly ? day.DayOfWeek == wish.WeeklyDay : ((wish.DigestDays >> (int)day.DayOfWeek) & 1) == 1;
        return falls ? new(day, dates.Utc(day, wish.DigestHour)) : null;
    }
}
