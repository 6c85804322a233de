using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Coediting;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Wiki.Versions;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>Lets the text of a page be written by several at once. Together one types titles, as in the form; the page keeps identifiers.</summary>
internal sealed class WriteTogether(Rights rights, Bodies bodies, PageLinks links, FollowedEdits followed, TimeProvider clock) : ICoeditedText
{
    /// <inheritdoc />
    public string Kind => WikiModule.PageKind;

    /// <inheritdoc />
    public async Task<bool> MayWriteAsync(AppDbContext db, ContentItem item, Standing standing, CancellationToken cancellation) =>
        rights.Allows(PageRights.ToWrite(await db.Set<WikiPage>().Where(p => p.Id == item.Id).Select(p => p.Writers).FirstOrDefaultAsync(cancellation)), standing);

    /// <inheritdoc />
    public async Task<string> ReadAsync(AppDbContext db, Guid itemId, CancellationToken cancellation)
    {
        var page = await db.Set<WikiPage>().AsNoTracking().Where(p => p.Id == itemId).Select(p => new { p.Body, p.Item.GroupId }).FirstAsync(cancellation);
        return await links.EditedAsync(db, page.GroupId, page.Body, cancellation);
    }

    /// <inheritdoc />
    public async Task SaveAsync(AppDbContext db, ContentItem item, CoeditedBody body, CancellationToken cancellation)
    {
        var page = await db.Set<WikiPage>().FirstAsync(p => p.Id == item.Id, cancellation);
        var kept = await links.KeptAsync(db, item.GroupId, body.Body, cancellation);
        if (kept == page.Body) return;

        var (now, editor) = (clock.GetUtcNow().UtcDateTime, body.Writers[^1]);
        await JointVersions.RecordAsync(db, item, page.Body, body, now, cancellation);
        page.Take(kept, await bodies.RenderAsync(db, kept, cancellation));
        (page.EditedAt, item.UpdatedAt, item.Excerpt) = (now, now, Excerpt.Of(kept, ContentItem.ExcerptLength));
        item.Version++;
        await links.WriteAsync(db, page, item.GroupId, cancellation);
        db.Activities.Add(new Activity { Kind = ActivityKinds.ItemEdited, ItemId = item.Id, GroupId = item.GroupId, ActorId = editor, At = now, Quiet = true });
        await followed.RecordAsync(db, page, editor, cancellation);
    }
}
