using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Inbox.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Inbox.Settings;

/// <summary>What a member wants by mail whatever the group, as it is asked for.</summary>
public sealed record MailPreferencesInput
{
    /// <summary>Hour of the summaries, 0 to 23; null when what was sent is none.</summary>
    public int? DigestHour { get; init; }
    /// <summary>Days of the daily summary.</summary>
    public IReadOnlyCollection<DayOfWeek> Days { get; init; } = [];
    /// <summary>Day of the weekly summary.</summary>
    public DayOfWeek? WeeklyDay { get; init; }
    /// <summary>Hour from which mails wait.</summary>
    public int? QuietFrom { get; init; }
    /// <summary>Hour until which they wait.</summary>
    public int? QuietUntil { get; init; }
    /// <summary>Last day of an absence, <c>yyyy-MM-dd</c>; empty for none.</summary>
    public string? AbsentUntil { get; init; }
    /// <summary>No mail at all.</summary>
    public bool IsSilent { get; init; }
}

/// <summary>Sets when a member is written to, and whether at all.</summary>
internal sealed class SetMailPreferences(AppDb database, Dates dates, TimeProvider clock)
{
    private const int LongestAbsence = 366;

    /// <summary>Sets the viewer's own.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    /// <exception cref="InvalidInputException">An hour, a day or a date that cannot be.</exception>
    public async Task ExecuteAsync(Viewer viewer, MailPreferencesInput input, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();

        var absent = Absence(input.AbsentUntil, out var isDate);
        var today = dates.Today;
        new Rules()
            .Check(IsHour(input.DigestHour), nameof(input.DigestHour), InboxTexts.ChooseAnHour)
            .Check(input.Days.Count > 0, nameof(input.Days), InboxTexts.ChooseADay)
            .Check(input.WeeklyDay is { } day && Enum.IsDefined(day), nameof(input.WeeklyDay), InboxTexts.ChooseAnEntry)
            .Check((input.QuietFrom is null) == (input.QuietUntil is null), input.QuietFrom is null ? nameof(input.QuietFrom) : nameof(input.QuietUntil), InboxTexts.QuietBoth)
            .Check(input.QuietFrom is null || IsHour(input.QuietFrom), nameof(input.QuietFrom), InboxTexts.ChooseAnHour)
            .Check(input.QuietUntil is null || (IsHour(input.QuietUntil) && input.QuietUntil != input.QuietFrom), nameof(input.QuietUntil), InboxTexts.QuietApart)
            .Check(isDate, nameof(input.AbsentUntil), InboxTexts.AbsentNoDate)
            .Check(absent is null || absent >= today, nameof(input.AbsentUntil), InboxTexts.AbsentPast)
            .Check(absent is null || absent <= today.AddDays(LongestAbsence), nameof(input.AbsentUntil), InboxTexts.AbsentTooLong)
            .Demand();

        await database.TransactAsync(viewer, (db, token) => WriteAsync(db, input, absent, token), cancellation);
    }

    private async Task<bool> WriteAsync(AppDbContext db, MailPreferencesInput input, DateOnly? absent, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        var mine = await db.MailPreferences.FirstOrDefaultAsync(p => p.MemberId == me, cancellation);
        if (mine is null) db.MailPreferences.Add(mine = new MailPreferences { MemberId = me });
        (mine.DigestHour, mine.WeeklyDay) = (input.DigestHour!.Value, input.WeeklyDay!.Value);
        mine.DigestDays = input.Days.Aggregate(0, (days, day) => days | (1 << (int)day));
        (mine.QuietFrom, mine.QuietUntil, mine.IsSilent) = (input.QuietFrom, input.QuietUntil, input.IsSilent);

        // Whoever is back early gets what was held by the next summary, as whoever comes back on the day.
        var now = clock.GetUtcNow().UtcDateTime;
        if (absent is { } last) mine.PausedUntil = dates.Utc(last.AddDays(1));
        else if (mine.PausedUntil > now) mine.PausedUntil = now;
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private static bool IsHour(int? hour) => hour is >= 0 and <= 23;

    private static DateOnly? Absence(string? text, out bool isDate)
    {
        isDate = true;
        if (string.IsNullOrWhiteSpace(text)) return null;

        isDate = DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        return isDate ? day : null;
    }
}
