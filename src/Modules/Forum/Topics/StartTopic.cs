using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Forum.Topics;

/// <summary>A thread to start.</summary>
/// <param name="Content">Title, first message, audience, tags.</param>
/// <param name="IsQuestion">Whether it asks for an answer.</param>
/// <param name="Files">Files received and stored, to attach.</param>
public sealed record StartTopicInput(ContentInput Content, bool IsQuestion, IReadOnlyList<ReceivedFile> Files);

/// <summary>Starts a thread in a group.</summary>
internal sealed class StartTopic(PublishContent publish)
{
    /// <summary>Publishes the thread and returns its short identifier.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or only animators start threads.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, or the audience too wide.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string groupSlug, StartTopicInput input, CancellationToken cancellation) => publish.ExecuteAsync(viewer, groupSlug, new Publication<Topic>
    {
        Permission = ForumModule.StartTopic,
        Kind = ForumModule.TopicKind,
        Content = input.Content,
        Make = item => new Topic { Id = item.Id, Item = item, IsQuestion = input.IsQuestion },
        Files = input.Files,
    }, cancellation);
}
