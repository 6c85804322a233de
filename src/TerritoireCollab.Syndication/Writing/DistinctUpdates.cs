using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TerritoireCollab.Syndication.Writing;

/// <summary>
/// The atom:updated of each entry. A weekly issue publishes all its entries at the same second, and validators warn of
/// two entries with the same atom:updated: such entries get a fraction of that second, drawn from the identifier so
/// that it stays the same while other entries come and go.
/// </summary>
internal static class DistinctUpdates
{
    private const uint Microseconds = 1_000_000;

    /// <summary>The RFC 3339 text of each entry, by its identifier.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyList<FeedEntry> entries)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var second in entries.GroupBy(entry => FeedDate.Rfc3339(entry.LastChange)))
            AddSecond(texts, second.Key, [.. second.Select(entry => entry.Id).Order(StringComparer.Ordinal)]);

        return texts;
    }

    private static void AddSecond(Dictionary<string, string> texts, string second, IReadOnlyList<string> ids)
    {
        if (ids.Count == 1)
        {
            texts.Add(ids[0], second);
            return;
        }

        var used = new HashSet<uint>();
        foreach (var id in ids)
            texts.Add(id, WithFraction(second, Fraction(id, used)));
    }

    private static uint Fraction(string id, HashSet<uint> used)
    {
        var fraction = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id))) % Microseconds;
        while (!used.Add(fraction))
            fraction = (fraction + 1) % Microseconds;

        return fraction;
    }

    private static string WithFraction(string second, uint fraction)
        => string.Create(CultureInfo.InvariantCulture, $"{second.AsSpan()[..^1]}.{fraction:D6}Z");
}
