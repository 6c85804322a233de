using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Markup;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Syndication;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Editorials;

/// <summary>The éditos as a feed, each whole: of the territory's veille, or of a group's.</summary>
internal sealed class EditorialFeed(AppDb database, Rights rights, ModuleCatalog modules, PlatformOptions platform)
{
    private const int Most = 40;

    private static readonly DateTimeOffset Never = new(2011, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The feed, the newest first.</summary>
    /// <param name="viewer">The reader.</param>
    /// <param name="groupSlug">The group; null for the one that serves the territory.</param>
    /// <param name="self">Address of the feed, from the root.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="NotFoundException">No such group or veille for that reader; for somebody without a key who may not read its revue, no édito either.</exception>
    public async Task<Feed> ExecuteAsync(Viewer viewer, string? groupSlug, string self, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var slug = groupSlug ?? (await TerritoryVeille.FindAsync(db, cancellation))?.GroupSlug ?? throw new NotFoundException();
        var standing = await rights.VeilleOfAsync(db, modules, slug, cancellation);
        var profile = await WriteEditorial.ProfileAsync(db, standing.GroupId, cancellation);
        var rows = await db.Set<Editorial>().AsNoTracking().Where(e => e.Item.GroupId == standing.GroupId).OrderByDescending(e => e.Item.CreatedAt).ThenBy(e => e.Slug).Take(Most)
            .Select(e => new { Editorial = e, e.Item, Author = e.Item.Author!.Name }).ToListAsync(cancellation);
        if (rows.Count == 0 && !ListEditorials.MayKnow(viewer, profile, standing)) throw new NotFoundException();

        var ids = rows.ConvertAll(r => r.Item.Id);
        var tags = (await db.Tags.AsNoTracking().Where(t => ids.Contains(t.ItemId)).OrderBy(t => t.Slug).ToListAsync(cancellation)).ToLookup(t => t.ItemId, t => t.Name);
        var page = platform.Absolute(groupSlug is null ? "/veille/editos" : VeilleAddress.Editorials(standing.Slug));
        return new Feed
        {
            Id = page.AbsoluteUri,
            Title = EditorialTexts.FeedTitle.With(profile?.Name ?? standing.Name),
            Description = standing.Summary,
            Link = page,
            Self = platform.Absolute(self),
            Language = "fr",
            Updated = rows.Count == 0 ? Never : rows.Max(r => r.Item.UpdatedAt),
            Entries = [.. rows.Select(r => Entry(r.Editorial, r.Item, r.Author, [.. tags[r.Item.Id]], groupSlug is null ? VeilleAddress.TerritoryEditorial(r.Editorial.Slug) : VeilleAddress.Editorial(standing.Slug, r.Item.ShortId, r.Item.Title)))],
        };
    }

    private FeedEntry Entry(Editorial editorial, ContentItem item, string author, IReadOnlyList<string> tags, string address) => new()
    {
        Id = $"urn:territoire:{item.ShortId}",
        Title = item.Title,
        Link = platform.Absolute(address),
        Published = item.CreatedAt,
        Updated = item.UpdatedAt,
        Authors = [author],
        Categories = tags,
        Summary = item.Excerpt,
        ContentHtml = Sanitizer.WithAbsoluteLinks(RichText.Render(editorial.Body, RichTextContext.Empty), platform.BaseUrl),
        Comments = platform.Absolute(address + "#commentaires"),
    };
}
