using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Inbox.Mails;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Inbox.Digests;

/// <summary>Something that happened and that a summary may tell.</summary>
/// <param name="ActivityId">The activity.</param>
/// <param name="ItemId">The content, where it stands today.</param>
/// <param name="CommentId">The answer; null for the content itself.</param>
/// <param name="Number">Number of the answer; 0 for the content itself, <see cref="Version"/> for a new version of it.</param>
/// <param name="ActorId">Who wrote it.</param>
/// <param name="At">When.</param>
/// <param name="Particulars">What the activity carries besides.</param>
internal sealed record DigestEvent(Guid ActivityId, Guid ItemId, Guid? CommentId, int Number, Guid ActorId, DateTime At, string? Particulars)
{
    /// <summary>Whether the content itself is new.</summary>
    public bool IsContent => CommentId is null && Number == 0;

    /// <summary>Whether it is a new version of the content.</summary>
    public bool IsVersion => CommentId is null && Number == Version;

    /// <summary>Number of a version: having read the content says nothing of having seen it.</summary>
    public const int Version = int.MaxValue;
}

/// <summary>
/// What happened in a span of time, read once for many members. Says nothing of who may read it: whoever makes a summary asks that as the member, at that moment.
/// </summary>
internal sealed class DigestPool
{
    private const int ExcerptLength = 160;
    private readonly ConcurrentDictionary<Guid, string> _excerpts = [];
    private readonly ConcurrentDictionary<Guid, string> _lines = [];
    private readonly ConcurrentDictionary<Guid, IReadOnlyList<ActChoices>> _choices = [];

    private DigestPool()
    {
    }

    /// <summary>By group, oldest first.</summary>
    public required ILookup<Guid, DigestEvent> Events { get; init; }

    /// <summary>Contents by key.</summary>
    public required IReadOnlyDictionary<Guid, ContentItem> Items { get; init; }

    /// <summary>Groups by key.</summary>
    public required IReadOnlyDictionary<Guid, Group> Groups { get; init; }

    /// <summary>Names of those who wrote.</summary>
    public required IReadOnlyDictionary<Guid, string> Names { get; init; }

    /// <summary>Reads what happened after <paramref name="from"/> and until <paramref name="until"/>, as the viewer of <paramref name="db"/> sees it.</summary>
    public static async Task<DigestPool> ReadAsync(AppDbContext db, ModuleCatalog modules, DateTime from, DateTime until, CancellationToken cancellation)
    {
        var kinds = modules.Kinds.Where(k => k.Can(Capability.Streamed)).Select(k => k.Key).ToList();
        var span = db.Activities.AsNoTracking().Where(a => a.At > from && a.At <= until && !a.Quiet);
        var opened = await (
            from a in span where a.Kind == ActivityKinds.ItemCreated
            join i in db.Items on a.ItemId equals i.Id
            where kinds.Contains(i.Kind)
            select new DigestEvent(a.Id, i.Id, null, 0, a.ActorId, a.At, a.Particulars)).ToListAsync(cancellation);
        var answered = await (
            from a in span where a.Kind == ActivityKinds.CommentCreated
            join c in db.Comments on a.CommentId equals c.Id
            where c.Kind == CommentKind.Message && kinds.Contains(c.Item.Kind)
            select new DigestEvent(a.Id, c.ItemId, c.Id, c.Number, c.AuthorId, a.At, null)).ToListAsync(cancellation);
        var versions = await (
            from a in span where a.Kind == ActivityKinds.ItemVersioned
            join i in db.Items on a.ItemId equals i.Id
            where kinds.Contains(i.Kind)
            select new DigestEvent(a.Id, i.Id, null, DigestEvent.Version, a.ActorId, a.At, a.Particulars)).ToListAsync(cancellation);
        List<DigestEvent> events = [.. opened.Concat(answered).Concat(versions).OrderBy(e => e.At).ThenBy(e => e.Number)];

        var ids = events.Select(e => e.ItemId).Distinct().ToList();
        var items = await db.Items.AsNoTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellation);
        var groupIds = items.Values.Select(i => i.GroupId).Distinct().ToList();
        var actors = events.Select(e => e.ActorId).Distinct().ToList();
        return new DigestPool
        {
            Events = events.Where(e => items.ContainsKey(e.ItemId)).ToLookup(e => items[e.ItemId].GroupId),
            Items = items,
            Groups = await db.Groups.AsNoTracking().Where(g => groupIds.Contains(g.Id)).ToDictionaryAsync(g => g.Id, cancellation),
            Names = await db.Members.Where(m => actors.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Name, cancellation),
        };
    }

    /// <summary>First words of answers, by key; each is read and cut once.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> ExcerptsAsync(AppDbContext db, IReadOnlyList<Guid> comments, CancellationToken cancellation)
    {
        var missing = comments.Where(c => !_excerpts.ContainsKey(c)).ToList();
        if (missing.Count > 0)
            foreach (var comment in await db.Comments.AsNoTracking().Where(c => missing.Contains(c.Id)).Select(c => new { c.Id, c.Body }).ToListAsync(cancellation))
                _excerpts[comment.Id] = Excerpt.Of(comment.Body, ExcerptLength);

        return _excerpts;
    }

    /// <summary>What a reader wants to know of new contents before opening them, by key; each is asked for once.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> LinesAsync(AppDbContext db, Faces faces, IEnumerable<ContentItem> items, CancellationToken cancellation)
    {
        foreach (var kind in items.Where(i => !_lines.ContainsKey(i.Id)).GroupBy(i => i.Kind))
        {
            var ids = kind.Select(i => i.Id).ToList();
            var lines = await faces.Of(kind.Key).LinesAsync(db, ids, cancellation);
            foreach (var id in ids) _lines[id] = lines.GetValueOrDefault(id, "");
        }

        return _lines;
    }

    /// <summary>What can be done with new contents from the mail, by key; each is asked for once.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<ActChoices>>> ChoicesAsync(AppDbContext db, MailActs acts, IEnumerable<ContentItem> items, CancellationToken cancellation)
    {
        foreach (var item in items.Where(i => !_choices.ContainsKey(i.Id))) _choices[item.Id] = await acts.OfContentAsync(db, item, cancellation);
        return _choices;
    }

    /// <summary>First words of a content.</summary>
    public static string ExcerptOf(ContentItem item) => Excerpt.Cut(item.Excerpt, ExcerptLength);
}
