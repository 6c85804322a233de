using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Board;

/// <summary>
/// The places of the cards that have one: kept, and placed by rubric. A place is a number with room on both sides, so that one more card
/// between two others changes no other row; where the room has run out, the cards of that rubric are numbered anew.
/// </summary>
internal sealed class CardOrder
{
    /// <summary>Room between two cards at first: some twenty cards fit one after the other at the same place.</summary>
    public const long Gap = 1 << 20;

    private readonly List<Spot> _spots;

    private CardOrder(List<Spot> spots) => _spots = spots;

    /// <summary>The order of a group as it is now. What is read holds as long as the caller holds the group's row.</summary>
    public static async Task<CardOrder> ReadAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) => new(await db.Set<PoolEntry>()
        .Where(e => e.GroupId == groupId && (e.State == PoolState.Kept || e.State == PoolState.Placed)).Select(e => new Spot(e.Id, e.State, e.Rubric, e.Position)).ToListAsync(cancellation));

    /// <summary>Whether cards of that state stand in an order that the animators made.</summary>
    public static bool IsOrdered(PoolState state) => state is PoolState.Kept or PoolState.Placed;

    /// <summary>
    /// Places for <paramref name="count"/> cards between two others, of which either may be missing; null when there is no room left.
    /// </summary>
    public static IReadOnlyList<long>? Between(long? previous, long? next, int count)
    {
        if (next is not { } end) return [.. Enumerable.Range(1, count).Select(i => (previous ?? 0) + (Gap * i))];
        if (previous is not { } start) return [.. Enumerable.Range(0, count).Select(i => end - (Gap * (count - i)))];

        var step = (end - start) / (count + 1);
        return step < 1 ? null : [.. Enumerable.Range(1, count).Select(i => start + (step * i))];
    }

    /// <summary>The card that comes after that one, apart from <paramref name="except"/>; null at the end, and where there is no order.</summary>
    public Guid? After(PoolEntry card, IReadOnlyCollection<Guid> except)
    {
        if (!IsOrdered(card.State)) return null;

        var column = Column(card.State, card.Rubric);
        return column.Skip(column.FindIndex(s => s.Id == card.Id) + 1).FirstOrDefault(s => !except.Contains(s.Id))?.Id;
    }

    /// <summary>The card before which that one comes when it goes one place up or down, or null for the end; false when it is there already.</summary>
    public bool TryShift(PoolEntry card, bool up, out Guid? before)
    {
        var column = Column(card.State, card.Rubric);
        var at = column.FindIndex(s => s.Id == card.Id);
        before = up ? column.ElementAtOrDefault(at - 1)?.Id : column.ElementAtOrDefault(at + 2)?.Id;
        return at >= 0 && (up ? at > 0 : at < column.Count - 1);
    }

    /// <summary>
    /// Gives <paramref name="cards"/> places one after the other among those of their state and rubric, which the caller has set: before that
    /// card, or at the end when it is null or no longer there.
    /// </summary>
    public async Task PutAsync(AppDbContext db, IReadOnlyList<PoolEntry> cards, Guid? before, CancellationToken cancellation)
    {
        if (cards is not [var first, ..] || !IsOrdered(first.State)) return;

        _spots.RemoveAll(s => cards.Any(c => c.Id == s.Id));
        var column = Column(first.State, first.Rubric);
        var at = before is null ? -1 : column.FindIndex(s => s.Id == before);
        if (at < 0) at = column.Count;
        if (Room(column, at, cards.Count) is not { } places)
        {
            await RenumberAsync(db, column, cancellation);
            places = Room(column, at, cards.Count)!;
        }

        foreach (var (card, place) in cards.Zip(places)) card.Position = place;
        _spots.AddRange(cards.Select(c => new Spot(c.Id, c.State, c.Rubric, c.Position)));
    }

    private static IReadOnlyList<long>? Room(List<Spot> column, int at, int count) => Between(at == 0 ? null : column[at - 1].Position, at == column.Count ? null : column[at].Position, count);

    // The others stay where they are for everybody: their version does not rise.
    private async Task RenumberAsync(AppDbContext db, List<Spot> column, CancellationToken cancellation)
    {
        for (var i = 0; i < column.Count; i++)
        {
            var (spot, place) = (column[i], Gap * (i + 1));
            await db.Set<PoolEntry>().Where(e => e.Id == spot.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Position, place), cancellation);
            column[i] = spot with { Position = place };
            _spots[_spots.IndexOf(spot)] = column[i];
        }
    }

    private List<Spot> Column(PoolState state, string? rubric) =>
        [.. _spots.Where(s => s.State == state && (state != PoolState.Placed || s.Rubric == rubric)).OrderBy(s => s.Position).ThenBy(s => s.Id)];

    private sealed record Spot(Guid Id, PoolState State, string? Rubric, long Position);
}
