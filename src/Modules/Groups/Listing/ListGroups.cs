using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Settings;

namespace TerritoireCollab.Groups.Listing;

/// <summary>Which groups are listed.</summary>
public enum GroupFilter
{
    /// <summary>All that are not archived.</summary>
    All = 0,
    /// <summary>The viewer's own.</summary>
    Mine = 1,
    /// <summary>Those that anybody may join at once.</summary>
    Open = 2,
    /// <summary>Those of firms.</summary>
    Firms = 3,
    /// <summary>Those of local authorities.</summary>
    LocalAuthorities = 4,
    /// <summary>The archived ones.</summary>
    Archived = 5,
}

/// <summary>A group in the directory.</summary>
public sealed record GroupCard
{
    /// <summary>Its part of the address.</summary>
    public required string Slug { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>Sentence.</summary>
    public required string Summary { get; init; }
    /// <summary>Hue.</summary>
    public required int Hue { get; init; }
    /// <summary>The emblem, if any.</summary>
    public Guid? LogoFileId { get; init; }
    /// <summary>Whom it gathers.</summary>
    public required GroupKind Kind { get; init; }
    /// <summary>How one joins.</summary>
    public required GroupJoining Joining { get; init; }
    /// <summary>Active members.</summary>
    public required int MemberCount { get; init; }
    /// <summary>Last activity.</summary>
    public required DateTime LastActivityAt { get; init; }
    /// <summary>Where the viewer's membership stands, if there is one.</summary>
    public MembershipState? State { get; init; }
    /// <summary>Whether something is asked on entering, so that a page comes first.</summary>
    public required bool AsksFirst { get; init; }
    /// <summary>Whether an invitation waits for the viewer.</summary>
    public required bool IsInvited { get; init; }
}

/// <summary>The directory of groups.</summary>
/// <param name="Cards">Groups of this page.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageCount">Pages in all.</param>
/// <param name="Filter">Which are listed.</param>
/// <param name="ArchivedCount">How many archived ones there are.</param>
/// <param name="MayCreate">Whether the viewer may make a group.</param>
public sealed record GroupListView(IReadOnlyList<GroupCard> Cards, int Page, int PageCount, GroupFilter Filter, int ArchivedCount, bool MayCreate);

/// <summary>Lists the groups that the viewer may know of, the liveliest first.</summary>
internal sealed class ListGroups(AppDb database, Rights rights, PlatformSettings settings, TimeProvider clock)
{
    /// <summary>Groups on a page.</summary>
    public const int PageSize = 30;

    /// <summary>One page of the directory.</summary>
    public async Task<GroupListView> ExecuteAsync(Viewer viewer, GroupFilter filter, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var groups = Filtered(db, filter);
        var pages = Math.Max(1, (await groups.CountAsync(cancellation) + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);

        var me = viewer.MemberId;
        var mine = await db.Members.Where(m => m.Id == me).Select(m => new { m.Handle, m.Email }).FirstOrDefaultAsync(cancellation);
        var (handle, email, now) = ("@" + mine?.Handle, mine?.Email?.ToLowerInvariant() ?? "", clock.GetUtcNow().UtcDateTime);
        var cards = await groups.OrderByDescending(g => g.LastActivityAt).ThenBy(g => g.Id).Skip((page - 1) * PageSize).Take(PageSize).Select(g => new GroupCard
        {
            Slug = g.Slug,
            Name = g.Name,
            Summary = g.Summary,
            Hue = g.Hue,
            LogoFileId = g.LogoFileId,
            Kind = g.Kind,
            Joining = g.Joining,
            MemberCount = g.MemberCount,
            LastActivityAt = g.LastActivityAt,
            State = db.Memberships.Where(m => m.GroupId == g.Id && m.MemberId == me).Select(m => (MembershipState?)m.State).FirstOrDefault(),
            AsksFirst = g.CharterVersion > 0 || (g.Joining == GroupJoining.OnRequest && g.JoinQuestion != null),
            IsInvited = db.Invitations.Any(i => i.GroupId == g.Id && (i.Email == handle || i.Email == email) && i.AcceptedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now),
        }).ToListAsync(cancellation);

        var archived = filter == GroupFilter.Archived ? 0 : await db.Groups.CountAsync(g => g.ArchivedAt != null, cancellation);
        return new(cards, page, pages, filter, archived, await MayCreateAsync(viewer, settings, cancellation));
    }

    /// <summary>The groups after a name, for programs; archived ones too.</summary>
    public async Task<IReadOnlyList<(Group Group, MembershipState? State)>> AfterAsync(Viewer viewer, string? name, string? slug, int count, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var groups = db.Groups.AsNoTracking();
        if (name is not null) groups = groups.Where(g => g.FoldedName.CompareTo(name) > 0 || (g.FoldedName == name && g.Slug.CompareTo(slug) > 0));
        var me = viewer.MemberId;
        var rows = await groups.OrderBy(g => g.FoldedName).ThenBy(g => g.Slug).Take(count)
            .Select(g => new { Group = g, State = db.Memberships.Where(m => m.GroupId == g.Id && m.MemberId == me).Select(m => (MembershipState?)m.State).FirstOrDefault() }).ToListAsync(cancellation);
        return [.. rows.Select(r => (r.Group, r.State))];
    }

    /// <summary>One group with its viewer's standing.</summary>
    /// <exception cref="NotFoundException">Absent or hidden.</exception>
    public async Task<(Group Group, Standing Standing)> OneAsync(Viewer viewer, string slug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, slug, cancellation);
        return (await db.Groups.AsNoTracking().FirstAsync(g => g.Id == standing.GroupId, cancellation), standing);
    }

    /// <summary>Whether that viewer may make a group.</summary>
    public static async Task<bool> MayCreateAsync(Viewer viewer, PlatformSettings settings, CancellationToken cancellation) =>
        viewer.IsMember && (viewer.IsAdmin || (await settings.ReadAsync(cancellation)).MembersCreateGroups);

    private static IQueryable<Group> Filtered(AppDbContext db, GroupFilter filter)
    {
        var me = db.Viewer.MemberId;
        var groups = db.Groups.AsNoTracking().Where(g => filter == GroupFilter.Archived ? g.ArchivedAt != null : g.ArchivedAt == null);
        return filter switch
        {
            GroupFilter.Mine => groups.Where(g => db.Memberships.Any(m => m.GroupId == g.Id && m.MemberId == me && m.State == MembershipState.Active)),
            GroupFilter.Open => groups.Where(g => g.Joining == GroupJoining.Free),
            GroupFilter.Firms => groups.Where(g => g.Kind == GroupKind.Firms),
            GroupFilter.LocalAuthorities => groups.Where(g => g.Kind == GroupKind.LocalAuthorities),
            _ => groups,
        };
    }
}
