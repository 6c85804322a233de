using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Platform.Access;

/// <summary>
/// Decides who may do what. Every handler that writes calls one of its <c>Require…</c> methods first: what the viewer cannot see is
/// not found, what the viewer sees but may not do is forbidden. Buttons ask the same table by <see cref="Allows"/>.
/// </summary>
public sealed class Rights(ModuleCatalog modules)
{
    // Nearly every page begins by one of these: compiled, for the one model of this house.
    private readonly Func<AppDbContext, string, Guid, CancellationToken, Task<Place?>> _bySlug = EF.CompileAsyncQuery(
        (AppDbContext db, string slug, Guid me, CancellationToken cancellation) => (from g in db.Groups.AsNoTracking()
            where g.Slug == slug
            from m in db.Memberships.Where(m => m.GroupId == g.Id && m.MemberId == me).DefaultIfEmpty()
            select new Place(g.Id, g.Slug, g.Name, g.Summary, g.Hue, g.Visibility, g.Joining, g.Ceiling, g.DefaultAudience, g.ArchivedAt, g.MemberCount, g.CharterVersion,
                (MembershipState?)m.State, (GroupRole?)m.Role, (MailLevel?)m.MailLevel, m.LastVisitAt,
                db.GroupTools.Where(t => t.GroupId == g.Id).ToList())).FirstOrDefault());

    private readonly Func<AppDbContext, Guid, Guid, CancellationToken, Task<Place?>> _byId = EF.CompileAsyncQuery(
        (AppDbContext db, Guid id, Guid me, CancellationToken cancellation) => (from g in db.Groups.AsNoTracking()
            where g.Id == id
            from m in db.Memberships.Where(m => m.GroupId == g.Id && m.MemberId == me).DefaultIfEmpty()
            select new Place(g.Id, g.Slug, g.Name, g.Summary, g.Hue, g.Visibility, g.Joining, g.Ceiling, g.DefaultAudience, g.ArchivedAt, g.MemberCount, g.CharterVersion,
                (MembershipState?)m.State, (GroupRole?)m.Role, (MailLevel?)m.MailLevel, m.LastVisitAt,
                db.GroupTools.Where(t => t.GroupId == g.Id).ToList())).FirstOrDefault());

    /// <summary>Where the viewer of <paramref name="db"/> stands in the group of that address.</summary>
    /// <exception cref="NotFoundException">Absent, or hidden from the viewer.</exception>
    public Task<Standing> StandingAsync(AppDbContext db, string slug, CancellationToken cancellation) =>
        ReadAsync(db.Viewer, _bySlug(db, slug, db.Viewer.MemberId, cancellation));

    /// <summary>Where the viewer of <paramref name="db"/> stands in that group.</summary>
    /// <exception cref="NotFoundException">Absent, or hidden from the viewer.</exception>
    public Task<Standing> StandingAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) =>
        ReadAsync(db.Viewer, _byId(db, groupId, db.Viewer.MemberId, cancellation));

    /// <summary>The standing in the group, when it gives the permission.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Visible, but not allowed.</exception>
    public async Task<Standing> RequireAsync(AppDbContext db, Permission permission, string slug, CancellationToken cancellation)
    {
        var standing = await StandingAsync(db, slug, cancellation);
        Require(permission, standing);
        return standing;
    }

    /// <inheritdoc cref="RequireAsync(AppDbContext, Permission, string, CancellationToken)"/>
    public async Task<Standing> RequireAsync(AppDbContext db, Permission permission, Guid groupId, CancellationToken cancellation)
    {
        var standing = await StandingAsync(db, groupId, cancellation);
        Require(permission, standing);
        return standing;
    }

    /// <summary>The content of that short identifier with the standing in its group, when the permission is given for it.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Visible, but not allowed.</exception>
    public async Task<(ContentItem Item, Standing Standing)> RequireItemAsync(AppDbContext db, Permission permission, string shortId, CancellationToken cancellation)
    {
        var item = await db.Items.FirstOrDefaultAsync(i => i.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        var standing = await StandingAsync(db, item.GroupId, cancellation);
        Require(permission, standing, await AuthorForAsync(db, permission, item, cancellation), item.LockedAt is not null);
        return (item, standing);
    }

    // What its author may, those who wrote it too may where the table says so.
    private static async Task<Guid> AuthorForAsync(AppDbContext db, Permission permission, ContentItem item, CancellationToken cancellation)
    {
        var (itemId, me) = (item.Id, db.Viewer.MemberId);
        if (!permission.CoAuthorsMay || !item.HasCoAuthors || item.AuthorId == me) return item.AuthorId;

        return await db.CoAuthors.AnyAsync(a => a.ItemId == itemId && a.MemberId == me, cancellation) ? me : item.AuthorId;
    }

    /// <summary>Throws unless the permission is given.</summary>
    /// <exception cref="NotFoundException">It creates in a tool that the group has switched off: to everybody there is no such place.</exception>
    /// <exception cref="ForbiddenException">Not allowed.</exception>
    public void Require(Permission permission, Standing standing, Guid? authorId = null, bool isLocked = false)
    {
        if (Allows(permission, standing, authorId, isLocked)) return;
        if (permission.CreatesIn is { } key && modules.Tool(key) is { } tool && !standing.Has(tool)) throw new NotFoundException();
        if (standing.IsArchived && !permission.InArchive) throw new ForbiddenException(PlatformTexts.GroupIsArchived);
        if (isLocked && permission.StopsAtLock && standing.IsMember) throw new ForbiddenException(PlatformTexts.ThreadIsLocked);
        throw new ForbiddenException(standing switch
        {
            { IsMember: false } => PlatformTexts.JoinToTakePart,
            { Role: GroupRole.Reader } when permission.Least == GroupRole.Member || permission.AuthorMay => PlatformTexts.ReadersOnlyRead,
            _ => PlatformTexts.NotAllowed,
        });
    }

    /// <summary>The table: whether that standing gives the permission for a content of <paramref name="authorId"/>.</summary>
    public bool Allows(Permission permission, Standing standing, Guid? authorId = null, bool isLocked = false)
    {
        if (standing.Viewer.SeesAll) return true;
        if (!standing.Viewer.IsMember || standing.Role is not { } role) return false;
        if (standing.IsArchived && !permission.InArchive) return false;
        if (isLocked && permission.StopsAtLock && role < GroupRole.Animator) return false;
        if (permission.AuthorMay && authorId == standing.Viewer.MemberId && role >= GroupRole.Member) return true;
        if (permission.CreatesIn is not { } key) return role >= permission.Least;

        return modules.Tool(key) is { } tool && standing.Has(tool) && role >= permission.Least && role >= standing.CreatorsOf(tool);
    }

    private static async Task<Standing> ReadAsync(Viewer viewer, Task<Place?> place)
    {
        var read = await place ?? throw new NotFoundException();

        return new Standing
        {
            Viewer = viewer,
            GroupId = read.Id,
            Slug = read.Slug,
            Name = read.Name,
            Summary = read.Summary,
            Hue = read.Hue,
            Visibility = read.Visibility,
            Joining = read.Joining,
            Ceiling = read.Visibility == GroupVisibility.Hidden ? Audience.Group : read.Ceiling,
            DefaultAudience = read.DefaultAudience,
            IsArchived = read.ArchivedAt is not null,
            MemberCount = read.MemberCount,
            CharterVersion = read.CharterVersion,
            ToolSettings = read.Tools,
            State = read.State,
            Role = read.State is MembershipState.Active ? read.Role : viewer.AsMemberOf == read.Id ? GroupRole.Member : null,
            MailLevel = read.MailLevel ?? default,
            LastVisitAt = read.LastVisitAt,
        };
    }

    private sealed record Place(
        Guid Id, string Slug, string Name, string Summary, int Hue, GroupVisibility Visibility, GroupJoining Joining, Audience Ceiling, Audience DefaultAudience,
        DateTime? ArchivedAt, int MemberCount, int CharterVersion, MembershipState? State, GroupRole? Role, MailLevel? MailLevel, DateTime? LastVisitAt,
        IReadOnlyList<GroupTool> Tools);
}
