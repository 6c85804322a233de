using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Ui.Mail;
using TerritoireCollab.Veille.Alike;
using TerritoireCollab.Veille.Board;
using TerritoireCollab.Veille.Demo;
using TerritoireCollab.Veille.Editorials;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Hubs;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Numbers;
using TerritoireCollab.Veille.Outlets;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Readers;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;
using TerritoireCollab.Veille.Sorting;
using TerritoireCollab.Veille.Sources;
using TerritoireCollab.Veille.Texts;

namespace TerritoireCollab.Veille;

/// <summary>
/// The veille: news of feeds and finds of members are pooled, discussed, chosen by the animators, and published each week as a revue. A tool
/// that a group turns on; the revue of one group is the territory's, at <c>/veille</c>.
/// </summary>
public sealed class VeilleModule : IModule
{
    /// <summary>Key of the tool.</summary>
    public const string ToolKey = "veille";

    /// <summary>Key of the kind of a find.</summary>
    public const string FindKind = "veille.find";

    /// <summary>Key of the kind of a published issue.</summary>
    public const string IssueKind = "veille.issue";

    /// <summary>Key of the kind of an édito.</summary>
    public const string EditorialKind = "veille.edito";

    /// <summary>Bring a find.</summary>
    public static readonly Permission Propose = new() { Key = "veille.find.create", Least = GroupRole.Member, CreatesIn = ToolKey };

    /// <summary>Keep the sources, move the cards of the board, part news that were taken for the same, prepare and publish the revue, write the éditos, choose where they are announced.</summary>
    public static readonly Permission Curate = new() { Key = "veille.curate", Least = GroupRole.Animator, CreatesIn = ToolKey };

    /// <inheritdoc />
    public string Key => ToolKey;

    /// <inheritdoc />
    public Tool Tool { get; } = new() { Key = ToolKey, Name = () => VeilleTexts.Veille, Icon = "newspaper", Order = 50, EnabledByDefault = false };

    /// <inheritdoc />
    public IReadOnlyList<ContentKind> Kinds { get; } =
    [
        new()
        {
            Key = FindKind,
            HasOwnGestures = true,
            Tool = ToolKey,
            Name = () => VeilleTexts.Find,
            Capabilities = Capability.Commentable | Capability.Searchable | Capability.Feedable | Capability.Streamed | Capability.Taggable | Capability.Reactable | Capability.Followable,
        },
        new()
        {
            Key = IssueKind,
            HasOwnGestures = true,
            Tool = ToolKey,
            Name = () => VeilleTexts.Issue,
            Capabilities = Capability.Commentable | Capability.Searchable | Capability.Feedable | Capability.Streamed | Capability.Reactable | Capability.Followable,
        },
        new()
        {
            Key = EditorialKind,
            HasOwnGestures = true,
            Tool = ToolKey,
            Name = () => VeilleTexts.Editorial,
            Capabilities = Capability.Commentable | Capability.Searchable | Capability.Feedable | Capability.Streamed | Capability.Taggable | Capability.Reactable | Capability.Followable,
        },
    ];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services)
    {
        services.AddMailWriting().AddMailKinds(FailureNotice.ActivityKind, TellAnimators.Kind, ReadRevueByMail.AskedKind, SendIssueToReaders.Kind);
        services.AddSources();
        services.AddPool();
        services.AddAlike();
        services.AddFinds();
        services.AddBoard();
        services.AddIssues();
        services.AddEditorials();
        services.AddVeilleSettings();
        services.AddVeilleDemo();
        services.AddSorting();
        services.AddReaders();
        services.AddNumbers();
        services.AddOutlets();
        services.AddTexts();
        services.AddHubs();
    }

    /// <inheritdoc />
    public void ConfigureModel(ModelBuilder model) => VeilleModel.Configure(model);

    /// <inheritdoc />
    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSources();
        endpoints.MapAlike();
        endpoints.MapFinds();
        endpoints.MapBoard();
        endpoints.MapIssues();
        endpoints.MapEditorials();
        endpoints.MapSorting();
        endpoints.MapReaders();
        endpoints.MapNumbers();
        endpoints.MapOutlets();
        endpoints.MapTexts();
        endpoints.MapHubs();
    }
}
