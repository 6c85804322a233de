using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Drafts;
using TerritoireCollab.Platform.Links;

namespace TerritoireCollab.Polls.Questionnaires.Building;

/// <summary>What the form of a questionnaire shows.</summary>
public sealed record QuestionnaireForm
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>Active members of the platform, for the sentence on who will read.</summary>
    public required int PlatformMembers { get; init; }
    /// <summary>Short identifier, or null for a new one.</summary>
    public string? ShortId { get; init; }
    /// <summary>The title.</summary>
    public string Title { get; init; } = "";
    /// <summary>The introduction, in Markdown.</summary>
    public string Body { get; init; } = "";
    /// <summary>Tags separated by commas.</summary>
    public string Tags { get; init; } = "";
    /// <summary>Who may read it.</summary>
    public required Audience Audience { get; init; }
    /// <summary>Its version; 0 for a new one.</summary>
    public int Version { get; init; }
    /// <summary>What it asks, and how.</summary>
    public required QuestionnaireDetails Details { get; init; }
    /// <summary>Whether somebody has answered, so that what was asked stays as it is.</summary>
    public bool IsAnswered { get; init; }
    /// <summary>Files that go with it.</summary>
    public IReadOnlyList<AttachedFile> Files { get; init; } = [];
    /// <summary>Those of them that are to be taken off.</summary>
    public IReadOnlyCollection<Guid> RemovedFiles { get; init; } = [];
    /// <summary>Title of the content that it is made from, or null.</summary>
    public string? SourceTitle { get; init; }
    /// <summary>What was begun before and not published; null for nothing.</summary>
    public string? Draft { get; init; }
}

/// <summary>Reads what the form of a new questionnaire shows.</summary>
internal sealed class NewQuestionnaire(AppDb database, Rights rights, KeepDrafts drafts, LinkContents links, Dates dates)
{
    /// <summary>Key of what somebody has begun to build in a group.</summary>
    public static string DraftKey(Guid groupId) => $"questionnaire-nouveau/{groupId:N}";

    /// <summary>The form, begun with the content that the questionnaire is made from where there is one.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">The viewer may not ask there.</exception>
    public async Task<QuestionnaireForm> ExecuteAsync(Viewer viewer, string groupSlug, string? source, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, PollsModule.CreateQuestionnaire, groupSlug, cancellation);
        var from = await links.ReadAsync(db, source, cancellation);
        return new()
        {
            Standing = standing,
            PlatformMembers = await EditContent.PlatformMembersAsync(db, cancellation),
            Title = from?.Item.Title ?? "",
            Tags = from?.Tags ?? "",
            Audience = standing.ProposedAudience,
            Details = QuestionnaireDetails.Proposed(dates),
            SourceTitle = from?.Item.Title,
            Draft = source is null ? await drafts.ReadAsync(viewer, DraftKey(standing.GroupId), cancellation) : null,
        };
    }
}

/// <summary>A questionnaire to publish.</summary>
/// <param name="Content">Title, introduction, audience, tags.</param>
/// <param name="Details">What it asks, and how.</param>
/// <param name="Files">Files received and stored, to attach.</param>
/// <param name="Source">Short identifier of the content that it was made from, or null.</param>
public sealed record CreateQuestionnaireInput(ContentInput Content, QuestionnaireDetails Details, IReadOnlyList<ReceivedFile> Files, string? Source = null);

/// <summary>Opens a questionnaire in a group.</summary>
internal sealed class CreateQuestionnaire(PublishContent publish, Dates dates, TimeProvider clock)
{
    /// <summary>Publishes the questionnaire and returns its short identifier.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or the source cannot be read.</exception>
    /// <exception cref="ForbiddenException">Not a member, a reader, archived group, or only animators ask.</exception>
    /// <exception cref="InvalidInputException">No question, a field that cannot be read or is too long, or the audience too wide.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string groupSlug, CreateQuestionnaireInput input, CancellationToken cancellation)
    {
        QuestionnaireTerms? terms = null;
        return publish.ExecuteAsync(viewer, groupSlug, new Publication<Questionnaire>
        {
            Permission = PollsModule.CreateQuestionnaire,
            Kind = PollsModule.QuestionnaireKindKey,
            Content = input.Content with { IsBodyOptional = true },
            Check = (_, _, rules) =>
            {
                terms = QuestionnaireTerms.Read(input.Details, rules, dates, clock.GetUtcNow().UtcDateTime);
                return Task.CompletedTask;
            },
            Make = item => terms!.Into(new Questionnaire { Id = item.Id, Item = item }, input.Details),
            Files = input.Files,
            Source = input.Source,
        }, cancellation);
    }
}
