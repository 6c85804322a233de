using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Forum.Topics;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Coediting;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Revisions;

namespace TerritoireCollab.Testing;

/// <summary>Lets the first message of a thread be written by several at once: a tool for the tests of what every such tool shares.</summary>
public sealed class SharedTopics : ICoeditedText
{
    /// <summary>What was handed over, in order.</summary>
    public List<CoeditedBody> HandedOver { get; } = [];

    /// <inheritdoc />
    public string Kind => "forum.topic";

    /// <inheritdoc />
    public Task<bool> MayWriteAsync(AppDbContext db, ContentItem item, Standing standing, CancellationToken cancellation) => Task.FromResult(standing.IsMember && item.LockedAt is null);

    /// <inheritdoc />
    public Task<string> ReadAsync(AppDbContext db, Guid itemId, CancellationToken cancellation) => db.Set<Topic>().AsNoTracking().Where(t => t.Id == itemId).Select(t => t.Body).FirstAsync(cancellation);

    /// <inheritdoc />
    public async Task SaveAsync(AppDbContext db, ContentItem item, CoeditedBody body, CancellationToken cancellation)
    {
        var topic = await db.Set<Topic>().FirstAsync(t => t.Id == item.Id, cancellation);
        db.Revisions.Add(new Revision { TargetId = item.Id, ItemId = item.Id, Title = item.Title, Body = topic.Body, EditorId = body.Writers[^1], At = body.Since });
        topic.Body = body.Body;
        item.Version++;
        HandedOver.Add(body);
    }
}
