using System.Globalization;
using Microsoft.AspNetCore.Http;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Inbox.Settings;

/// <summary>The settings as they stand in their form: what was typed stays as it was typed.</summary>
public sealed record MailSettingsForm
{
    /// <summary>Field of the hour of the summaries.</summary>
    public const string HourField = "heure";
    /// <summary>Boxes of the days of the daily summary.</summary>
    public const string DaysField = "jours";
    /// <summary>Field of the day of the weekly summary.</summary>
    public const string WeeklyField = "jour";
    /// <summary>Field of the beginning of the quiet hours.</summary>
    public const string QuietFromField = "calme-de";
    /// <summary>Field of their end.</summary>
    public const string QuietUntilField = "calme-a";
    /// <summary>Field of the last day of an absence.</summary>
    public const string AbsentField = "absent";
    /// <summary>Box of no mail at all.</summary>
    public const string SilentField = "silence";

    /// <summary>Levels chosen, by address of the group.</summary>
    public required IReadOnlyDictionary<string, MailLevel> Levels { get; init; }
    /// <summary>Hour of the summaries.</summary>
    public string? Hour { get; init; }
    /// <summary>Days of the daily summary.</summary>
    public IReadOnlyList<string> Days { get; init; } = [];
    /// <summary>Day of the weekly summary.</summary>
    public string? Weekly { get; init; }
    /// <summary>Hour from which mails wait.</summary>
    public string? QuietFrom { get; init; }
    /// <summary>Hour until which they wait.</summary>
    public string? QuietUntil { get; init; }
    /// <summary>Last day of an absence.</summary>
    public string? Absent { get; init; }
    /// <summary>No mail at all.</summary>
    public bool IsSilent { get; init; }

    /// <summary>As they stand for a member.</summary>
    public static MailSettingsForm Of(IEnumerable<GroupLevel> groups, MailPreferences wish, Dates dates, DateTime now) => new()
    {
        Levels = groups.ToDictionary(g => g.Slug, g => g.Level),
        Hour = Text(wish.DigestHour),
        Days = [.. Enum.GetValues<DayOfWeek>().Where(d => ((wish.DigestDays >> (int)d) & 1) == 1).Select(d => d.ToString())],
        Weekly = wish.WeeklyDay.ToString(),
        QuietFrom = wish.QuietFrom is { } from ? Text(from) : "",
        QuietUntil = wish.QuietUntil is { } until ? Text(until) : "",
        Absent = wish.PausedUntil > now ? DateOnly.FromDateTime(dates.Local(wish.PausedUntil.Value)).AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "",
        IsSilent = wish.IsSilent,
    };

    /// <summary>As they were posted.</summary>
    public static MailSettingsForm Read(IFormCollection form) => new()
    {
        Levels = SetMailLevels.Read(form),
        Hour = form[HourField],
        Days = [.. form[DaysField].OfType<string>()],
        Weekly = form[WeeklyField],
        QuietFrom = form[QuietFromField],
        QuietUntil = form[QuietUntilField],
        Absent = form[AbsentField],
        IsSilent = form.ContainsKey(SilentField),
    };

    /// <summary>As the handler takes them.</summary>
    public MailPreferencesInput ToInput() => new()
    {
        DigestHour = Number(Hour),
        Days = [.. Days.Select(Day).OfType<DayOfWeek>()],
        WeeklyDay = Day(Weekly),
        QuietFrom = Number(QuietFrom),
        QuietUntil = Number(QuietUntil),
        AbsentUntil = Absent,
        IsSilent = IsSilent,
    };

    /// <summary>The field of the page for a field of the input.</summary>
    public static string? FieldOf(string name) => name switch
    {
        nameof(MailPreferencesInput.DigestHour) => HourField,
        nameof(MailPreferencesInput.Days) => DaysField,
        nameof(MailPreferencesInput.WeeklyDay) => WeeklyField,
        nameof(MailPreferencesInput.QuietFrom) => QuietFromField,
        nameof(MailPreferencesInput.QuietUntil) => QuietUntilField,
        nameof(MailPreferencesInput.AbsentUntil) => AbsentField,
        _ => null,
    };

    private static string Text(int hour) => hour.ToString(CultureInfo.InvariantCulture);

    private static int? Number(string? text) => string.IsNullOrEmpty(text) ? null : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static DayOfWeek? Day(string? text) => Enum.TryParse<DayOfWeek>(text, out var day) && Enum.IsDefined(day) ? day : null;
}
