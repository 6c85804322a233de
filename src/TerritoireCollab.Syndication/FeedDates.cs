using TerritoireCollab.Syndication.Reading.Dates;

namespace TerritoireCollab.Syndication;

/// <summary>
/// Moments as feeds write them, whatever the culture of the process: RFC 822 and 2822 with names of zones, RFC 3339 and W3CDTF, asctime,
/// dates in French, English, German, Italian, Spanish and Dutch, with slashes or points, with names such as <c>Europe/Paris</c>.
/// </summary>
public static class FeedDates
{
    // Longer, it is a text.
    private const int MostCharacters = 120;

    /// <summary>The moment, in UTC; a date without an hour is midnight, an hour without a zone is UTC.</summary>
    /// <returns>Null for what is no date, such as « demain », 31 February or hour 25.</returns>
    public static DateTimeOffset? Parse(string? text)
    {
        var trimmed = (text ?? "").AsSpan().Trim();
        return trimmed.Length is 0 or > MostCharacters ? null : IsoDate.Parse(trimmed) ?? WordedDate.Parse(trimmed.ToString());
    }
}
