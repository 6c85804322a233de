using System.Globalization;
using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication.Writing;

/// <summary>
/// The rdf:about of each item: its link, as RSS 1.0 section 5.5 wishes, unless the document already uses that one
/// (two entries on the same page), because rdf:about must be unique.
/// </summary>
internal static class RdfAddresses
{
    /// <summary>One address for each entry, in the order of the entries.</summary>
    public static IReadOnlyList<string> Of(Feed feed)
    {
        var used = new HashSet<string>(StringComparer.Ordinal) { WebAddress.Text(feed.Self) };
        if (feed.Image is { } image)
            used.Add(WebAddress.Text(image));

        return [.. feed.Entries.Select(entry => Candidates(entry).First(used.Add))];
    }

    private static IEnumerable<string> Candidates(FeedEntry entry)
    {
        yield return WebAddress.Text(entry.Link);
        yield return entry.Id;
        for (var number = 2; ; number++)
            yield return entry.Id + "#" + number.ToString(CultureInfo.InvariantCulture);
    }
}
