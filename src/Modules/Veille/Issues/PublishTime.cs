using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Issues;

/// <summary>Hours of publication, in the platform's time zone.</summary>
internal static class PublishTime
{
    /// <summary>The next day and hour of the profile after <paramref name="now"/>, in the zone.</summary>
    public static DateTime Proposed(DayOfWeek day, int hour, DateTime now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(now, zone);
        var proposed = local.Date.AddDays(((int)day - (int)local.DayOfWeek + 7) % 7).AddHours(hour);
        return proposed > local ? proposed : proposed.AddDays(7);
    }

    /// <summary>The same, for a group that may have set nothing.</summary>
    public static DateTime Proposed(VeilleProfile? profile, DateTime now, TimeZoneInfo zone)
    {
        profile ??= new VeilleProfile { GroupId = Guid.Empty };
        return Proposed(profile.Day, profile.Hour, now, zone);
    }
}
