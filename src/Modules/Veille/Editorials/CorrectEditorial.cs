using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Platform.Revisions;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Veille.Issues;

namespace TerritoireCollab.Veille.Editorials;

/// <summary>An édito corrected. Its month and its address stay.</summary>
/// <param name="Content">Title, text, audience, tags.</param>
/// <param name="Version">The version that was read; another one means that somebody has corrected since.</param>
public sealed record EditorialCorrection(ContentInput Content, int Version);

/// <summary>Corrects a published édito. What it said before stays visible in its history.</summary>
internal sealed class CorrectEditorial(AppDb database, Rights rights, Bodies bodies, ContentWriter writer, TimeProvider clock)
{
    /// <summary>The édito as it stands, to fill the form.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<EditorialForm> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (item, standing) = await RequireEditorialAsync(db, GroupPermissions.EditItem, shortId, cancellation);
        var editorial = await db.Set<Editorial>().AsNoTracking().FirstAsync(e => e.Id == item.Id, cancellation);
        var tags = await db.Tags.Where(t => t.ItemId == item.Id).Select(t => t.Name).ToListAsync(cancellation);
        return new()
        {
            Standing = standing,
            PlatformMembers = await EditContent.PlatformMembersAsync(db, cancellation),
            ShortId = shortId,
            Month = editorial.Month,
            Title = item.Title,
            Body = editorial.Body,
            Tags = string.Join(", ", tags),
            Audience = item.Audience,
            Widest = PublishIssue.AudienceOf(await WriteEditorial.ProfileAsync(db, standing.GroupId, cancellation), standing),
            Version = item.Version,
        };
    }

    /// <summary>Saves the correction.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, the audience too wide, or it was corrected meanwhile.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, EditorialCorrection input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        // The group before its content, in the order that a narrowing takes them.
        var groupId = await db.Items.Where(i => i.ShortId == shortId).Select(i => i.GroupId).FirstOrDefaultAsync(token);
        var ceiling = groupId == Guid.Empty ? Audience.Group : await ContentWriter.HoldCeilingAsync(db, groupId, token);
        await db.LockAsync(shortId, token);
        var (item, standing) = await RequireEditorialAsync(db, GroupPermissions.EditItem, shortId, token);
        var rules = new Rules();
        // What was published for more, before the revue was narrowed, may stay so.
        var content = input.Content with { Audience = input.Content.Audience ?? item.Audience };
        if (content.Audience == item.Audience) ContentWriter.Check(rules, content, standing);
        else WriteEditorial.Check(rules, content, standing, await WriteEditorial.ProfileAsync(db, standing.GroupId, token));
        rules.Check(item.Version == input.Version, nameof(content.Body), PlatformTexts.EditedMeanwhile);
        rules.Demand();

        await RewriteAsync(db, item, content, token);
        item.Audience = content.Audience <= ceiling ? content.Audience!.Value : ceiling;
        item.Version++;
        await ContentWriter.RetagAsync(db, item.Id, content.Tags, token);
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    private async Task<(ContentItem Item, Standing Standing)> RequireEditorialAsync(AppDbContext db, Permission permission, string shortId, CancellationToken cancellation)
    {
        var (item, standing) = await rights.RequireItemAsync(db, permission, shortId, cancellation);
        return item.Kind == VeilleModule.EditorialKind ? (item, standing) : throw new NotFoundException();
    }

    private async Task RewriteAsync(AppDbContext db, ContentItem item, ContentInput input, CancellationToken cancellation)
    {
        var editorial = await db.Set<Editorial>().FirstAsync(e => e.Id == item.Id, cancellation);
        var title = input.Title.Trim();
        if (title == item.Title && input.Body == editorial.Body) return;

        var now = clock.GetUtcNow().UtcDateTime;
        var body = await bodies.RenderAsync(db, input.Body, cancellation);
        db.Revisions.Add(new Revision { TargetId = item.Id, ItemId = item.Id, Title = item.Title, Body = editorial.Body, EditorId = db.Viewer.MemberId, At = now });
        (editorial.Body, editorial.BodyHtml, editorial.BodyRenderer, editorial.EditedAt) = (input.Body, body.Html, body.Renderer, now);
        (item.Title, item.Excerpt, item.UpdatedAt) = (title, Excerpt.Of(input.Body, ContentItem.ExcerptLength), now);
    }
}

/// <summary>Puts an édito into the trash, and back.</summary>
internal sealed class RemoveEditorial(AppDb database, Rights rights, ContentWriter writer)
{
    /// <summary>Puts it into the trash and returns the address form of its group.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, standing) = await rights.RequireItemAsync(db, GroupPermissions.RemoveItem, shortId, token);
        if (item.Kind != VeilleModule.EditorialKind) throw new NotFoundException();

        writer.Remove(db, item);
        await db.SaveChangesAsync(token);
        return standing.Slug;
    }, cancellation);

    /// <summary>Takes it out of the trash and returns the address form of its group.</summary>
    /// <exception cref="NotFoundException">Absent or invisible, or neither its author nor an animator.</exception>
    public Task<string> UndoAsync(Viewer viewer, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var item = await db.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).FirstOrDefaultAsync(i => i.ShortId == shortId && i.Kind == VeilleModule.EditorialKind, token) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, item.GroupId, token);
        if (!rights.Allows(GroupPermissions.RemoveItem, standing, item.AuthorId)) throw new NotFoundException();
        if (item.DeletedAt is null) return standing.Slug;

        writer.Restore(db, item);
        await db.SaveChangesAsync(token);
        return standing.Slug;
    }, cancellation);
}
