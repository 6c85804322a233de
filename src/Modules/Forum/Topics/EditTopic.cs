using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Platform.Revisions;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Forum.Topics;

/// <summary>A thread rewritten.</summary>
/// <param name="Content">Title, first message, audience, tags.</param>
/// <param name="IsQuestion">Whether it asks for an answer.</param>
/// <param name="Version">The version that was read; another one means that somebody has edited since.</param>
public sealed record EditTopicInput(ContentInput Content, bool IsQuestion, int Version);

/// <summary>What the form of a thread shows.</summary>
/// <param name="Standing">The group.</param>
/// <param name="PlatformMembers">Active members of the platform, for the sentence on who will read.</param>
/// <param name="ShortId">Short identifier, or null for a new thread.</param>
/// <param name="Title">Title.</param>
/// <param name="Body">First message, in Markdown.</param>
/// <param name="Tags">Tags separated by commas.</param>
/// <param name="Audience">Who may read it.</param>
/// <param name="IsQuestion">Whether it asks for an answer.</param>
/// <param name="Version">Its version; 0 for a new thread.</param>
public sealed record TopicForm(Standing Standing, int PlatformMembers, string? ShortId, string Title, string Body, string Tags, Audience Audience, bool IsQuestion, int Version);

/// <summary>Rewrites the head of a thread; what it was stays visible in its history.</summary>
internal sealed class EditTopic(AppDb database, Rights rights, Bodies bodies, ContentWriter writer, TimeProvider clock)
{
    /// <summary>The thread as it stands, to fill the form.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<TopicForm> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (item, standing) = await rights.RequireTopicAsync(db, GroupPermissions.EditItem, shortId, cancellation);
        var topic = await db.Set<Topic>().AsNoTracking().FirstAsync(t => t.Id == item.Id, cancellation);
        var tags = await db.Tags.Where(t => t.ItemId == item.Id).Select(t => t.Name).ToListAsync(cancellation);
        return new(standing, await NewTopic.PlatformMembersAsync(db, cancellation), shortId, item.Title, topic.Body, string.Join(", ", tags), item.Audience, topic.IsQuestion, item.Version);
    }

    /// <summary>Saves the thread.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, the audience too wide, or it was edited meanwhile.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, EditTopicInput input, CancellationToken cancellation) =>
        database.TransactAsync(viewer, (db, token) => WriteAsync(db, shortId, input, token), cancellation);

    private async Task<bool> WriteAsync(AppDbContext db, string shortId, EditTopicInput input, CancellationToken cancellation)
    {
        var ceiling = await CeilingAsync(db, shortId, cancellation);
        await db.LockAsync(shortId, cancellation);
        var (item, standing) = await rights.RequireTopicAsync(db, GroupPermissions.EditItem, shortId, cancellation);
        var rules = new Rules();
        ContentWriter.Check(rules, input.Content, standing);
        rules.Check(item.Version == input.Version, nameof(input.Content.Body), PlatformTexts.EditedMeanwhile);
        rules.Demand();

        var topic = await db.Set<Topic>().FirstAsync(t => t.Id == item.Id, cancellation);
        await RewriteAsync(db, topic, item, input, cancellation);
        topic.IsQuestion = input.IsQuestion;
        if (!input.IsQuestion) topic.AcceptedNumber = null;
        var audience = input.Content.Audience ?? item.Audience;
        item.Audience = audience <= ceiling ? audience : ceiling;
        item.Version++;
        await ContentWriter.RetagAsync(db, item.Id, input.Content.Tags, cancellation);
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    // Before the thread, in the order that a narrowing takes them: the group, then its contents.
    private static async Task<Audience> CeilingAsync(AppDbContext db, string shortId, CancellationToken cancellation)
    {
        var groupId = await db.Items.Where(i => i.ShortId == shortId).Select(i => i.GroupId).FirstOrDefaultAsync(cancellation);
        return groupId == Guid.Empty ? Audience.Group : await ContentWriter.HoldCeilingAsync(db, groupId, cancellation);
    }

    private async Task RewriteAsync(AppDbContext db, Topic topic, ContentItem item, EditTopicInput input, CancellationToken cancellation)
    {
        var title = input.Content.Title.Trim();
        if (title == item.Title && input.Content.Body == topic.Body) return;

        var now = clock.GetUtcNow().UtcDateTime;
        var body = await bodies.RenderAsync(db, input.Content.Body, cancellation);
        db.Revisions.Add(new Revision { TargetId = item.Id, ItemId = item.Id, Title = item.Title, Body = topic.Body, EditorId = db.Viewer.MemberId, At = now });
        (topic.Body, topic.BodyHtml, topic.BodyRenderer, topic.EditedAt) = (input.Content.Body, body.Html, body.Renderer, now);
        (item.Title, item.Excerpt, item.UpdatedAt) = (title, Excerpt.Of(input.Content.Body, ContentItem.ExcerptLength), now);
    }
}
