using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;

namespace TerritoireCollab.Forum.Topics;

/// <summary>A thread to start.</summary>
/// <param name="Content">Title, first message, audience, tags.</param>
/// <param name="IsQuestion">Whether it asks for an answer.</param>
/// <param name="Files">Files received and stored, to attach.</param>
public sealed record StartTopicInput(ContentInput Content, bool IsQuestion, IReadOnlyList<ReceivedFile> Files);

/// <summary>Starts a thread in a group.</summary>
internal sealed class StartTopic(AppDb database, Rights rights, Bodies bodies, ContentWriter writer, AttachmentWriter attachments)
{
    /// <summary>Publishes the thread and returns its short identifier.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or only animators start threads.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, or the audience too wide.</exception>
    public async Task<string> ExecuteAsync(Viewer viewer, string groupSlug, StartTopicInput input, CancellationToken cancellation)
    {
        try
        {
            return await database.TransactAsync(viewer, (db, token) => WriteAsync(db, groupSlug, input, token), cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate() && input.Content.Id != Guid.Empty)
        {
            await using var db = database.Open(viewer);
            return await db.Items.Where(i => i.Id == input.Content.Id && i.AuthorId == viewer.MemberId).Select(i => i.ShortId).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        }
    }

    private async Task<string> WriteAsync(AppDbContext db, string groupSlug, StartTopicInput input, CancellationToken cancellation)
    {
        var standing = await rights.RequireAsync(db, ForumModule.StartTopic, groupSlug, cancellation);
        var rules = new Rules();
        ContentWriter.Check(rules, input.Content, standing);
        rules.Demand();

        var body = await bodies.RenderAsync(db, input.Content.Body, cancellation);
        var item = await writer.CreateAsync(db, standing, ForumModule.TopicKind, input.Content, body, cancellation);
        item.AttachmentCount = input.Files.Count;
        db.Add(new Topic { Id = item.Id, Item = item, Body = input.Content.Body, BodyHtml = body.Html, BodyRenderer = body.Renderer, IsQuestion = input.IsQuestion });
        await attachments.AttachAsync(db, item.Id, null, input.Files, cancellation);
        await db.SaveChangesAsync(cancellation);
        return item.ShortId;
    }
}
