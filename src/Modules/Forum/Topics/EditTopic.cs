using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

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

/// <summary>Rewrites the head of a thread.</summary>
internal sealed class EditTopic(AppDb database, EditContent edit)
{
    /// <summary>The thread as it stands, to fill the form.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<TopicForm> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (standing, topic, tags, members) = await edit.ReadAsync<Topic>(db, GroupPermissions.EditItem, shortId, cancellation);
        return new(standing, members, shortId, topic.Item.Title, topic.Body, tags, topic.Item.Audience, topic.IsQuestion, topic.Item.Version);
    }

    /// <summary>Saves the thread.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, the audience too wide, or it was edited meanwhile.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, EditTopicInput input, CancellationToken cancellation) => edit.ExecuteAsync(viewer, shortId, new Rewriting<Topic>
    {
        Content = input.Content,
        Version = input.Version,
        With = (_, topic) =>
        {
            topic.IsQuestion = input.IsQuestion;
            if (!input.IsQuestion) topic.AcceptedNumber = null;
            return Task.CompletedTask;
        },
    }, cancellation);
}
