using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Platform.Modules;

/// <summary>A room of the house: one project that declares what it brings. Modules know the platform, never each other.</summary>
public interface IModule
{
    /// <summary>Key, such as <c>forum</c>.</summary>
    string Key { get; }

    /// <summary>The tool that groups switch on and off, when the module is one.</summary>
    Tool? Tool => null;

    /// <summary>The kinds of content that it makes.</summary>
    IReadOnlyList<ContentKind> Kinds => [];

    /// <summary>Registers its handlers, faces and jobs.</summary>
    void AddServices(IServiceCollection services);

    /// <summary>Maps its own entities.</summary>
    void ConfigureModel(ModelBuilder model)
    {
    }

    /// <summary>Maps what is not a page: form posts, downloads, feeds, API.</summary>
    void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
    }
}

/// <summary>A tool of groups.</summary>
public sealed record Tool
{
    /// <summary>Key, and last segment of its address: <c>forum</c> is at <c>/groupes/{slug}/forum</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Its name in the reader's language.</summary>
    public required Func<string> Name { get; init; }

    /// <summary>Name of its icon.</summary>
    public required string Icon { get; init; }

    /// <summary>Its place among the tabs.</summary>
    public required int Order { get; init; }

    /// <summary>Whether a group without a setting has it.</summary>
    public bool EnabledByDefault { get; init; } = true;

    /// <summary>Whether it has items of its own under its address, and so a feed.</summary>
    public bool HasFeed { get; init; } = true;

    /// <summary>Whether a group's dates are at <c>/groupes/{slug}/{key}.ics</c>, and a member's own at <c>/moi/{key}.ics</c>.</summary>
    public bool HasCalendar { get; init; }

    /// <summary>Whether its feed has what was changed last, rather than what is newest: what is written in it goes on being written.</summary>
    public bool FeedsChanges { get; init; }

    /// <summary>« Poser une question »: what its button says that makes something new in it; its name when null.</summary>
    public Func<string>? CreateLabel { get; init; }

    /// <summary>« En faire un article »: what makes one of its contents out of another tool's, at <c>nouveau?depuis=SHORTID</c>; null when it makes none so.</summary>
    public Func<string>? FromSource { get; init; }

    /// <summary>The least role that may create in it where the group has chosen nothing.</summary>
    public GroupRole DefaultCreators { get; init; } = GroupRole.Member;
}

/// <summary>What the platform does with a kind of content.</summary>
[Flags]
public enum Capability
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>Takes comments.</summary>
    Commentable = 1,
    /// <summary>Is found.</summary>
    Searchable = 2,
    /// <summary>Stands in feeds.</summary>
    Feedable = 4,
    /// <summary>Stands in the activity stream, and is notified.</summary>
    Streamed = 8,
    /// <summary>Takes attachments.</summary>
    Attachable = 16,
    /// <summary>Takes tags.</summary>
    Taggable = 32,
    /// <summary>Takes reactions.</summary>
    Reactable = 64,
    /// <summary>Can be followed and muted.</summary>
    Followable = 128,
    /// <summary>Can stand on the platform's home page.</summary>
    Featured = 256,
}

/// <summary>A kind of content, declared by its module.</summary>
public sealed record ContentKind
{
    /// <summary>Key, such as <c>forum.topic</c>; never changed, since rows hold it.</summary>
    public required string Key { get; init; }

    /// <summary>Key of the tool that it belongs to.</summary>
    public required string Tool { get; init; }

    /// <summary>What the platform does with it.</summary>
    public required Capability Capabilities { get; init; }

    /// <summary>Its name in the reader's language: « fil ».</summary>
    public required Func<string> Name { get; init; }

    /// <summary>Whether its module puts it into the trash, pins, closes and moves it by itself, since more goes with it than a companion can take along.</summary>
    public bool HasOwnGestures { get; init; }

    /// <summary>Whether it can <paramref name="capability"/>.</summary>
    public bool Can(Capability capability) => Capabilities.HasFlag(capability);
}

/// <summary>Every module of the house with what they declare. A singleton, made once from the host's list.</summary>
public sealed class ModuleCatalog
{
    private readonly Dictionary<string, ContentKind> _kinds;
    private readonly Dictionary<string, Tool> _tools;

    /// <summary>The catalog of <paramref name="modules"/>.</summary>
    public ModuleCatalog(IReadOnlyList<IModule> modules)
    {
        Modules = modules;
        Tools = [.. modules.Select(m => m.Tool).OfType<Tool>().OrderBy(t => t.Order)];
        _kinds = modules.SelectMany(m => m.Kinds).ToDictionary(k => k.Key);
        _tools = Tools.ToDictionary(t => t.Key);
    }

    /// <summary>Every module.</summary>
    public IReadOnlyList<IModule> Modules { get; }

    /// <summary>Every tool, in the order of the tabs.</summary>
    public IReadOnlyList<Tool> Tools { get; }

    /// <summary>Every kind of content.</summary>
    public IEnumerable<ContentKind> Kinds => _kinds.Values;

    /// <summary>The kind of that key.</summary>
    /// <exception cref="NotFoundException">No module declares it.</exception>
    public ContentKind Kind(string key) => _kinds.TryGetValue(key, out var kind) ? kind : throw new NotFoundException();

    /// <summary>The tool of that key, or null.</summary>
    public Tool? Tool(string key) => _tools.GetValueOrDefault(key);
}
