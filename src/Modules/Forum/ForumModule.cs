using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Forum.Demo;
using TerritoireCollab.Forum.Faces;
using TerritoireCollab.Forum.Resources;
using TerritoireCollab.Forum.Topics;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Modules.Demo;

namespace TerritoireCollab.Forum;

/// <summary>The forum: titled threads, questions with an accepted answer, in each group that has it on.</summary>
public sealed class ForumModule : IModule
{
    /// <summary>Key of the tool.</summary>
    public const string ToolKey = "forum";

    /// <summary>Key of the kind of content.</summary>
    public const string TopicKind = "forum.topic";

    /// <summary>Start a thread.</summary>
    public static readonly Permission StartTopic = new() { Key = "forum.topic.create", Least = GroupRole.Member, CreatesIn = ToolKey };

    /// <summary>The tool.</summary>
    public static readonly Tool Forum = new() { Key = ToolKey, Name = () => ForumTexts.Forum, Icon = "message-circle", Order = 10, CreateLabel = () => ForumTexts.AskQuestion };

    /// <inheritdoc />
    public string Key => ToolKey;

    /// <inheritdoc />
    public Tool Tool => Forum;

    /// <inheritdoc />
    public IReadOnlyList<ContentKind> Kinds { get; } =
    [
        new()
        {
            Key = TopicKind,
            Tool = ToolKey,
            Name = () => ForumTexts.Thread,
            Capabilities = Capability.Commentable | Capability.Searchable | Capability.Feedable | Capability.Streamed
                | Capability.Attachable | Capability.Taggable | Capability.Reactable | Capability.Followable,
        },
    ];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services) => services
        .AddSingleton<IContentFace, TopicFace>().AddSingleton<IDemoSeed, TopicSeed>().AddSingleton<IActivityConsumer, ForgetAcceptedAnswer>()
        .AddSingleton<NewTopic>().AddSingleton<StartTopic>().AddSingleton<ListTopics>().AddSingleton<ReadTopic>().AddSingleton<FollowMoved>().AddSingleton<FindSimilar>()
        .AddSingleton<EditTopic>()
        .AddSingleton<AcceptAnswer>()
        .AddSingleton<ReadModeration>().AddSingleton<SplitTopic>().AddSingleton<MergeTopic>()
        .AddSingleton<ReadDiscussions>().AddSingleton<IMailDestination, StartTopicByMail>();

    /// <inheritdoc />
    public void ConfigureModel(ModelBuilder model) => model.Content<Topic>().ToTable("ForumTopics");

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapForum();
        endpoints.MapForumApi();
    }
}
