using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Platform.Revisions;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A find rewritten. Its address stays: another page is another find.</summary>
/// <param name="Content">Title, why it matters, audience, tags.</param>
/// <param name="Version">The version that was read; another one means that somebody has edited since.</param>
public sealed record EditFindInput(ContentInput Content, int Version);

/// <summary>Rewrites a find; what it was stays visible in its history.</summary>
internal sealed class EditFind(AppDb database, Rights rights, Bodies bodies, ContentWriter writer, TimeProvider clock)
{
    /// <summary>The find as it stands, to fill the form.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<FindForm> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (item, standing) = await rights.RequireFindAsync(db, GroupPermissions.EditItem, shortId, cancellation);
        var find = await db.Set<Find>().AsNoTracking().FirstAsync(f => f.Id == item.Id, cancellation);
        var tags = await db.Tags.Where(t => t.ItemId == item.Id).Select(t => t.Name).ToListAsync(cancellation);
        return new(standing, await NewFind.PlatformMembersAsync(db, cancellation), shortId, find.Address, item.Title, find.Body, string.Join(", ", tags), item.Audience, item.Version)
        {
            UsualTags = await NewFind.UsualTagsAsync(db, standing.GroupId, cancellation),
        };
    }

    /// <summary>Saves the find.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, the audience too wide, or it was edited meanwhile.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, EditFindInput input, CancellationToken cancellation) =>
        database.TransactAsync(viewer, (db, token) => WriteAsync(db, shortId, input, token), cancellation);

    private async Task<bool> WriteAsync(AppDbContext db, string shortId, EditFindInput input, CancellationToken cancellation)
    {
        // The group before its content, in the order that a narrowing takes them.
        var groupId = await db.Items.Where(i => i.ShortId == shortId).Select(i => i.GroupId).FirstOrDefaultAsync(cancellation);
        var ceiling = groupId == Guid.Empty ? Audience.Group : await ContentWriter.HoldCeilingAsync(db, groupId, cancellation);
        await db.LockAsync(shortId, cancellation);
        var (item, standing) = await rights.RequireFindAsync(db, GroupPermissions.EditItem, shortId, cancellation);
        var rules = new Rules();
        ContentWriter.Check(rules, input.Content, standing);
        rules.Check(item.Version == input.Version, nameof(input.Content.Body), PlatformTexts.EditedMeanwhile);
        rules.Demand();

        await RewriteAsync(db, item, input.Content, cancellation);
        var audience = input.Content.Audience ?? item.Audience;
        item.Audience = audience <= ceiling ? audience : ceiling;
        item.Version++;
        await ContentWriter.RetagAsync(db, item.Id, input.Content.Tags, cancellation);
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private async Task RewriteAsync(AppDbContext db, ContentItem item, ContentInput input, CancellationToken cancellation)
    {
        var find = await db.Set<Find>().FirstAsync(f => f.Id == item.Id, cancellation);
        var title = input.Title.Trim();
        if (title == item.Title && input.Body == find.Body) return;

        var now = clock.GetUtcNow().UtcDateTime;
        var body = await bodies.RenderAsync(db, input.Body, cancellation);
        db.Revisions.Add(new Revision { TargetId = item.Id, ItemId = item.Id, Title = item.Title, Body = find.Body, EditorId = db.Viewer.MemberId, At = now });
        (find.Body, find.BodyHtml, find.BodyRenderer, find.EditedAt) = (input.Body, body.Html, body.Renderer, now);
        (item.Title, item.Excerpt, item.UpdatedAt) = (title, Excerpt.Of(input.Body, ContentItem.ExcerptLength), now);
    }
}
