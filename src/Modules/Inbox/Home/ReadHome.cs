using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Inbox.Home;

/// <summary>A group in a list.</summary>
internal sealed record HomeGroup(string Slug, string Name, string Summary, int Hue, int MemberCount);

/// <summary>Something that waits for the member.</summary>
/// <param name="GroupSlug">Of which group.</param>
/// <param name="GroupName">Its name.</param>
/// <param name="Requests">People who ask to join; 0 for an invitation.</param>
/// <param name="InvitedBy">Who invites; null for requests.</param>
internal sealed record HomeTask(string GroupSlug, string GroupName, int Requests, string? InvitedBy);

/// <summary>A content that moved.</summary>
/// <param name="Title">Title.</param>
/// <param name="Address">From the root, without its slash.</param>
/// <param name="Who">Author of a new content, last actor otherwise.</param>
/// <param name="At">Last activity.</param>
/// <param name="IsNew">Whether the content itself is new.</param>
/// <param name="Answers">New answers of others.</param>
/// <param name="IsUnread">Whether the member has not read all of it.</param>
internal sealed record HomeLine(string Title, string Address, string Who, DateTime At, bool IsNew, int Answers, bool IsUnread);

/// <summary>What moved in a group.</summary>
/// <param name="Group">The group.</param>
/// <param name="Lines">Unread first, then the newest.</param>
/// <param name="More">How many more there are.</param>
/// <param name="Unread">How many are not read.</param>
internal sealed record HomeSection(HomeGroup Group, IReadOnlyList<HomeLine> Lines, int More, int Unread);

/// <summary>The home page of a member.</summary>
internal sealed record HomeView
{
    /// <summary>From when on things are new.</summary>
    public required DateTime Since { get; init; }
    /// <summary>Whether that is the last visit; otherwise the last seven days.</summary>
    public required bool IsLastVisit { get; init; }
    /// <summary>What waits in groups: requests and invitations.</summary>
    public required IReadOnlyList<HomeTask> Tasks { get; init; }
    /// <summary>What waits in the tools, the soonest first.</summary>
    public required IReadOnlyList<MemberTask> Ahead { get; init; }
    /// <summary>What the administrators show first.</summary>
    public required IReadOnlyList<FeaturedContent> Featured { get; init; }
    /// <summary>What moved.</summary>
    public required IReadOnlyList<HomeSection> Sections { get; init; }
    /// <summary>The member's groups.</summary>
    public required IReadOnlyList<HomeGroup> Groups { get; init; }
    /// <summary>Groups to join, when the member has none.</summary>
    public required IReadOnlyList<HomeGroup> Suggested { get; init; }
}

/// <summary>A content that anyone may read.</summary>
internal sealed record PublicLine(string Title, string Excerpt, string Address, string GroupName, string GroupSlug, int GroupHue, DateTime At);

/// <summary>Reads the home page: what waits, what moved since the last visit, the groups.</summary>
internal sealed class ReadHome(AppDb database, ModuleCatalog modules, Faces faces, IEnumerable<IMemberTasks> tasks, IEnumerable<IFeaturedContents> featured, TimeProvider clock)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(60);
    private const int MostMoved = 150;
    private const int MostSections = 6;
    private const int MostLines = 5;
    private const int MostTasks = 6;
    private const int MostOfATool = 3;
    private const int MostSuggested = 3;
    private const int MostPublic = 5;
    private const int MostFeatured = 3;

    /// <summary>The home page of a member.</summary>
    public async Task<HomeView> ExecuteAsync(Viewer viewer, DateTime? lastVisit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (me, now) = (viewer.MemberId, clock.GetUtcNow().UtcDateTime);
        var since = lastVisit is { } visit ? (now - visit > Longest ? now - Longest : visit) : now - Week;
        var mine = await db.Memberships.AsNoTracking().Where(m => m.MemberId == me && m.State == MembershipState.Active)
            .OrderByDescending(m => m.Group!.LastActivityAt)
            .Select(m => new Mine(m.GroupId, m.Role, new HomeGroup(m.Group!.Slug, m.Group.Name, m.Group.Summary, m.Group.Hue, m.Group.MemberCount))).ToListAsync(cancellation);
        return new HomeView
        {
            Since = since,
            IsLastVisit = lastVisit is not null,
            Tasks = await TasksAsync(db, mine, now, cancellation),
            Featured = await FeaturedAsync(db, cancellation),
            Ahead = mine.Count == 0 ? [] : await AheadAsync(db, mine, now, cancellation),
            Sections = mine.Count == 0 ? [] : await SectionsAsync(db, mine, since, cancellation),
            Groups = [.. mine.Select(m => m.Group)],
            Suggested = mine.Count > 0 ? [] : await db.Groups.AsNoTracking()
                .Where(g => g.Visibility == GroupVisibility.AllMembers && g.Joining != GroupJoining.ByInvitation && g.ArchivedAt == null)
                .OrderByDescending(g => g.MemberCount).Take(MostSuggested)
                .Select(g => new HomeGroup(g.Slug, g.Name, g.Summary, g.Hue, g.MemberCount)).ToListAsync(cancellation),
        };
    }

    /// <summary>What anyone may read: what the administrators show first, and the newest contents.</summary>
    public async Task<(IReadOnlyList<FeaturedContent> Featured, IReadOnlyList<PublicLine> Newest)> PublicAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.Anonymous);
        return (await FeaturedAsync(db, cancellation), await NewestAsync(db, cancellation));
    }

    private async Task<IReadOnlyList<FeaturedContent>> FeaturedAsync(AppDbContext db, CancellationToken cancellation)
    {
        var chosen = new List<FeaturedContent>();
        foreach (var tool in featured) chosen.AddRange(await tool.ReadAsync(db, MostFeatured, cancellation));
        return [.. chosen.OrderByDescending(c => c.FeaturedAt).Take(MostFeatured)];
    }

    private async Task<IReadOnlyList<PublicLine>> NewestAsync(AppDbContext db, CancellationToken cancellation)
    {
        var kinds = Streamed();
        var rows = await db.Items.AsNoTracking().Where(i => i.Audience == Audience.Public && kinds.Contains(i.Kind) && i.Group!.Visibility == GroupVisibility.AllMembers)
            .OrderByDescending(i => i.CreatedAt).Take(MostPublic).Select(i => new { Item = i, i.Group!.Slug, i.Group.Name, i.Group.Hue }).ToListAsync(cancellation);
        return [.. rows.Select(r => new PublicLine(r.Item.Title, r.Item.Excerpt, faces.Address(r.Slug, r.Item).TrimStart('/'), r.Name, r.Slug, r.Hue, r.Item.CreatedAt))];
    }

    private async Task<IReadOnlyList<MemberTask>> AheadAsync(AppDbContext db, List<Mine> mine, DateTime now, CancellationToken cancellation)
    {
        var groups = mine.Where(m => m.Role >= GroupRole.Member).Select(m => m.GroupId).ToList();
        var ahead = new List<MemberTask>();
        foreach (var tool in tasks) ahead.AddRange(await tool.ReadAsync(db, groups, now, MostOfATool, cancellation));
        return [.. ahead.OrderBy(t => t.Until).Take(MostTasks)];
    }

    private static async Task<IReadOnlyList<HomeTask>> TasksAsync(AppDbContext db, List<Mine> mine, DateTime now, CancellationToken cancellation)
    {
        var animated = mine.Where(m => m.Role >= GroupRole.Animator).ToDictionary(m => m.GroupId, m => m.Group);
        var ids = animated.Keys.ToList();
        var requests = ids.Count == 0 ? [] : await db.Memberships.Where(m => ids.Contains(m.GroupId) && (m.State == MembershipState.Requested || m.State == MembershipState.RequestedAgain))
            .GroupBy(m => m.GroupId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellation);

        var me = db.Viewer.MemberId;
        var self = await db.Members.Where(m => m.Id == me).Select(m => new { m.Email, At = "@" + m.Handle }).FirstAsync(cancellation);
        var invitations = await db.Invitations
            .Where(i => (i.Email == self.At || (self.Email != null && i.Email == self.Email)) && i.AcceptedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now && i.Group!.ArchivedAt == null
                && !db.Memberships.Any(m => m.GroupId == i.GroupId && m.MemberId == me && m.State == MembershipState.Active))
            .OrderByDescending(i => i.SentAt).Select(i => new HomeTask(i.Group!.Slug, i.Group.Name, 0, i.InvitedBy!.Name)).Take(MostTasks).ToListAsync(cancellation);
        return [.. requests.Select(r => new HomeTask(animated[r.Key].Slug, animated[r.Key].Name, r.Count, null)).Concat(invitations).Take(MostTasks)];
    }

    private async Task<IReadOnlyList<HomeSection>> SectionsAsync(AppDbContext db, List<Mine> mine, DateTime since, CancellationToken cancellation)
    {
        var groups = mine.ToDictionary(m => m.GroupId, m => m.Group);
        var (ids, kinds, me) = (groups.Keys.ToList(), Streamed(), db.Viewer.MemberId);
        // Asked apart: within one query, each would be weighed against the viewer's rights once more for every row.
        var choices = await db.Subscriptions.Where(s => s.MemberId == me && s.Item.LastActivityAt > since).Select(s => new { s.ItemId, s.Following }).ToListAsync(cancellation);
        var muted = choices.Where(c => c.Following == Following.Muted).Select(c => c.ItemId).ToList();
        var followed = choices.Where(c => c.Following == Following.Followed).Select(c => c.ItemId).ToList();
        var found = await db.Items.AsNoTracking()
            .Where(i => ids.Contains(i.GroupId) && kinds.Contains(i.Kind) && i.LastActivityAt > since && !muted.Contains(i.Id)
                && ((i.CreatedAt > since && i.AuthorId != me) || (i.LastActorId != me && (i.AuthorId == me || followed.Contains(i.Id)))))
            .OrderByDescending(i => i.LastActivityAt).Take(MostMoved)
            .Select(i => new { Item = i, Author = i.Author!.Name, LastActor = i.LastActor!.Name }).ToListAsync(cancellation);
        var foundIds = found.ConvertAll(f => f.Item.Id);
        var reads = await db.OwnReadMarks.Where(r => r.MemberId == me && foundIds.Contains(r.ItemId)).ToDictionaryAsync(r => r.ItemId, r => (int?)r.Number, cancellation);
        var rows = found.ConvertAll(f => (f.Item, f.Author, f.LastActor, Read: reads.GetValueOrDefault(f.Item.Id)));

        var moved = rows.GroupBy(r => r.Item.GroupId)
            .Select(g => (Id: g.Key, Rows: g.OrderByDescending(r => IsUnread(r.Item, r.Read)).ToList()))
            .OrderByDescending(g => IsUnread(g.Rows[0].Item, g.Rows[0].Read)).Take(MostSections).ToList();
        var answers = await AnswersAsync(db, [.. moved.SelectMany(g => g.Rows.Take(MostLines)).Select(r => r.Item.Id)], since, cancellation);
        return [.. moved.Select(g => new HomeSection(
            groups[g.Id],
            [.. g.Rows.Take(MostLines).Select(r => Line(groups[g.Id], r.Item, r.Author, r.LastActor, r.Read, answers.GetValueOrDefault(r.Item.Id), since, me)).Where(l => l.IsNew || l.Answers > 0)],
            Math.Max(0, g.Rows.Count - MostLines),
            g.Rows.Count(r => IsUnread(r.Item, r.Read)))).Where(s => s.Lines.Count > 0)];
    }

    private HomeLine Line(HomeGroup group, ContentItem item, string author, string lastActor, int? read, int answers, DateTime since, Guid me) => new(
        item.Title, faces.Address(group.Slug, item).TrimStart('/'), answers > 0 ? lastActor : author, item.LastActivityAt,
        item.CreatedAt > since && item.AuthorId != me, answers, IsUnread(item, read));

    private static bool IsUnread(ContentItem item, int? read) => read is not { } number || number < item.LastCommentNumber;

    // Only for the lines shown: counted for all that moved, this would be most of the page's cost.
    private static Task<Dictionary<Guid, int>> AnswersAsync(AppDbContext db, List<Guid> shown, DateTime since, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        return db.Comments.Where(c => shown.Contains(c.ItemId) && c.CreatedAt > since && c.AuthorId != me && c.Kind == CommentKind.Message)
            .GroupBy(c => c.ItemId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
    }

    private List<string> Streamed() => [.. modules.Kinds.Where(k => k.Can(Capability.Streamed)).Select(k => k.Key)];

    private sealed record Mine(Guid GroupId, GroupRole Role, HomeGroup Group);
}
