using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Veille.Board;

/// <summary>What a board that stays open finds when it looks again.</summary>
/// <param name="IsSignedOut">Whether the animator's sign-in was closed.</param>
/// <param name="GroupId">The group; null when the animator may see its board no more.</param>
/// <param name="Stamp">Changes with what happens in the group.</param>
/// <param name="Others">Names of the others who look at it.</param>
internal sealed record BoardLook(bool IsSignedOut, Guid? GroupId, string Stamp, IReadOnlyList<string> Others)
{
    /// <summary>Whether the animator may still see the board.</summary>
    public bool IsOpen => GroupId is not null;
}

/// <summary>
/// Looks at a board again for the pages that stay open, and tells who looks at it. Presence is quiet activities of the group, so that it is the
/// same in every process: one a minute while a board is open, of which the older ones are removed.
/// </summary>
internal sealed class WatchBoard(AppDb database, Rights rights, ModuleCatalog modules, TimeProvider clock)
{
    /// <summary>How often a board that is open says so.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    // A process that ends without a word is believed for that long.
    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(2.5);

    private const int LastEvents = 5;

    /// <summary>Looks.</summary>
    public async Task<BoardLook> ExecuteAsync(Viewer viewer, Guid sessionId, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var now = clock.GetUtcNow().UtcDateTime;
        var isSignedIn = await db.Sessions.AnyAsync(
            s => s.Id == sessionId && s.MemberId == viewer.MemberId && s.ClosedAt == null && s.ExpiresAt > now && s.Member!.State == MemberState.Active, cancellation);
        if (!isSignedIn) return new(true, null, "", []);

        try
        {
            var groupId = (await rights.BoardOfAsync(db, modules, groupSlug, cancellation)).GroupId;
            return new(false, groupId, await StampAsync(db, groupId, cancellation), await OthersAsync(db, groupId, now, cancellation));
        }
        catch (NotFoundException)
        {
            return new(false, null, "", []);
        }
    }

    /// <summary>Says that the viewer looks at the board, or no more.</summary>
    /// <exception cref="NotFoundException">There is no such board to the viewer.</exception>
    /// <exception cref="ForbiddenException">The group is archived: nobody works on its board.</exception>
    public Task TellAsync(Viewer viewer, string groupSlug, bool isHere, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireBoardAsync(db, modules, groupSlug, token);
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Activities.Where(a => a.GroupId == standing.GroupId && a.ActorId == viewer.MemberId && (a.Kind == BoardActivities.Watched || a.Kind == BoardActivities.Left) && a.DispatchedAt < now - Believed)
            .ExecuteDeleteAsync(token);
        db.Activities.Add(BoardActivities.Of(isHere ? BoardActivities.Watched : BoardActivities.Left, standing.GroupId, viewer, now));
        return await db.SaveChangesAsync(token);
    }, cancellation);

    // The last few, not the last: one may be committed after a later one.
    private static async Task<string> StampAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) => string.Join(' ', await db.Activities
        .Where(a => a.GroupId == groupId && a.Kind != BoardActivities.Watched && a.Kind != BoardActivities.Left).OrderByDescending(a => a.At).ThenBy(a => a.Id).Select(a => a.Id).Take(LastEvents).ToListAsync(cancellation));

    private static async Task<IReadOnlyList<string>> OthersAsync(AppDbContext db, Guid groupId, DateTime now, CancellationToken cancellation)
    {
        var since = now - Believed;
        var me = db.Viewer.MemberId;
        var seen = await db.Activities
            .Where(a => a.GroupId == groupId && a.At > since && a.ActorId != me && (a.Kind == BoardActivities.Watched || a.Kind == BoardActivities.Left))
            .Where(a => db.Memberships.Any(m => m.GroupId == groupId && m.MemberId == a.ActorId && m.State == MembershipState.Active && m.Role >= GroupRole.Animator))
            .Select(a => new { a.ActorId, a.Actor!.Name, a.Kind, a.At }).ToListAsync(cancellation);
        return [.. seen.GroupBy(a => a.ActorId).Select(g => g.MaxBy(a => (a.At, a.Kind == BoardActivities.Left))!).Where(a => a.Kind == BoardActivities.Watched).Select(a => a.Name).Order(StringComparer.CurrentCulture)];
    }
}
