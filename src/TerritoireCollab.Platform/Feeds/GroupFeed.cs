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

/// <summary>A part of what a tool has, with a page of its own.</summary>
/// <param name="Page">Address of that page, from the root.</param>
/// <param name="Name">What it is called, told the tags that its contents bear.</param>
/// <param name="Items">Keys of its contents in a group.</param>
public sealed record FeedPart(string Page, Func<IReadOnlyList<string>, string> Name, Func<AppDbContext, Guid, IQueryable<Guid>> Items)
{
    /// <summary>What bears a tag.</summary>
    /// <param name="list">Address of the group or tool, from the root.</param>
    /// <param name="tag">The tag as it stands in addresses.</param>
    public static FeedPart OfTag(string list, string tag) => new(
        $"{list}?etiquette={tag}",
        names => PlatformTexts.FeedOfTag.With(names.FirstOrDefault(n => Slug.Of(n) == tag) ?? tag),
        (db, group) => db.Tags.Where(t => t.Slug == tag && t.Item.GroupId == group).Select(t => t.ItemId));
}

/// <summary>The feed of a group, or of one of its tools: its newest contents as the viewer may read them at that moment.</summary>
public sealed class GroupFeed(AppDb database, Rights rights, ModuleCatalog modules, Faces faces, PlatformOptions platform)
{
    /// <summary>Contents in a feed.</summary>
    public const int MostEntries = 50;

    /// <summary>The feed.</summary>
    /// <exception cref="NotFoundException">No such group or tool for the viewer, or nothing that somebody without a key may read.</exception>
    public Task<Feed> ReadAsync(Viewer viewer, string slug, string? toolKey, string self, CancellationToken cancellation) => ReadAsync(viewer, slug, toolKey, self, null, cancellation);

    /// <summary>The feed of a part of a group or tool.</summary>
    /// <inheritdoc cref="ReadAsync(Viewer, string, string, string, CancellationToken)"/>
    public async Task<Feed> ReadAsync(Viewer viewer, string slug, string? toolKey, string self, FeedPart? part, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, slug, cancellation);
        var tool = toolKey is null ? null : modules.Tool(toolKey) is { HasFeed: true } found && standing.Has(found) ? found : throw new NotFoundException();
        var kinds = modules.Kinds.Where(k => k.Can(Capability.Feedable) && (tool is null ? IsOn(standing, k) : k.Tool == tool.Key)).Select(k => k.Key).ToList();

        var all = db.Items.AsNoTracking().Where(i => i.GroupId == standing.GroupId && kinds.Contains(i.Kind));
        if (part?.Items(db, standing.GroupId) is { } parts) all = all.Where(i => parts.Contains(i.Id));
        var changedFirst = tool is { FeedsChanges: true };
        var items = await (changedFirst ? all.OrderByDescending(i => i.UpdatedAt) : all.OrderByDescending(i => i.CreatedAt)).Take(MostEntries).Include(i => i.Author).ToListAsync(cancellation);
        if (items.Count == 0 && !viewer.IsSignedIn) throw new NotFoundException();

        var ids = items.Select(i => i.Id).ToList();
        var tags = (await db.Tags.AsNoTracking().Where(t => ids.Contains(t.ItemId)).ToListAsync(cancellation)).ToLookup(t => t.ItemId, t => t.Name);
        var files = (await db.Attachments.AsNoTracking().Include(a => a.File).Where(a => ids.Contains(a.ItemId) && a.CommentId == null && a.File!.Check != FileCheck.Waiting && a.File.Check != FileCheck.Quarantined).ToListAsync(cancellation)).ToLookup(a => a.ItemId);
        var (bodies, covers) = (await faces.BodiesAsync(db, items, cancellation), new Dictionary<Guid, ContentCover>());
        foreach (var kind in items.GroupBy(i => i.Kind))
            foreach (var (id, cover) in await faces.Of(kind.Key).CoversAsync(db, slug, [.. kind.Select(i => i.Id)], cancellation)) covers[id] = cover;

        var coAuthors = await CoAuthors.OfAsync(db, [.. items.Where(i => i.HasCoAuthors).Select(i => i.Id)], cancellation);

        var page = part is not null ? part.Page : tool is null ? $"/groupes/{slug}" : $"/groupes/{slug}/{tool.Key}";
        var title = tool is null ? standing.Name : $"{standing.Name} – {tool.Name()}";
        return new Feed
        {
            Id = platform.Absolute(page).AbsoluteUri,
            Title = part is null ? title : $"{title} – {part.Name([.. tags.SelectMany(t => t)])}",
            Description = standing.Summary,
            Link = platform.Absolute(page),
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
