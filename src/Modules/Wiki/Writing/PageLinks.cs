using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>
/// Links by title. As they are kept, they hold the short identifier of their page; as they are edited, its title of today. A link to a page that is not
/// there yet keeps its title, and finds the page once somebody writes it.
/// </summary>
internal sealed class PageLinks
{
    private sealed record Target(Guid Id, string ShortId, string Title, string Folded, Guid GroupId, DateTime CreatedAt);

    /// <summary>The text as it is kept: each title that a page of the group has is followed by the page's short identifier.</summary>
    public async Task<string> KeptAsync(AppDbContext db, Guid groupId, string body, CancellationToken cancellation)
    {
        var links = RichText.FindPageLinks(body);
        if (links.Length == 0) return body;

        var targets = await TargetsAsync(db, groupId, links, cancellation);
        return Rewrite(body, links, link => Find(targets, groupId, link) is { } target ? Written(target.Title, target.ShortId, link.Text) : null);
    }

    /// <summary>The text as it is edited: titles of today, without identifiers where the title alone says which page is meant.</summary>
    public async Task<string> EditedAsync(AppDbContext db, Guid groupId, string body, CancellationToken cancellation) => (await EditedAsync(db, groupId, [body], cancellation))[0];

    /// <summary>The same for several texts, at one question.</summary>
    public async Task<IReadOnlyList<string>> EditedAsync(AppDbContext db, Guid groupId, IReadOnlyList<string> bodies, CancellationToken cancellation)
    {
        var found = bodies.Select(b => RichText.FindPageLinks(b)).ToList();
        if (found.TrueForAll(l => l.Length == 0)) return bodies;

        var targets = await TargetsAsync(db, groupId, [.. found.SelectMany(l => l)], cancellation);
        return [.. bodies.Zip(found, (body, links) => Rewrite(body, links, link => Find(targets, groupId, link) is { } target
            ? Written(target.Title, targets.Count(t => t.GroupId == groupId && t.Folded == target.Folded) == 1 && target.GroupId == groupId ? null : target.ShortId, link.Text)
            : null))];
    }

    /// <summary>Writes down where the text of a page leads; the caller saves.</summary>
    public async Task WriteAsync(AppDbContext db, WikiPage page, Guid groupId, CancellationToken cancellation)
    {
        var links = RichText.FindPageLinks(page.Body);
        var targets = links.Length == 0 ? [] : await TargetsAsync(db, groupId, links, cancellation);
        var wanted = links.Select(l => (Key: KeyOf(l), Target: Find(targets, groupId, l)?.Id)).DistinctBy(l => l.Key).ToDictionary(l => l.Key, l => l.Target);
        var present = page.Item.Version == 1 ? [] : await db.Set<WikiLink>().Where(l => l.ItemId == page.Id).ToListAsync(cancellation);
        db.RemoveRange(present.Where(l => !wanted.ContainsKey(l.Key)));
        foreach (var link in present.Where(l => wanted.ContainsKey(l.Key))) link.TargetId = wanted[link.Key] ?? link.TargetId;
        foreach (var (key, target) in wanted.Where(w => present.TrueForAll(p => p.Key != w.Key))) db.Add(new WikiLink { ItemId = page.Id, Item = page.Item, Key = key, TargetId = target });
    }

    /// <summary>Leads the links that waited for a page of that title to it.</summary>
    public Task FoundAsync(AppDbContext db, WikiPage page, Guid groupId, CancellationToken cancellation)
    {
        var (id, title) = (page.Id, page.FoldedTitle);
        return db.Set<WikiLink>().Where(l => l.Key == title && l.Item.GroupId == groupId).ExecuteUpdateAsync(set => set.SetProperty(l => l.TargetId, (Guid?)id), cancellation);
    }

    /// <summary>What a link is written down under.</summary>
    public static string KeyOf(PageLink link) => link.ShortId is { } id ? "#" + id : PageTitle.Fold(link.Title);

    private static async Task<List<Target>> TargetsAsync(AppDbContext db, Guid groupId, IReadOnlyCollection<PageLink> links, CancellationToken cancellation)
    {
        var ids = links.Select(l => l.ShortId).OfType<string>().Distinct().ToList();
        var titles = links.Where(l => l.Title.Length > 0).Select(l => PageTitle.Fold(l.Title)).Distinct().ToList();
        // Written down for several at once, by nobody in particular: what all readers of the text may not see stays unnamed.
        var seesAll = db.Viewer.SeesAll;
        var named = await db.Set<WikiPage>().AsNoTracking().Where(p => (ids.Contains(p.Item.ShortId) && (!seesAll || p.Item.GroupId == groupId || p.Item.Audience == Audience.Public)) || (p.Item.GroupId == groupId && titles.Contains(p.FoldedTitle)))
            .Select(p => new Target(p.Id, p.Item.ShortId, p.Item.Title, p.FoldedTitle, p.Item.GroupId, p.Item.CreatedAt)).ToListAsync(cancellation);
        // What a page is called today may be the title of another one in the same text.
        var today = named.Where(t => t.GroupId == groupId && !titles.Contains(t.Folded)).Select(t => t.Folded).ToList();
        if (today.Count == 0) return named;

        var known = named.ConvertAll(t => t.Id);
        return [.. named, .. await db.Set<WikiPage>().AsNoTracking().Where(p => p.Item.GroupId == groupId && today.Contains(p.FoldedTitle) && !known.Contains(p.Id))
            .Select(p => new Target(p.Id, p.Item.ShortId, p.Item.Title, p.FoldedTitle, p.Item.GroupId, p.Item.CreatedAt)).ToListAsync(cancellation)];
    }

    private static Target? Find(List<Target> targets, Guid groupId, PageLink link)
    {
        if (link.ShortId is { } id) return targets.Find(t => t.ShortId == id);

        var title = PageTitle.Fold(link.Title);
        return targets.Where(t => t.GroupId == groupId && t.Folded == title).MinBy(t => t.CreatedAt);
    }

    private static string Written(string title, string? shortId, string? text) =>
        $"[[{PageTitle.Linkable(title)}{(shortId is null ? "" : "#" + shortId)}{(text is null ? "" : "|" + text)}]]";

    private static string Rewrite(string body, IReadOnlyList<PageLink> links, Func<PageLink, string?> written)
    {
        var text = new StringBuilder(body.Length + 64);
        var at = 0;
        foreach (var link in links.OrderBy(l => l.Start))
        {
            if (link.Start < at || written(link) is not { } instead) continue;

            text.Append(body, at, link.Start - at).Append(instead);
            at = link.Start + link.Length;
        }

        return text.Append(body, at, body.Length - at).ToString();
    }
}
