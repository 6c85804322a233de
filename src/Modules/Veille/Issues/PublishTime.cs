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

    /// <summary>
    /// The moment of an hour of the zone. An hour that the clocks skip in spring is the one that they show instead; of an hour that comes
    /// twice in autumn it is the first.
    /// </summary>
    public static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return zone.IsAmbiguousTime(local)
            ? DateTime.SpecifyKind(local - zone.GetAmbiguousTimeOffsets(local).Max(), DateTimeKind.Utc)
            : TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }
}
