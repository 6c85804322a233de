using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Modules;

/// <summary>
/// How a kind of content shows itself to the rest of the house: its address, its line in the stream, its text for search, feeds
/// and mails. One class a kind, found by injection; the platform loops over them and knows no tool.
/// </summary>
public interface IContentFace
{
    /// <summary>Key of the kind.</summary>
    string Kind { get; }

    /// <summary>Its address from the root, such as <c>/groupes/veille/forum/7k3m9q2x-la-fibre</c>.</summary>
    string Address(string groupSlug, ContentItem item);

    /// <summary>The address at which one of its comments is seen.</summary>
    string CommentAddress(string groupSlug, ContentItem item, int number) => $"{Address(groupSlug, item)}?reponse={number}#r{number}";

    /// <summary>What happened in words: « a ouvert le fil », with the actor's name before and the title after.</summary>
    string CreatedVerb { get; }

    /// <summary>The Markdown of those among <paramref name="ids"/> that <paramref name="db"/>'s viewer may read.</summary>
    Task<IReadOnlyDictionary<Guid, string>> BodiesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation);
}

/// <summary>The faces of every kind.</summary>
public sealed class Faces(IEnumerable<IContentFace> faces)
{
    private readonly Dictionary<string, IContentFace> _faces = faces.ToDictionary(f => f.Kind);

    /// <summary>The face of a kind.</summary>
    public IContentFace Of(string kind) => _faces[kind];

    /// <summary>Address of <paramref name="item"/> in the group <paramref name="groupSlug"/>.</summary>
    public string Address(string groupSlug, ContentItem item) => Of(item.Kind).Address(groupSlug, item);
}
