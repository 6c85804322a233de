using Microsoft.EntityFrameworkCore;
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
    async Task<IReadOnlyDictionary<Guid, string>> BodiesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        await (Texts(db) ?? throw new NotSupportedException(Kind)).Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Body, cancellation);

    /// <summary>
    /// The Markdown of all that <paramref name="db"/>'s viewer may read, where it is a column of the database: texts of several kinds are then read
    /// by one query. Null where <see cref="BodiesAsync"/> puts them together.
    /// </summary>
    IQueryable<ContentText>? Texts(AppDbContext db) => null;

    /// <summary>Plain text by which those among <paramref name="ids"/> are found besides, and that no feed or mail shows: what a document says.</summary>
    Task<IReadOnlyDictionary<Guid, string>> FurtherTextsAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string>());

    /// <summary>
    /// What a reader wants to know before opening those among <paramref name="ids"/> that <paramref name="db"/>'s viewer may read: when and where an event
    /// is, until when a poll is open. One line of plain text each, which does not change from one reader to the next.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, string>> LinesAsync(AppDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string>());

    /// <summary>Number of the answer that was accepted; null where none was, or where answers are not.</summary>
    Task<int?> AcceptedAsync(AppDbContext db, Guid id, CancellationToken cancellation) => Task.FromResult<int?>(null);

    /// <summary>The pictures or files that stand for those among <paramref name="ids"/> that have one and that <paramref name="db"/>'s viewer may read.</summary>
    Task<IReadOnlyDictionary<Guid, ContentCover>> CoversAsync(AppDbContext db, string groupSlug, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<Guid, ContentCover>>(new Dictionary<Guid, ContentCover>());
}

/// <summary>The Markdown of a content.</summary>
public sealed record ContentText
{
    /// <summary>Key of the content.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its Markdown.</summary>
    public required string Body { get; init; }
}

/// <summary>A picture or a file that stands for a content, and goes with it into feeds.</summary>
/// <param name="Address">Its address from the root, which answers those alone who may read the content.</param>
/// <param name="ContentType">Found by reading its first bytes.</param>
/// <param name="Length">Size in bytes.</param>
public sealed record ContentCover(string Address, string ContentType, long Length);

/// <summary>The faces of every kind.</summary>
public sealed class Faces(IEnumerable<IContentFace> faces)
{
    private readonly Dictionary<string, IContentFace> _faces = faces.ToDictionary(f => f.Kind);

    /// <summary>The face of a kind.</summary>
    public IContentFace Of(string kind) => _faces[kind];

    /// <summary>Address of <paramref name="item"/> in the group <paramref name="groupSlug"/>.</summary>
    public string Address(string groupSlug, ContentItem item) => Of(item.Kind).Address(groupSlug, item);

    /// <summary>The Markdown of those among <paramref name="items"/> that <paramref name="db"/>'s viewer may read, whatever their kinds: one query for all those whose text is a column.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> BodiesAsync(AppDbContext db, IReadOnlyCollection<ContentItem> items, CancellationToken cancellation)
    {
        var bodies = new Dictionary<Guid, string>();
        IQueryable<ContentText>? columns = null;
        foreach (var kind in items.GroupBy(i => i.Kind))
        {
            var ids = kind.Select(i => i.Id).ToList();
            if (Of(kind.Key).Texts(db)?.Where(t => ids.Contains(t.Id)) is { } texts) columns = columns?.Concat(texts) ?? texts;
            else foreach (var (id, body) in await Of(kind.Key).BodiesAsync(db, ids, cancellation)) bodies[id] = body;
        }

        foreach (var text in columns is null ? [] : await columns.ToListAsync(cancellation)) bodies[text.Id] = text.Body;
        return bodies;
    }
}
