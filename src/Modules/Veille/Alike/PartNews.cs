using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Board;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Alike;

/// <summary>What became of a gesture on the sources of a card.</summary>
public enum PartOutcome
{
    /// <summary>They are two pieces of news.</summary>
    Parted = 0,
    /// <summary>They are one again.</summary>
    Joined = 1,
    /// <summary>Nothing: the card would have no source left.</summary>
    LastStays = 2,
    /// <summary>Nothing: the card to be joined was moved, commented or written on.</summary>
    WorkedOn = 3,
}

/// <summary>
/// Parts news that were taken for the same, in one group: what is parted gets a card of its own, and this card is what is remembered. The moves
/// of a group take turns, as those of its board.
/// </summary>
internal sealed class PartNews(AppDb database, Rights rights, ModuleCatalog modules, TimeProvider clock)
{
    /// <summary>Says that what is carried at that address is not the news of the card.</summary>
    /// <exception cref="NotFoundException">The group has no veille, the viewer does not curate it, the card is not of this group, or no source of it carries that as the same.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    public Task<PartOutcome> ExecuteAsync(Viewer viewer, string groupSlug, Guid cardId, Guid newsId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var card = await HeldAsync(db, groupSlug, cardId, newsId, token);
        if (await OwnAsync(db, card, newsId, token) is not null) return PartOutcome.Parted;

        var carriers = await CarriersAsync(db, card, token);
        var (parted, rest) = (carriers.FindAll(c => c.NewsId == newsId), carriers.FindAll(c => c.NewsId != newsId));
        if (parted.Count == 0) throw new NotFoundException();
        if (rest.Count == 0 && card.FindId is null) return PartOutcome.LastStays;

        db.Add(new PoolEntry { GroupId = card.GroupId, NewsId = newsId, ArrivedAt = clock.GetUtcNow().UtcDateTime, SourceId = parted[0].SourceId, SourceCount = Count(parted) });
        Settle(card, rest);
        await SaveAsync(db, card, token);
        return PartOutcome.Parted;
    }, cancellation);

    /// <summary>Says that it is the same after all: its own card goes, as long as nobody has done anything to it.</summary>
    /// <exception cref="NotFoundException">As for parting.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    public Task<PartOutcome> JoinAsync(Viewer viewer, string groupSlug, Guid cardId, Guid newsId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var card = await HeldAsync(db, groupSlug, cardId, newsId, token);
        if (await OwnAsync(db, card, newsId, token) is not { } own) return PartOutcome.Joined;
        if (own is not { Version: 1, State: PoolState.Proposed, FindId: null }) return PartOutcome.WorkedOn;

        db.Remove(own);
        await db.SaveChangesAsync(token);
        Settle(card, await CarriersAsync(db, card, token));
        await SaveAsync(db, card, token);
        return PartOutcome.Joined;
    }, cancellation);

    private async Task<PoolEntry> HeldAsync(AppDbContext db, string groupSlug, Guid cardId, Guid newsId, CancellationToken cancellation)
    {
        var standing = await rights.RequireBoardAsync(db, modules, groupSlug, cancellation);
        var card = (await MoveCards.HoldAsync(db, standing.GroupId, [cardId], cancellation))[cardId];
        return await db.Set<News>().AnyAsync(n => n.Id == newsId && n.SameAsId == card.NewsId, cancellation) ? card : throw new NotFoundException();
    }

    private static Task<PoolEntry?> OwnAsync(AppDbContext db, PoolEntry card, Guid newsId, CancellationToken cancellation) =>
        db.Set<PoolEntry>().FirstOrDefaultAsync(e => e.GroupId == card.GroupId && e.NewsId == newsId, cancellation);

    // Whoever has the news as the card tells it comes first.
    private static async Task<List<Carrier>> CarriersAsync(AppDbContext db, PoolEntry card, CancellationToken cancellation) =>
        [.. (await Carriers.Of(db, db.Set<PoolEntry>().Where(e => e.Id == card.Id)).ToListAsync(cancellation)).OrderBy(c => c.NewsId == card.NewsId ? 0 : 1).ThenBy(c => c.NewsId).ThenBy(c => c.SourceId)];

    private static void Settle(PoolEntry card, List<Carrier> carriers)
    {
        card.SourceCount = Count(carriers);
        if (!carriers.Exists(c => c.SourceId == card.SourceId)) card.SourceId = carriers.Count == 0 ? null : carriers[0].SourceId;
        card.Version++;
    }

    private static int Count(List<Carrier> carriers) => carriers.DistinctBy(c => c.SourceId).Count();

    private async Task SaveAsync(AppDbContext db, PoolEntry card, CancellationToken cancellation)
    {
        db.Activities.Add(BoardActivities.Of(BoardActivities.Moved, card.GroupId, db.Viewer, clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(cancellation);
    }
}
