using System.Security.Cryptography;
using System.Text;

namespace TerritoireCollab.Syndication.Reading;

/// <summary>Gives every item of a document an identifier of its own, the same at each reading.</summary>
internal static class EntryIdentity
{
    /// <summary>
    /// An item that says none takes its address, else a checksum of its title and text. Where several say the same, all of them take their
    /// address as well, or where that is the same too a checksum of their title: neither a new item nor one that goes changes the others.
    /// What is the same in all of this is counted.
    /// </summary>
    /// <param name="items">Items in the order of the document, newest first as a rule, with the identifier that each gives itself, or an empty one.</param>
    /// <returns>The items, and how many were not the only one of their name.</returns>
    public static (IReadOnlyList<FeedItem> Items, int Repeated) Assign(IReadOnlyList<FeedItem> items)
    {
        var named = items.Select(item => item.Id.Length > 0 ? item : item with { Id = item.Link?.OriginalString ?? Checksum(item) }).ToArray();
        var likes = named.GroupBy(item => item.Id, StringComparer.Ordinal).Where(like => like.Skip(1).Any()).ToDictionary(like => like.Key, Completion, StringComparer.Ordinal);
        if (likes.Count == 0) return (named, 0);

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var repeated = 0;
        for (var i = 0; i < named.Length; i++)
        {
            if (!likes.TryGetValue(named[i].Id, out var completion)) continue;

            repeated++;
            var id = completion(named[i]) is { Length: > 0 } completed ? $"{named[i].Id} {completed}" : named[i].Id;
            places[id] = places.GetValueOrDefault(id) + 1;
            named[i] = named[i] with { Id = places[id] == 1 ? id : FormattableString.Invariant($"{id} {places[id]}") };
        }

        return (named, repeated);
    }

    private static Func<FeedItem, string?> Completion(IEnumerable<FeedItem> like)
    {
        if (Differ(like, item => item.Link?.OriginalString)) return item => item.Link?.OriginalString;

        return Differ(like, item => item.Title) ? item => Checksum(item with { Summary = null, Content = null, Enclosures = [] }) : _ => null;
    }

    private static bool Differ(IEnumerable<FeedItem> items, Func<FeedItem, string?> value) => items.Select(value).Distinct(StringComparer.Ordinal).Skip(1).Any();

    private static string Checksum(FeedItem item) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{item.Title}\n{item.Summary}\n{item.Content}\n{(item.Enclosures is [var file, ..] ? file.Url.OriginalString : "")}")).AsSpan(0, 16));
}
