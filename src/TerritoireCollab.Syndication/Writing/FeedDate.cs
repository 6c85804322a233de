using System.Globalization;

namespace TerritoireCollab.Syndication.Writing;

/// <summary>Moments as feeds write them: in UTC, whole seconds, English names, the invariant calendar.</summary>
internal static class FeedDate
{
    /// <summary>RFC 822 with the four-digit year of RFC 1123: <c>Sun, 22 Nov 2026 07:00:00 GMT</c>.</summary>
    public static string Rfc822(DateTimeOffset moment)
        => moment.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);

    /// <summary>RFC 3339, which is also W3CDTF: <c>2026-11-22T07:00:00Z</c>.</summary>
    public static string Rfc3339(DateTimeOffset moment)
        => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
