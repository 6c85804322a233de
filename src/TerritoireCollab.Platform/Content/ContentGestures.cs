using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Platform.Content;

/// <summary>
/// What goes with a content of one kind when it is removed, comes back or moves: the sub-pages of a page, the registrations of an event. Called
/// inside the transaction of the gesture, before it is saved. One class a kind at most, found by injection.
/// </summary>
public interface IContentCompanion
{
    /// <summary>Key of the kind.</summary>
    string Kind { get; }

    /// <summary>It was put into the trash.</summary>
    Task RemovedAsync(AppDbContext db, ContentItem item, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>It was taken out of the trash.</summary>
    Task RestoredAsync(AppDbContext db, ContentItem item, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>It was moved from the group <paramref name="from"/> to the one that <paramref name="item"/> names now.</summary>
    Task MovedAsync(AppDbContext db, ContentItem item, Guid from, CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>Finds the content of a gesture, and what goes with it. A kind that has gestures of its own answers here as if it were absent.</summary>
public sealed class GestureTargets(Rights rights, ModuleCatalog modules, IEnumerable<IContentCompanion> companions)
{
    private readonly Dictionary<string, IContentCompanion> _companions = companions.ToDictionary(c => c.Kind);

    /// <summary>The content and the viewer's standing in its group, when the permission is given.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or of a kind with gestures of its own.</exception>
    /// <exception cref="ForbiddenException">Visible, but not allowed.</exception>
    public async Task<(ContentItem Item, Standing Standing)> RequireAsync(AppDbContext db, Permission permission, string shortId, CancellationToken cancellation)
    {
        await db.LockAsync(shortId, cancellation);
        var (item, standing) = await rights.RequireItemAsync(db, permission, shortId, cancellation);
        return modules.Kind(item.Kind).HasOwnGestures ? throw new NotFoundException() : (item, standing);
    }

    /// <summary>A content of the trash that the viewer may take out. What was merged elsewhere does not come back: its messages are there.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, merged elsewhere, not the viewer's to take out, or of a kind with gestures of its own.</exception>
    public async Task<(ContentItem Item, Standing Standing)> RequireRemovedAsync(AppDbContext db, string shortId, CancellationToken cancellation)
    {
        await db.LockAsync(shortId, cancellation);
        var item = await db.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter])
            .FirstOrDefaultAsync(i => i.ShortId == shortId && !db.Comments.Any(c => c.ItemId == i.Id && c.Kind == CommentKind.Trace && c.Body.StartsWith(Comment.MergedInto)), cancellation);
        if (item is null || modules.Kind(item.Kind).HasOwnGestures) throw new NotFoundException();

        var standing = await rights.StandingAsync(db, item.GroupId, cancellation);
        return rights.Allows(GroupPermissions.RemoveItem, standing, item.AuthorId) ? (item, standing) : throw new NotFoundException();
    }

    /// <summary>What goes with contents of that kind; null when nothing does.</summary>
    public IContentCompanion? CompanionOf(ContentItem item) => _companions.GetValueOrDefault(item.Kind);
}

/// <summary>A content that a gesture was made to, for the address that it leads to.</summary>
/// <param name="GroupSlug">Address form of its group.</param>
/// <param name="Tool">Key of its tool.</param>
public sealed record GestureMade(string GroupSlug, string Tool);

/// <summary>Puts a content into the trash, and takes it out.</summary>
public sealed class RemoveContent(AppDb database, GestureTargets targets, ContentWriter writer, ModuleCatalog modules)
{
    /// <summary>Puts the content into the trash.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public Task<GestureMade> ExecuteAsync(Viewer viewer, string shortId, CancellationToken cancellation) => RemoveAsync(viewer, null, shortId, cancellation);

    /// <summary>Puts the content into the trash when it is of that kind.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, or of another kind.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public Task<GestureMade> ExecuteAsync(Viewer viewer, string kind, string shortId, CancellationToken cancellation) => RemoveAsync(viewer, kind, shortId, cancellation);

    /// <summary>Takes the content out of the trash.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, or not the viewer's to take out.</exception>
    public Task<GestureMade> UndoAsync(Viewer viewer, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var (item, standing) = await targets.RequireRemovedAsync(db, shortId, token);
        var made = new GestureMade(standing.Slug, modules.Kind(item.Kind).Tool);
        if (item.DeletedAt is null) return made;

        writer.Restore(db, item);
        if (targets.CompanionOf(item) is { } companion) await companion.RestoredAsync(db, item, token);
        await db.SaveChangesAsync(token);
        return made;
    }, cancellation);

    private Task<GestureMade> RemoveAsync(Viewer viewer, string? kind, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var (item, standing) = await targets.RequireAsync(db, GroupPermissions.RemoveItem, shortId, token);
        if (kind is not null && item.Kind != kind) throw new NotFoundException();

        writer.Remove(db, item);
        if (targets.CompanionOf(item) is { } companion) await companion.RemovedAsync(db, item, token);
        await db.SaveChangesAsync(token);
        return new GestureMade(standing.Slug, modules.Kind(item.Kind).Tool);
    }, cancellation);
}

/// <summary>Puts a content on top of the lists and of the group's home, or takes it down.</summary>
public sealed class PinContent(AppDb database, GestureTargets targets, ContentWriter writer, Traces traces, TimeProvider clock)
{
    /// <summary>Pins the content when <paramref name="pinned"/>; doing so twice changes nothing.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, bool pinned, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var (item, _) = await targets.RequireAsync(db, GroupPermissions.Moderate, shortId, token);
        if (item.PinnedAt is not null == pinned) return false;

        DateTime? at = pinned ? clock.GetUtcNow().UtcDateTime : null;
        await db.Items.Where(i => i.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.PinnedAt, at).SetProperty(i => i.IsPinned, pinned), token);
        await traces.AddAsync(db, item.Id, pinned ? TraceActions.Pinned : TraceActions.Unpinned, "", token);
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}

/// <summary>Shows a content on the platform's home page, or takes it off: an administrator's choice, never a computation.</summary>
public sealed class FeatureContent(AppDb database, ModuleCatalog modules, TimeProvider clock)
{
    /// <summary>Shows the content there when <paramref name="featured"/>; doing so twice changes nothing.</summary>
    /// <exception cref="NotFoundException">The viewer administers nothing; or the content is absent, invisible, in the trash, or of a kind that does not stand there.</exception>
    /// <exception cref="ForbiddenException">Not all members may read it.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, bool featured, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        AdminOnly.Require(viewer);
        await db.LockAsync(shortId, token);
        var item = await db.Items.AsNoTracking().Include(i => i.Group).FirstOrDefaultAsync(i => i.ShortId == shortId, token) ?? throw new NotFoundException();
        if (!modules.Kind(item.Kind).Can(Capability.Featured)) throw new NotFoundException();
        if (item.FeaturedAt is not null == featured) return false;
        if (featured && !MayBe(item, item.Group?.Visibility)) throw new ForbiddenException(PlatformTexts.FeaturedForAllOnly);

        DateTime? at = featured ? clock.GetUtcNow().UtcDateTime : null;
        await db.Items.Where(i => i.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.FeaturedAt, at), token);
        return true;
    }, cancellation);

    /// <summary>Whether all members may read that content, in a group that they all may know of.</summary>
    public static bool MayBe(ContentItem item, GroupVisibility? visibility) => item.Audience >= Audience.Platform && visibility == GroupVisibility.AllMembers;
}

/// <summary>Closes a content to comments, or opens it again.</summary>
public sealed class LockContent(AppDb database, GestureTargets targets, ContentWriter writer, Traces traces, TimeProvider clock)
{
    /// <summary>Closes the content when <paramref name="locked"/>; doing so twice changes nothing.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, bool locked, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var (item, _) = await targets.RequireAsync(db, GroupPermissions.Moderate, shortId, token);
        if (item.LockedAt is not null == locked) return false;

        DateTime? at = locked ? clock.GetUtcNow().UtcDateTime : null;
        await db.Items.Where(i => i.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.LockedAt, at), token);
        await traces.AddAsync(db, item.Id, locked ? TraceActions.Closed : TraceActions.Reopened, "", token);
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}

/// <summary>Where a content can be moved.</summary>
/// <param name="Standing">The group that it stands in.</param>
/// <param name="Item">Its row.</param>
/// <param name="Groups">Groups that the viewer animates too.</param>
public sealed record MoveView(Standing Standing, ContentItem Item, IReadOnlyList<(string Slug, string Name)> Groups);

/// <summary>Moves a content to another group that the viewer animates. Links to it go on working, by its short identifier.</summary>
public sealed class MoveContent(AppDb database, Rights rights, GestureTargets targets, ContentWriter writer, Traces traces, ModuleCatalog modules)
{
    /// <summary>The groups to choose from.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    public async Task<MoveView> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (item, standing) = await rights.RequireItemAsync(db, GroupPermissions.Moderate, shortId, cancellation);
        if (modules.Kind(item.Kind).HasOwnGestures) throw new NotFoundException();

        return new(standing, item, await GroupsAsync(db, item.GroupId, cancellation));
    }

    /// <summary>Groups that the viewer animates, but for that one.</summary>
    public static async Task<IReadOnlyList<(string Slug, string Name)>> GroupsAsync(AppDbContext db, Guid but, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        var groups = await db.Memberships.Where(m => m.MemberId == me && m.State == MembershipState.Active && m.Role >= GroupRole.Animator && m.GroupId != but && m.Group!.ArchivedAt == null)
            .OrderBy(m => m.Group!.FoldedName).Select(m => new { m.Group!.Slug, m.Group.Name }).ToListAsync(cancellation);
        return [.. groups.Select(g => (g.Slug, g.Name))];
    }

    /// <summary>Moves the content; its audience shrinks to what the other group allows.</summary>
    /// <exception cref="NotFoundException">The content or the group is absent or invisible, or the group has not this tool.</exception>
    /// <exception cref="ForbiddenException">Not an animator of both groups.</exception>
    /// <exception cref="InvalidInputException">What goes with it cannot go there, as its tool says.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, string groupSlug, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var (item, from) = await targets.RequireAsync(db, GroupPermissions.Moderate, shortId, token);
        var to = await rights.RequireAsync(db, GroupPermissions.Moderate, groupSlug, token);
        if (modules.Tool(modules.Kind(item.Kind).Tool) is { } tool && !to.Has(tool)) throw new NotFoundException();
        if (to.GroupId == from.GroupId) return false;

        // The name of a hidden group is not told to the readers of another one.
        await traces.AddAsync(db, item.Id, TraceActions.Moved, from.Visibility == GroupVisibility.Hidden ? "" : from.Name, token);
        (item.GroupId, item.Audience, item.PinnedAt) = (to.GroupId, item.Audience < to.Ceiling ? item.Audience : to.Ceiling, null);
        item.Version++;
        await db.Activities.Where(a => a.ItemId == item.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.GroupId, to.GroupId), token);
        await db.Notifications.Where(n => n.ItemId == item.Id).ExecuteUpdateAsync(set => set.SetProperty(n => n.GroupId, to.GroupId), token);
        if (targets.CompanionOf(item) is { } companion) await companion.MovedAsync(db, item, from.GroupId, token);
        writer.Record(db, ActivityKinds.ItemMoved, item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
