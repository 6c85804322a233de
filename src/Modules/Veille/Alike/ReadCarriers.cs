using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Alike;

/// <summary>A page that tells the news of a card, with the sources of the group that lead to it.</summary>
/// <param name="NewsId">The news as that page has it.</param>
/// <param name="Title">Its title there.</param>
/// <param name="Address">Address of the page.</param>
/// <param name="PublishedAt">Its date there.</param>
/// <param name="Sources">What the group calls the sources.</param>
/// <param name="IsLead">Whether it is the one that the card shows.</param>
/// <param name="HasSameTitle">Whether it was known by its title, rather than by its text.</param>
public sealed record Telling(Guid NewsId, string Title, string Address, DateTime PublishedAt, IReadOnlyList<string> Sources, bool IsLead, bool HasSameTitle);

/// <summary>The sources of a card.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Id">The card.</param>
/// <param name="Title">What the group calls the news.</param>
/// <param name="Tellings">Pages that tell it, the card's own first.</param>
/// <param name="Parted">Pages that an animator said to tell something else.</param>
/// <param name="PartedFrom">The card that this one was parted from, and its title; null for most.</param>
/// <param name="MayPart">Whether the viewer may part and join.</param>
public sealed record CarriersView(Standing Standing, Guid Id, string Title, IReadOnlyList<Telling> Tellings, IReadOnlyList<Telling> Parted, (Guid Id, string Title)? PartedFrom, bool MayPart)
{
    /// <summary>Whether that one may be parted: never the card's own, and never the last.</summary>
    public bool CanPart(Telling telling) => MayPart && !telling.IsLead && Tellings.Count > 1;
}

/// <summary>Reads which sources carry the news of a card, for the members of its group.</summary>
internal sealed class ReadCarriers(AppDb database, Rights rights, ModuleCatalog modules)
{
    /// <summary>Most pages of a card that are listed, the oldest first.</summary>
    public const int Most = 200;

    /// <summary>The sources of the card.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no veille, the viewer is no member, or the card is not of this group.</exception>
    public async Task<CarriersView> ExecuteAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.PoolOfAsync(db, modules, groupSlug, cancellation);
        var cards = db.Set<PoolEntry>().AsNoTracking().Where(e => e.GroupId == standing.GroupId);
        var card = await cards.Include(e => e.News).FirstOrDefaultAsync(e => e.Id == id, cancellation) ?? throw new NotFoundException();
        var lead = card.News!;
        var carriers = await Carriers.Of(db, cards.Where(e => e.Id == id)).ToListAsync(cancellation);
        var parted = await (from n in db.Set<News>() where n.SameAsId == lead.Id join e in cards on n.Id equals e.NewsId orderby n.Id select e.Id).Take(Most).ToListAsync(cancellation);
        carriers.AddRange(await Carriers.Of(db, cards.Where(e => parted.Contains(e.Id))).ToListAsync(cancellation));

        var ids = carriers.Select(c => c.NewsId).Distinct().Take(Most).ToList();
        var news = await db.Set<News>().AsNoTracking().Where(n => ids.Contains(n.Id)).ToListAsync(cancellation);
        var names = await db.Set<GroupSource>().AsNoTracking().Where(s => s.GroupId == standing.GroupId).Select(s => new { s.SourceId, Name = s.Name ?? s.Source!.Title }).ToDictionaryAsync(s => s.SourceId, s => s.Name, cancellation);
        var tellings = news.OrderBy(n => n.Id == lead.Id ? 0 : 1).ThenBy(n => n.FirstSeenAt).ThenBy(n => n.Id).Select(n => (News: n, Carriers: carriers.FindAll(c => c.NewsId == n.Id)))
            .Select(n => (IsHere: n.Carriers[0].CardId == id, Telling: Told(n.News, lead, [.. n.Carriers.Select(c => names[c.SourceId]).Distinct().Order(StringComparer.CurrentCultureIgnoreCase)]))).ToList();
        var find = await db.Items.Where(i => i.Id == card.FindId).Select(i => i.Title).FirstOrDefaultAsync(cancellation);
        var from = await cards.Where(e => e.NewsId == lead.SameAsId).Select(e => new { e.Id, e.News!.Title }).FirstOrDefaultAsync(cancellation);
        return new(
            standing, id, find ?? lead.Title, [.. tellings.Where(t => t.IsHere).Select(t => t.Telling)], [.. tellings.Where(t => !t.IsHere).Select(t => t.Telling)], from is null ? null : (from.Id, from.Title), rights.Allows(VeilleModule.Curate, standing));
    }

    private static Telling Told(News news, News lead, IReadOnlyList<string> sources) => new(news.Id, news.Title, news.Address, news.PublishedAt, sources, news.Id == lead.Id, news.TitleKey == lead.TitleKey);
}
