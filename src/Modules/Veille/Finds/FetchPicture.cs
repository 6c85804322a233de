using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Veille.Fetching;

namespace TerritoireCollab.Veille.Finds;

/// <summary>Wakes whoever fetches pictures: a find was brought.</summary>
internal sealed class PictureWake : WorkerWake;

/// <summary>The trace by which a find's picture is settled: asked for, refused or taken off. No page is asked twice, and what was refused stays away.</summary>
internal static class PictureActivities
{
    private const string Kind = "veille.find.picture";

    /// <summary>The trace; nothing follows from it.</summary>
    public static Activity Settled(ContentItem item, Guid actor, DateTime now) => new() { Kind = Kind, ItemId = item.Id, GroupId = item.GroupId, ActorId = actor, At = now, Quiet = true, DispatchedAt = now };

    /// <summary>Finds brought since that moment whose picture nobody has settled.</summary>
    public static IQueryable<Find> Unsettled(AppDbContext db, DateTime since) =>
        db.Set<Find>().Where(f => f.PictureId == null && f.Item.CreatedAt >= since && !db.Activities.Any(a => a.ItemId == f.Id && a.Kind == Kind));
}

/// <summary>
/// Copies the picture that the page of a find shows of itself: readers never load it from the other site. What comes is no more than pixels:
/// told by its first bytes, of a bounded size, without place, device or words. A page without one, or a bad one, leaves the find as it is.
/// </summary>
internal sealed class FetchPicture(AppDb database, Rights rights, AskPage pages, SiteClient sites, FileStore store, TimeProvider clock)
{
    /// <summary>Largest picture, in bytes.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    // In pixels. Below, it is a counter or a dot of the layout; above, a small file unfolds into a huge picture in every browser.
    private const int ShortestSide = 48;
    private const int LongestSide = 5000;

    /// <summary>Looks for the picture now, for whoever may edit the find; what was refused before is asked for again.</summary>
    /// <returns>Whether there is one now.</returns>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<bool> AskAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        string address;
        await using (var db = database.Open(viewer))
        {
            var (item, _) = await rights.RequireFindAsync(db, GroupPermissions.EditItem, shortId, cancellation);
            address = await db.Set<Find>().Where(f => f.Id == item.Id).Select(f => f.Address).FirstAsync(cancellation);
        }

        var picture = await ReadAsync(viewer, new Uri(address), cancellation);
        return picture is not null && await KeepAsync(viewer, shortId, picture, cancellation);
    }

    /// <summary>Takes the picture off; it does not come back by itself.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public Task RemoveAsync(Viewer viewer, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, _) = await rights.RequireFindAsync(db, GroupPermissions.EditItem, shortId, token);
        (await db.Set<Find>().FirstAsync(f => f.Id == item.Id, token)).PictureId = null;
        db.Add(PictureActivities.Settled(item, viewer.MemberId, clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    /// <summary>Fetches the picture of a find that was brought lately, as its author, and settles it whatever comes.</summary>
    public async Task SettleAsync(Viewer author, string shortId, Uri address, CancellationToken cancellation)
    {
        var picture = await ReadAsync(author, address, cancellation);
        // The author may have left the group since, and the find is settled all the same.
        await database.TransactAsync(Viewer.System, async (db, token) =>
        {
            await db.LockAsync(shortId, token);
            // It may have been refused or taken off meanwhile.
            var find = await PictureActivities.Unsettled(db, DateTime.MinValue).Include(f => f.Item).FirstOrDefaultAsync(f => f.Item.ShortId == shortId, token);
            if (find is null) return false;

            if (picture is not null) await PutAsync(db, find, picture, token);
            db.Add(PictureActivities.Settled(find.Item, author.MemberId, clock.GetUtcNow().UtcDateTime));
            await db.SaveChangesAsync(token);
            return true;
        }, cancellation);
    }

    private Task<bool> KeepAsync(Viewer viewer, string shortId, byte[] picture, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, _) = await rights.RequireFindAsync(db, GroupPermissions.EditItem, shortId, token);
        await PutAsync(db, await db.Set<Find>().FirstAsync(f => f.Id == item.Id, token), picture, token);
        db.Add(PictureActivities.Settled(item, viewer.MemberId, clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    private async Task PutAsync(AppDbContext db, Find find, byte[] picture, CancellationToken cancellation)
    {
        using var content = new MemoryStream(picture, writable: false);
        var stored = await store.AddAsync(content, "image", cancellation);
        find.PictureId = (await AttachmentWriter.StoredFileAsync(db, stored, clock.GetUtcNow().UtcDateTime, cancellation)).Id;
    }

    private async Task<byte[]?> ReadAsync(Viewer viewer, Uri address, CancellationToken cancellation)
    {
        if ((await pages.ExecuteAsync(viewer, address, cancellation))?.Picture is not { } picture) return null;

        var answer = await sites.FetchAsync(new FetchRequest(picture) { MaxBytes = MostBytes }, cancellation);
        return answer.Outcome == FetchOutcome.Ok ? Cleaned(answer.Body.Span) : null;
    }

    private static byte[]? Cleaned(ReadOnlySpan<byte> bytes) =>
        PictureSize.Of(bytes) is (>= ShortestSide and <= LongestSide, >= ShortestSide and <= LongestSide) ? PictureMetadata.Strip(bytes) : null;
}
