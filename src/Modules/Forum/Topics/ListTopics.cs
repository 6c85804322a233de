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

    /// <summary>One page of the list.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no forum.</exception>
    public async Task<TopicListView> ExecuteAsync(Viewer viewer, string groupSlug, TopicFilter filter, string? tag, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(ForumModule.ToolKey)!)) throw new NotFoundException();

        tag = tag is { Length: > 0 } word ? Slug.Of(word) : null;
        var topics = Filtered(db, standing, filter);
        if (tag is not null) topics = topics.Where(t => db.Tags.Any(g => g.ItemId == t.Id && g.Slug == tag));
        var count = await topics.CountAsync(cancellation);
        var pages = Math.Max(1, (count + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var me = viewer.MemberId;
        var rows = await topics
            .OrderByDescending(t => t.Item.PinnedAt != null).ThenByDescending(t => t.Item.LastActivityAt)
            .Skip((page - 1) * PageSize).Take(PageSize)
            .Select(t => new
            {
                t.Item.ShortId, t.Item.Title, Author = t.Item.Author!.Name, t.Item.Author.Handle, Organisation = t.Item.Organisation!.Name, LastActor = t.Item.LastActor!.Name,
                t.Item.LastActivityAt, t.Item.CommentCount, t.Item.LastCommentNumber, t.Item.PinnedAt, t.Item.LockedAt, t.IsQuestion, t.AcceptedNumber, t.Item.Audience,
                Read = db.ReadMarks.Where(r => r.ItemId == t.Id && r.MemberId == me).Select(r => (int?)r.Number).FirstOrDefault(),
            }).AsNoTracking().ToListAsync(cancellation);

        return new TopicListView(standing, [.. rows.Select(r => new TopicRow
        {
            ShortId = r.ShortId,
            Title = r.Title,
            AuthorName = r.Author,
            AuthorHandle = r.Handle,
            OrganisationName = r.Organisation,
            LastActorName = r.LastActor,
            LastActivityAt = r.LastActivityAt,
            CommentCount = r.CommentCount,
            Unread = r.Read is { } read ? Math.Max(0, Math.Min(r.LastCommentNumber - read, r.CommentCount)) : null,
            IsNew = viewer.IsMember && r.Read is null,
            IsPinned = r.PinnedAt is not null,
            IsLocked = r.LockedAt is not null,
            IsQuestion = r.IsQuestion,
            IsSolved = r.AcceptedNumber is not null,
            Audience = r.Audience,
        })], page, pages, filter, rights.Allows(ForumModule.StartTopic, standing)) { Tag = tag };
    }

    private static IQueryable<Topic> Filtered(AppDbContext db, Standing standing, TopicFilter filter)
    {
        var topics = db.Set<Topic>().Where(t => t.Item.GroupId == standing.GroupId);
        var me = db.Viewer.MemberId;
        return filter switch
        {
            TopicFilter.Unanswered => topics.Where(t => t.IsQuestion && t.AcceptedNumber == null),
            TopicFilter.Solved => topics.Where(t => t.IsQuestion && t.AcceptedNumber != null),
            TopicFilter.Followed => topics.Where(t => db.Subscriptions.Any(s => s.ItemId == t.Id && s.MemberId == me && s.Following == Following.Followed)),
            _ => topics,
        };
    }
}
