using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Pool;

/// <summary>That a source of the group carries the news of a card.</summary>
internal sealed record Carrier
{
    /// <summary>The card.</summary>
    public required Guid CardId { get; init; }

    /// <summary>The news, as that source has it: the card's, or one that is the same.</summary>
    public required Guid NewsId { get; init; }

    /// <summary>The source.</summary>
    public required Guid SourceId { get; init; }
}

/// <summary>Who carries the news of cards.</summary>
internal static class Carriers
{
    /// <summary>Those of <paramref name="cards"/>: of the news itself and of what is the same, unless an animator gave that a card of its own.</summary>
    public static IQueryable<Carrier> Of(AppDbContext db, IQueryable<PoolEntry> cards)
    {
        var own = from e in cards select new { e.Id, e.GroupId, e.NewsId };
        var alike = from e in cards
                    join n in db.Set<News>() on (Guid?)e.NewsId equals n.SameAsId
                    where !db.Set<PoolEntry>().Any(o => o.GroupId == e.GroupId && o.NewsId == n.Id)
                    select new { e.Id, e.GroupId, NewsId = n.Id };
        return from c in own.Concat(alike)
               join s in db.Set<Sighting>() on c.NewsId equals s.NewsId
               join g in db.Set<GroupSource>() on new { c.GroupId, s.SourceId } equals new { g.GroupId, g.SourceId }
               select new Carrier { CardId = c.Id, NewsId = c.NewsId, SourceId = s.SourceId };
    }
}
