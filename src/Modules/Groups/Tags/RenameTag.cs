using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Tags;

namespace TerritoireCollab.Groups.Tags;

/// <summary>A word of the dictionary of a group.</summary>
/// <param name="Slug">Its address form.</param>
/// <param name="Name">The word.</param>
/// <param name="Count">Contents that bear it.</param>
public sealed record TagLine(string Slug, string Name, int Count);

/// <summary>The dictionary of a group, for its animators.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Tags">Its words, in the order of the alphabet.</param>
public sealed record TagListView(Standing Standing, IReadOnlyList<TagLine> Tags);

/// <summary>Lists the words that the contents of a group bear, whatever their tools.</summary>
internal sealed class ListTags(AppDb database, Rights rights)
{
    private const int Most = 500;

    /// <summary>All of them.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    public async Task<TagListView> ExecuteAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, GroupPermissions.Moderate, groupSlug, cancellation);
        var found = await db.Tags.Where(t => t.Item.GroupId == standing.GroupId).GroupBy(t => t.Slug).OrderBy(g => g.Key).Take(Most).Select(g => new { g.Key, Name = g.Min(t => t.Name)!, Count = g.Count() }).ToListAsync(cancellation);
        return new(standing, [.. found.Select(t => new TagLine(t.Key, t.Name, t.Count))]);
    }
}

/// <summary>A word to be written otherwise.</summary>
/// <param name="Name">The word to write; one that the group has already takes the other's contents in.</param>
/// <param name="Merges">Whether the animator has seen that both become one.</param>
public sealed record RenameTagInput(string? Name, bool Merges);

/// <summary>What became of it.</summary>
/// <param name="Slug">Address form of the word of today.</param>
/// <param name="Name">The word of today.</param>
/// <param name="Merged">How many contents bear the other word already, where nothing was written for want of a confirmation; 0 when it is done.</param>
public sealed record RenamedTag(string Slug, string Name, int Merged);

/// <summary>Writes a word of the dictionary of a group otherwise on all contents that bear it, those of the trash too; where the group has the new word already, both become one.</summary>
internal sealed class RenameTag(AppDb database, Rights rights, ContentWriter writer)
{
    private static readonly string[] WithTrash = [AppDbContext.DeletedFilter];

    /// <summary>Renames it.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or no content of it bears that word.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    /// <exception cref="InvalidInputException">Not one word that a tag can be.</exception>
    public Task<RenamedTag> ExecuteAsync(Viewer viewer, string groupSlug, string tag, RenameTagInput input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.Moderate, groupSlug, token);
        // Whoever publishes in the group holds its row too: no content slips in with the former word.
        await ContentWriter.HoldCeilingAsync(db, standing.GroupId, token);
        var bearing = await Of(db, standing.GroupId, tag).ToListAsync(token);
        if (bearing.Count == 0) throw new NotFoundException();

        var words = TagList.Parse(input.Name);
        new Rules().Text(input.Name, nameof(input.Name), TagList.Longest).Check(words.Count == 1, nameof(input.Name), GroupsTexts.TagOneWord).Demand();
        var (slug, name) = words[0];
        var others = slug == tag ? [] : await Of(db, standing.GroupId, slug).Select(t => t.ItemId).ToListAsync(token);
        if (others.Count > 0 && !input.Merges) return new RenamedTag(slug, name, others.Count);

        db.Tags.RemoveRange(bearing);
        await db.SaveChangesAsync(token);
        db.Tags.AddRange(bearing.Where(t => !others.Contains(t.ItemId)).Select(t => new TagLink { ItemId = t.ItemId, Slug = slug, Name = name }));
        // One word is written in one way.
        await Of(db, standing.GroupId, slug).ExecuteUpdateAsync(set => set.SetProperty(t => t.Name, name), token);
        if (slug != tag) await LeadOnAsync(db, standing.GroupId, tag, slug, token);
        var ids = bearing.ConvertAll(t => t.ItemId);
        foreach (var item in await db.Items.Where(i => ids.Contains(i.Id) || others.Contains(i.Id)).ToListAsync(token)) writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(token);
        return new RenamedTag(slug, name, 0);
    }, cancellation);

    private static IQueryable<TagLink> Of(AppDbContext db, Guid group, string slug) => db.Tags.IgnoreQueryFilters(WithTrash).Where(t => t.Item.GroupId == group && t.Slug == slug);

    private static async Task LeadOnAsync(AppDbContext db, Guid group, string from, string into, CancellationToken cancellation)
    {
        var aliases = db.Set<TagAlias>().Where(a => a.GroupId == group);
        await aliases.Where(a => a.Slug == into || a.Slug == from).ExecuteDeleteAsync(cancellation);
        await aliases.Where(a => a.Into == from).ExecuteUpdateAsync(set => set.SetProperty(a => a.Into, into), cancellation);
        db.Add(new TagAlias { GroupId = group, Slug = from, Into = into });
    }
}
