using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Markup;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Syndication;

namespace TerritoireCollab.Platform.Feeds;

/// <summary>The feed of a group, or of one of its tools: its newest contents as the viewer may read them at that moment.</summary>
public sealed class GroupFeed(AppDb database, Rights rights, ModuleCatalog modules, Faces faces, PlatformOptions platform)
{
    private const int MostEntries = 50;

    /// <summary>The feed.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="slug">The group.</param>
    /// <param name="toolKey">The tool; the whole group when null.</param>
    /// <param name="tag">The tag that its contents bear, as it stands in addresses; whatever they bear when null.</param>
    /// <param name="self">Address of the feed from the root.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="NotFoundException">No such group or tool for the viewer, or nothing that somebody without a key may read.</exception>
    public async Task<Feed> ReadAsync(Viewer viewer, string slug, string? toolKey, string? tag, string self, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, slug, cancellation);
        var tool = toolKey is null ? null : modules.Tool(toolKey) is { HasFeed: true } found && standing.Has(found) ? found : throw new NotFoundException();
        var kinds = modules.Kinds.Where(k => k.Can(Capability.Feedable) && (tool is null ? IsOn(standing, k) : k.Tool == tool.Key)).Select(k => k.Key).ToList();

        var all = db.Items.AsNoTracking().Where(i => i.GroupId == standing.GroupId && kinds.Contains(i.Kind)).Include(i => i.Author).AsQueryable();
        if (tag is not null) all = all.Where(i => db.Tags.Any(t => t.ItemId == i.Id && t.Slug == tag));
        var changedFirst = tool is { FeedsChanges: true };
        var items = await (changedFirst ? all.OrderByDescending(i => i.UpdatedAt) : all.OrderByDescending(i => i.CreatedAt)).Take(MostEntries).ToListAsync(cancellation);
        if (items.Count == 0 && !viewer.IsSignedIn) throw new NotFoundException();

        var ids = items.Select(i => i.Id).ToList();
        var tags = (await db.Tags.AsNoTracking().Where(t => ids.Contains(t.ItemId)).ToListAsync(cancellation)).ToLookup(t => t.ItemId, t => t.Name);
        var files = (await db.Attachments.AsNoTracking().Include(a => a.File).Where(a => ids.Contains(a.ItemId) && a.CommentId == null && a.File!.Check != FileCheck.Waiting && a.File.Check != FileCheck.Quarantined).ToListAsync(cancellation)).ToLookup(a => a.ItemId);
        var (bodies, covers) = (await faces.BodiesAsync(db, items, cancellation), new Dictionary<Guid, ContentCover>());
        foreach (var kind in items.GroupBy(i => i.Kind))
            foreach (var (id, cover) in await faces.Of(kind.Key).CoversAsync(db, slug, [.. kind.Select(i => i.Id)], cancellation)) covers[id] = cover;

        var coAuthors = await CoAuthors.OfAsync(db, [.. items.Where(i => i.HasCoAuthors).Select(i => i.Id)], cancellation);

        var page = tool is null ? $"/groupes/{slug}" : $"/groupes/{slug}/{tool.Key}";
        var title = tool is null ? standing.Name : $"{standing.Name} – {tool.Name()}";
        return new Feed
        {
            Id = platform.Absolute(tag is null ? page : $"{page}?etiquette={tag}").AbsoluteUri,
            Title = tag is null ? title : PlatformTexts.FeedOfTag.With(title, tags.SelectMany(t => t).FirstOrDefault(t => Slug.Of(t) == tag) ?? tag),
            Description = standing.Summary,
            Link = platform.Absolute(tag is null || tool is null ? page : $"{page}?etiquette={tag}"),
            Self = platform.Absolute(self),
            Language = "fr",
            ChangedFirst = changedFirst,
            Updated = items.Count == 0 ? new DateTimeOffset(2011, 1, 1, 0, 0, 0, TimeSpan.Zero) : items.Max(i => i.UpdatedAt),
            Entries = [.. items.Select(item => new FeedEntry
            {
                Id = $"urn:territoire:{item.ShortId}",
                Title = item.Title,
                Link = platform.Absolute(faces.Address(slug, item)),
                Published = item.CreatedAt,
                Updated = item.UpdatedAt,
                Authors = [item.Author!.Name, .. coAuthors[item.Id].Select(a => a.Name)],
                Categories = [.. tags[item.Id]],
                Summary = item.Excerpt,
                ContentHtml = Sanitizer.WithAbsoluteLinks(RichText.Render(bodies.GetValueOrDefault(item.Id, ""), RichTextContext.Empty), platform.BaseUrl),
                Enclosures = [.. covers.TryGetValue(item.Id, out var cover) ? [Enclosure(cover)] : Array.Empty<FeedEnclosure>(), .. files[item.Id].Select(Enclosure)],
            })],
        };
    }

    private bool IsOn(Standing standing, ContentKind kind) => modules.Tool(kind.Tool) is not { } tool || standing.Has(tool);

    private FeedEnclosure Enclosure(ContentCover cover) => new() { Url = platform.Absolute(cover.Address), Type = cover.ContentType, Length = cover.Length };

    private FeedEnclosure Enclosure(Attachment attachment) => new()
    {
        Url = platform.Absolute($"/pieces/{attachment.Id:N}/{Uri.EscapeDataString(attachment.Name)}"),
        Type = attachment.File!.ContentType,
        Length = attachment.File.Length,
    };
}
