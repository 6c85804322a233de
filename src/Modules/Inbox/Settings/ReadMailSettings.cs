using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Inbox.Settings;

/// <summary>The mail level of one of the member's groups.</summary>
public sealed record GroupLevel(string Slug, string Name, MailLevel Level);

/// <summary>A content that the member follows or muted.</summary>
internal sealed record FollowedContent(string ShortId, string Title, string Address, string GroupName, Following Following);

/// <summary>What a member gets by mail.</summary>
/// <param name="Groups">One line a group.</param>
/// <param name="Wish">What the member wants whatever the group.</param>
/// <param name="Followed">Contents followed, the newest activity first.</param>
/// <param name="FollowedCount">How many there are in all.</param>
/// <param name="Muted">Contents muted.</param>
/// <param name="MutedCount">How many there are in all.</param>
/// <param name="Places">Contents followed together.</param>
internal sealed record MailSettingsView(IReadOnlyList<GroupLevel> Groups, MailPreferences Wish, IReadOnlyList<FollowedContent> Followed, int FollowedCount, IReadOnlyList<FollowedContent> Muted, int MutedCount, IReadOnlyList<FollowedPlace> Places);

/// <summary>Reads what a member gets by mail.</summary>
internal sealed class ReadMailSettings(AppDb database, Faces faces, IEnumerable<IMoreFollowers> more)
{
    private const int Shown = 5;
    private const int Most = 200;

    /// <summary>The settings; of the contents the first few, or all.</summary>
    public async Task<MailSettingsView> ExecuteAsync(Viewer viewer, bool all, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var contents = await db.Subscriptions.AsNoTracking().Where(s => s.MemberId == viewer.MemberId)
            .OrderByDescending(s => s.Item.LastActivityAt).Take(Most)
            .Select(s => new { s.Item, s.Following, Group = db.Groups.Where(g => g.Id == s.Item.GroupId).Select(g => new { g.Slug, g.Name }).FirstOrDefault() })
            .ToListAsync(cancellation);
        var shown = contents.Where(c => c.Group is not null)
            .Select(c => new FollowedContent(c.Item.ShortId, c.Item.Title, faces.Address(c.Group!.Slug, c.Item).TrimStart('/'), c.Group.Name, c.Following))
            .ToLookup(c => c.Following);
        var (followed, muted) = (shown[Following.Followed].ToList(), shown[Following.Muted].ToList());
        var take = all ? Most : Shown;
        return new(await GroupsAsync(db, cancellation), await WishAsync(db, cancellation), [.. followed.Take(take)], followed.Count, [.. muted.Take(take)], muted.Count, await PlacesAsync(db, cancellation));
    }

    private async Task<IReadOnlyList<FollowedPlace>> PlacesAsync(AppDbContext db, CancellationToken cancellation)
    {
        var places = new List<FollowedPlace>();
        foreach (var kind in more) places.AddRange(await kind.OfViewerAsync(db, cancellation));
        return places;
    }

    /// <summary>What the viewer of <paramref name="db"/> wants whatever the group; the defaults of whoever chose nothing.</summary>
    public static async Task<MailPreferences> WishAsync(AppDbContext db, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        return await db.MailPreferences.AsNoTracking().FirstOrDefaultAsync(p => p.MemberId == me, cancellation) ?? new MailPreferences { MemberId = me };
    }

    /// <summary>The groups of the viewer of <paramref name="db"/> with their levels, by name.</summary>
    public static async Task<IReadOnlyList<GroupLevel>> GroupsAsync(AppDbContext db, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        return await db.Memberships.AsNoTracking().Where(m => m.MemberId == me && m.State == MembershipState.Active)
            .OrderBy(m => m.Group!.FoldedName).Select(m => new GroupLevel(m.Group!.Slug, m.Group.Name, m.MailLevel)).ToListAsync(cancellation);
    }
}
