using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Modules.Demo;
using TerritoireCollab.Polls.Closing;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Demo;
using TerritoireCollab.Polls.Faces;
using TerritoireCollab.Polls.Inviting;
using TerritoireCollab.Polls.Mails;
using TerritoireCollab.Polls.Questionnaires;
using TerritoireCollab.Polls.Reading;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Results;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Polls;

/// <summary>Questions that the members of a group settle by a vote: a choice, an order, a date, a decision.</summary>
public sealed class PollsModule : IModule
{
    /// <summary>Key of the tool.</summary>
    public const string ToolKey = "sondages";

    /// <summary>Key of the kind of content.</summary>
    public const string PollKindKey = "polls.poll";

    /// <summary>Key of the kind of content that asks many questions.</summary>
    public const string QuestionnaireKindKey = "polls.questionnaire";

    /// <summary>Ask the group a question.</summary>
    public static readonly Permission Create = new() { Key = "polls.poll.create", Least = GroupRole.Member, CreatesIn = ToolKey };

    /// <summary>Vote, and add an option where the author lets members do it.</summary>
    public static readonly Permission Vote = new() { Key = "polls.vote", Least = GroupRole.Member };

    /// <summary>Open a questionnaire.</summary>
    public static readonly Permission CreateQuestionnaire = new() { Key = "polls.questionnaire.create", Least = GroupRole.Member, CreatesIn = ToolKey };

    /// <summary>See who answered what to a questionnaire, and take the answers along.</summary>
    public static readonly Permission SeeAnswers = new() { Key = "polls.questionnaire.answers", Least = GroupRole.Animator, AuthorMay = true, InArchive = true };

    /// <inheritdoc />
    public string Key => ToolKey;

    /// <inheritdoc />
    public Tool Tool { get; } = new() { Key = ToolKey, Name = () => PollsTexts.Polls, Icon = "vote", Order = 80, CreateLabel = () => PollsTexts.AddTitle, FromSource = () => PollsTexts.MakePoll };

    /// <inheritdoc />
    public IReadOnlyList<ContentKind> Kinds { get; } =
    [
        new()
        {
            Key = PollKindKey,
            Tool = ToolKey,
            Name = () => PollsTexts.Poll,
            Capabilities = Capability.Commentable | Capability.Searchable | Capability.Feedable | Capability.Streamed
                | Capability.Attachable | Capability.Taggable | Capability.Reactable | Capability.Followable,
        },
        new()
        {
            Key = QuestionnaireKindKey,
            Tool = ToolKey,
            Name = () => QuestionnaireTexts.Questionnaire,
            Capabilities = Capability.Commentable | Capability.Searchable | Capability.Feedable | Capability.Streamed
                | Capability.Attachable | Capability.Taggable | Capability.Reactable | Capability.Followable,
        },
    ];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services) => services
        .AddSingleton<IContentFace, PollFace>().AddSingleton<IHomeBlock, PollBlock>().AddSingleton<IMemberTasks, VotesToGive>().AddSingleton<IMemberTasks, AnswersToGive>().AddSingleton<IContentCompanion, PollCompanion>().AddSingleton<IDemoSeed, PollSeed>()
        .AddSingleton<BallotTags>().AddSingleton<NewPoll>().AddSingleton<CreatePoll>().AddSingleton<EditPoll>()
        .AddSingleton<ListPolls>().AddSingleton<ReadPoll>().AddSingleton<ReadPolls>().AddSingleton<CastVote>().AddSingleton<DatesBesides>().AddSingleton<AddOption>().AddSingleton<WriteResults>()
        .AddMailKinds(PollLetters.Kind).AddMailWriting().AddSingleton<PollLetters>().AddSingleton<VoteLinks>().AddSingleton<VoteByLink>().AddSingleton<IMailCheck, PollMailCheck>().AddSingleton<IMailAct, VoteByMail>()
        .AddSingleton<IGuestTool, PollGuests>().AddSingleton<VoteAsGuest>()
        .AddSingleton<LeadPoll>().AddSingleton<PollAgenda>().AddSingleton<IRecurringJob, SettlePolls>().AddSingleton<IContentNotice, ClosedNotice>().AddSingleton<IContentNotice, ConcludedNotice>()
        .AddQuestionnaires();

    /// <inheritdoc />
    public void ConfigureModel(ModelBuilder model)
    {
        PollsModel.Configure(model);
        QuestionnaireModel.Configure(model);
    }

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPolls();
        endpoints.MapPollsApi();
        endpoints.MapQuestionnaires();
    }
}
