namespace TerritoireCollab.Platform.Mail;

/// <summary>What a member wants by mail whatever the group, and when. Whoever chose nothing has no row, and gets what is written here.</summary>
public sealed class MailPreferences
{
    /// <summary>Hour of the summaries of whoever chose none: 7 in the morning.</summary>
    public const int DefaultHour = 7;

    /// <summary>Every day of the week, one bit a day, Sunday the lowest as in <see cref="DayOfWeek"/>.</summary>
    public const int EveryDay = 0b111_1111;

    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>« Plus aucun message »: nothing leaves but what the account itself needs.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Hour of the summaries, 0 to 23, on the territory's clocks.</summary>
    public int DigestHour { get; set; } = DefaultHour;

    /// <summary>Days of the daily summary, one bit a day, Sunday the lowest.</summary>
    public int DigestDays { get; set; } = EveryDay;

    /// <summary>Day of the weekly summary.</summary>
    public DayOfWeek WeeklyDay { get; set; } = DayOfWeek.Monday;

    /// <summary>Nothing leaves before, but what is personal: holidays.</summary>
    public DateTime? PausedUntil { get; set; }

    /// <summary>Hour from which immediate mails wait, 0 to 23, on the territory's clocks; null when they never do.</summary>
    public int? QuietFrom { get; set; }

    /// <summary>Hour until which they wait, 0 to 23; before <see cref="QuietFrom"/> when the night is in between.</summary>
    public int? QuietUntil { get; set; }
}
