using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Platform.Links;

/// <summary>A content to make another one from: what the form of the new one begins with.</summary>
/// <param name="Item">Its row, with its group.</param>
/// <param name="Body">Its Markdown.</param>
/// <param name="Tags">Its tags separated by commas.</param>
/// <param name="Address">Its address from the root.</param>
public sealed record SourceView(ContentItem Item, string Body, string Tags, string Address);

/// <summary>A content that another one was made from, or that was made from it.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Address">Its address from the root.</param>
/// <param name="Kind">Its kind in words.</param>
/// <param name="IsSource">Whether the other was made from it.</param>
public sealed record LinkedContent(string Title, string Address, string Kind, bool IsSource);

/// <summary>Keeps which content was made from which, and shows each to those who may read it.</summary>
public sealed class LinkContents(Faces faces, ModuleCatalog modules, TimeProvider clock)
{
    private const int Most = 20;

    /// <summary>Links a content under way to the one it was made from; the caller saves.</summary>
    /// <exception cref="NotFoundException">The source is absent, invisible or in the trash.</exception>
    public async Task AddAsync(AppDbContext db, string sourceShortId, ContentItem made, CancellationToken cancellation)
    {
        var source = await db.Items.Where(i => i.ShortId == sourceShortId).Select(i => i.Id).FirstOrDefaultAsync(cancellation);
        if (source == Guid.Empty) throw new NotFoundException();

        made.IsLinked = true;
        await db.Items.Where(i => i.Id == source).ExecuteUpdateAsync(set => set.SetProperty(i => i.IsLinked, true), cancellation);
        db.ContentLinks.Add(new ContentLink { ItemId = made.Id, Item = made, SourceId = source, At = clock.GetUtcNow().UtcDateTime });
    }

    /// <summary>The content to make another one from; null when there is none that the viewer may read.</summary>
    public async Task<SourceView?> ReadAsync(AppDbContext db, string? shortId, CancellationToken cancellation)
    {
        if (ShortIds.FromSegment(shortId) is not { } id) return null;

        var item = await db.Items.AsNoTracking().Include(i => i.Group).FirstOrDefaultAsync(i => i.ShortId == id, cancellation);
        if (item?.Group is not { } group) return null;

        var face = faces.Of(item.Kind);
        var body = (await face.BodiesAsync(db, [item.Id], cancellation)).GetValueOrDefault(item.Id, "");
        var tags = await db.Tags.Where(t => t.ItemId == item.Id).OrderBy(t => t.Slug).Select(t => t.Name).ToListAsync(cancellation);
        return new(item, body, string.Join(", ", tags), face.Address(group.Slug, item));
    }

    /// <summary>What the content was made from, then what was made from it, the latest first.</summary>
    public async Task<IReadOnlyList<LinkedContent>> OfAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        if (!item.IsLinked) return [];

        var itemId = item.Id;
        var found = await db.ContentLinks.AsNoTracking().Where(l => l.ItemId == itemId || l.SourceId == itemId)
            .Join(db.Items, l => l.ItemId == itemId ? l.SourceId : l.ItemId, i => i.Id, (l, i) => new { l.At, IsSource = l.ItemId == itemId, Item = i, i.Group!.Slug })
            .OrderByDescending(l => l.IsSource).ThenByDescending(l => l.At).Take(Most).ToListAsync(cancellation);
        return [.. found.Select(l => new LinkedContent(l.Item.Title, faces.Address(l.Slug, l.Item), modules.Kind(l.Item.Kind).Name(), l.IsSource))];
    }
}
