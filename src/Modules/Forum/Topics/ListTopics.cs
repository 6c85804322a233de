using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Forum.Topics;

/// <summary>Which threads are listed.</summary>
public enum TopicFilter
{
    /// <summary>All, pinned first, then by last activity.</summary>
    Recent = 0,
    /// <summary>Questions without an accepted answer.</summary>
    Unanswered = 1,
    /// <summary>Questions with one.</summary>
    Solved = 2,
    /// <summary>Those that the viewer follows.</summary>
    Followed = 3,
}

/// <summary>A row of the list.</summary>
public sealed record TopicRow
{
    /// <summary>Short identifier.</summary>
    public required string ShortId { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Author.</summary>
    public required string AuthorName { get; init; }
    /// <summary>Handle of the author.</summary>
    public required string AuthorHandle { get; init; }
    /// <summary>In whose name.</summary>
    public string? OrganisationName { get; init; }
    /// <summary>Who moved it last.</summary>
    public required string LastActorName { get; init; }
    /// <summary>When.</summary>
    public required DateTime LastActivityAt { get; init; }
    /// <summary>Answers that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>Answers that the viewer has not read; null when the thread was never opened.</summary>
    public int? Unread { get; init; }
    /// <summary>Whether the viewer never opened it.</summary>
    public required bool IsNew { get; init; }
    /// <summary>On top of the list.</summary>
    public required bool IsPinned { get; init; }
    /// <summary>No answer taken.</summary>
    public required bool IsLocked { get; init; }
    /// <summary>Asks for an answer.</summary>
    public required bool IsQuestion { get; init; }
    /// <summary>Has an accepted answer.</summary>
    public required bool IsSolved { get; init; }
    /// <summary>Who may read it.</summary>
    public required Audience Audience { get; init; }
}

/// <summary>The forum of a group.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Rows">Threads of this page.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageCount">Pages in all.</param>
/// <param name="Filter">Which threads are listed.</param>
/// <param name="MayStart">Whether the viewer may start a thread.</param>
public sealed record TopicListView(Standing Standing, IReadOnlyList<TopicRow> Rows, int Page, int PageCount, TopicFilter Filter, bool MayStart)
{
    /// <summary>Address form of the tag that the threads carry, when one is asked for.</summary>
    public string? Tag { get; init; }
}

/// <summary>Lists the threads of a group.</summary>
internal sealed class ListTopics(AppDb database, Rights rights, ModuleCatalog modules)
{
    /// <summary>Threads on a page.</summary>
    public const int PageSize = 25;

    // What an address may ask for before the number of pages is known.
    private const int LastPage = 1_000_000;

    private readonly Func<AppDbContext, Guid, Guid, TopicFilter, string?, Task<int>> _count = EF.CompileAsyncQuery(
        (AppDbContext db, Guid groupId, Guid me, TopicFilter filter, string? tag) => db.Set<Topic>().Count(t => t.Item.GroupId == groupId && t.Item.Kind == ForumModule.TopicKind
            && (filter == TopicFilter.Recent
                || (filter == TopicFilter.Unanswered && t.IsQuestion && t.AcceptedNumber == null)
                || (filter == TopicFilter.Solved && t.IsQuestion && t.AcceptedNumber != null)
                || (filter == TopicFilter.Followed && db.Subscriptions.Any(s => s.ItemId == t.Id && s.MemberId == me && s.Following == Following.Followed)))
            && (tag == null || db.Tags.Any(g => g.ItemId == t.Id && g.Slug == tag))));

    // One question whatever the filter: each looks at the threads of one group, in the order of its index. Joined by hand and before the page is
    // cut: left to navigations, the page is cut in a query of its own and sorted again outside. What nearly everybody asks for is told with its
    // number, by the index alone.
    private readonly Func<AppDbContext, Guid, Guid, TopicFilter, string?, int, IAsyncEnumerable<Line>> _lines = EF.CompileAsyncQuery(
        (AppDbContext db, Guid groupId, Guid me, TopicFilter filter, string? tag, int skip) =>
            (from t in db.Set<Topic>().AsNoTracking()
             where t.Item.GroupId == groupId && t.Item.Kind == ForumModule.TopicKind
                && (filter == TopicFilter.Recent
                    || (filter == TopicFilter.Unanswered && t.IsQuestion && t.AcceptedNumber == null)
                    || (filter == TopicFilter.Solved && t.IsQuestion && t.AcceptedNumber != null)
                    || (filter == TopicFilter.Followed && db.Subscriptions.Any(s => s.ItemId == t.Id && s.MemberId == me && s.Following == Following.Followed)))
                && (tag == null || db.Tags.Any(g => g.ItemId == t.Id && g.Slug == tag))
             join author in db.Members on t.Item.AuthorId equals author.Id
             join last in db.Members on t.Item.LastActorId equals last.Id
             from organisation in db.Organisations.Where(o => o.Id == t.Item.OrganisationId).DefaultIfEmpty()
             orderby t.Item.IsPinned descending, t.Item.LastActivityAt descending
             select new Line(
                 t.Item.ShortId, t.Item.Title, author.Name, author.Handle, organisation.Name, last.Name,
                 t.Item.LastActivityAt, t.Item.CommentCount, t.Item.LastCommentNumber, t.Item.IsPinned, t.Item.LockedAt != null, t.IsQuestion, t.AcceptedNumber != null, t.Item.Audience,
                 db.OwnReadMarks.Where(r => r.ItemId == t.Id && r.MemberId == me).Select(r => (int?)r.Number).FirstOrDefault(),
                 db.Items.Count(i => i.GroupId == groupId && i.Kind == ForumModule.TopicKind))).Skip(skip).Take(PageSize));

    /// <summary>One page of the list.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no forum.</exception>
    public async Task<TopicListView> ExecuteAsync(Viewer viewer, string groupSlug, TopicFilter filter, string? tag, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(ForumModule.ToolKey)!)) throw new NotFoundException();

        tag = tag is { Length: > 0 } word ? Slug.Of(word) : null;
        var isWhole = filter == TopicFilter.Recent && tag is null;
        var lines = isWhole ? await LinesAsync(Math.Clamp(page, 1, LastPage)) : [];
        var count = lines is [var first, ..] ? first.All : await _count(db, standing.GroupId, viewer.MemberId, filter, tag);
        var pages = Math.Max(1, (count + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        if (lines.Count == 0 && count > 0) lines = await LinesAsync(page);
        return new TopicListView(standing, lines.ConvertAll(l => Row(l, viewer)), page, pages, filter, rights.Allows(ForumModule.StartTopic, standing)) { Tag = tag };

        async Task<List<Line>> LinesAsync(int at) => await _lines(db, standing.GroupId, viewer.MemberId, filter, tag, (at - 1) * PageSize).ToListAsync(cancellation);
    }

    private static TopicRow Row(Line line, Viewer viewer) => new()
    {
        ShortId = line.ShortId,
        Title = line.Title,
        AuthorName = line.AuthorName,
        AuthorHandle = line.AuthorHandle,
        OrganisationName = line.OrganisationName,
        LastActorName = line.LastActorName,
        LastActivityAt = line.LastActivityAt,
        CommentCount = line.CommentCount,
        Unread = line.Read is { } read ? Math.Max(0, Math.Min(line.LastCommentNumber - read, line.CommentCount)) : null,
        IsNew = viewer.IsMember && line.Read is null,
        IsPinned = line.IsPinned,
        IsLocked = line.IsLocked,
        IsQuestion = line.IsQuestion,
        IsSolved = line.IsSolved,
        Audience = line.Audience,
    };

    private sealed record Line(
        string ShortId, string Title, string AuthorName, string AuthorHandle, string? OrganisationName, string LastActorName, DateTime LastActivityAt, int CommentCount, int LastCommentNumber,
        bool IsPinned, bool IsLocked, bool IsQuestion, bool IsSolved, Audience Audience, int? Read, int All);
}
