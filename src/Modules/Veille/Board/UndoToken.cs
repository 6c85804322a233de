using System.Buffers.Text;
using System.Text;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Board;

/// <summary>
/// What undoes a gesture, as the page carries it: some fifty characters a card. It gives no right that the gestures themselves do not: whoever
/// writes one by hand can only move the cards that they may move.
/// </summary>
internal static class UndoToken
{
    private const int LongestToken = 8000;

    /// <summary>The token; empty when nothing moved.</summary>
    public static string Write(IReadOnlyList<CardBefore> cards)
    {
        if (cards.Count == 0) return "";

        var rubrics = cards.Select(c => c.Rubric ?? "").Distinct().ToList();
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write((byte)rubrics.Count);
        foreach (var rubric in rubrics) writer.Write(rubric);
        foreach (var card in cards)
        {
            writer.Write(card.Id.ToByteArray());
            writer.Write((byte)card.State);
            writer.Write((byte)rubrics.IndexOf(card.Rubric ?? ""));
            writer.Write((card.Before ?? Guid.Empty).ToByteArray());
            writer.Write7BitEncodedInt(card.Version);
        }

        writer.Flush();
        return Base64Url.EncodeToString(bytes.ToArray());
    }

    /// <summary>The cards of a token; null when it is none.</summary>
    public static IReadOnlyList<CardBefore>? Read(string? token)
    {
        if (token is null or { Length: 0 or > LongestToken }) return null;
        try
        {
            using var bytes = new MemoryStream(Base64Url.DecodeFromChars(token), writable: false);
            using var reader = new BinaryReader(bytes, Encoding.UTF8);
            var rubrics = Enumerable.Range(0, reader.ReadByte()).Select(_ => reader.ReadString()).ToList();
            var cards = new List<CardBefore>();
            while (bytes.Position < bytes.Length && cards.Count < MoveCards.Most) cards.Add(Card(reader, rubrics));
            return rubrics.TrueForAll(r => r.Length <= PoolEntry.RubricLength) ? cards : null;
        }
        catch (Exception failure) when (failure is FormatException or IOException or ArgumentException)
        {
            return null;
        }
    }

    private static CardBefore Card(BinaryReader reader, List<string> rubrics)
    {
        var (id, state, rubric) = (new Guid(Exactly(reader)), (PoolState)reader.ReadByte(), rubrics[reader.ReadByte()]);
        var before = new Guid(Exactly(reader));
        return new(id, state, rubric.Length == 0 ? null : rubric, before == Guid.Empty ? null : before, reader.Read7BitEncodedInt());
    }

    private static byte[] Exactly(BinaryReader reader) => reader.ReadBytes(16) is { Length: 16 } bytes ? bytes : throw new EndOfStreamException();
}
