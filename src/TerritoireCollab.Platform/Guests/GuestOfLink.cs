using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Guests;

/// <summary>
/// Reads and acts as the guest of a personal link, who has no account: the sealed link is the right to that one content, whoever else may read it, as long
/// as it is not in the trash and its tool offers it. A tool acts by <c>ActAsync</c>, which hands it the one guest and holds the content's row.
/// </summary>
public sealed class GuestOfLink(AppDb database, GuestLinks links, GuestTools tools, GuestSettings settings, GroupLabels labels, TimeProvider clock)
{
    /// <summary>The guest with the content, for the page.</summary>
    /// <exception cref="NotFoundException">Not a link of ours, or what it was for is gone.</exception>
    public async Task<GuestPass> ReadAsync(string token, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var guest = await FindAsync(db, links.Open(token), cancellation);
        var group = await db.Groups.AsNoTracking().FirstAsync(g => g.Id == guest.Item.GroupId, cancellation);
        var offer = await tools.Of(guest.Item.Kind)!.OfferAsync(db, guest.Item, cancellation) ?? throw new NotFoundException();
        return new()
        {
            Token = token, Guest = guest, Item = guest.Item, GroupName = (await labels.ForGuestAsync(group, cancellation)).Name, IsArchived = group.ArchivedAt is not null,
            Offer = group.ArchivedAt is null ? offer : offer with { Closed = PlatformTexts.GroupIsArchived }, MonthsKept = await settings.MonthsAsync(cancellation),
        };
    }

    /// <summary>Reads what the page of a tool shows besides, with the context of that guest.</summary>
    /// <exception cref="NotFoundException">As above, or another tool's.</exception>
    public Task<T> WithAsync<T>(string kind, string token, Func<AppDbContext, Guest, Task<T>> read, CancellationToken cancellation) => WithAsync(kind, links.Open(token), read, cancellation);

    /// <summary>The same for a guest who is known otherwise, such as by a mail that waits to leave.</summary>
    /// <exception cref="NotFoundException">As above, or another tool's.</exception>
    public async Task<T> WithAsync<T>(string kind, Guid? id, Func<AppDbContext, Guest, Task<T>> read, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var guest = await FindAsync(db, id, cancellation);
        return guest.Item.Kind == kind ? await read(db, guest) : throw new NotFoundException();
    }

    /// <summary>Does something as that guest, who counts from then on. The content's row is held; the whole is one transaction.</summary>
    /// <exception cref="NotFoundException">As above, or another tool's.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    public Task<T> ActAsync<T>(string kind, string token, Func<AppDbContext, Guest, CancellationToken, Task<T>> act, CancellationToken cancellation) =>
        ActAsync(kind, links.Open(token), act, cancellation);

    /// <summary>The same for a guest who is known otherwise, such as by the mail that answers an invitation.</summary>
    /// <inheritdoc cref="ActAsync{T}(string, string, Func{AppDbContext, Guest, CancellationToken, Task{T}}, CancellationToken)"/>
    public Task<T> ActAsync<T>(string kind, Guid? id, Func<AppDbContext, Guest, CancellationToken, Task<T>> act, CancellationToken cancellation) => database.TransactAsync(Viewer.System, async (db, stop) =>
    {
        var found = await FindAsync(db, id, stop);
        if (found.Item.Kind != kind) throw new NotFoundException();

        await db.LockAsync(found.Item.ShortId, stop);
        if (await db.Groups.AnyAsync(g => g.Id == found.Item.GroupId && g.ArchivedAt != null, stop)) throw new ForbiddenException(PlatformTexts.GroupIsArchived);

        var guest = await db.Guests.Include(g => g.Item).FirstOrDefaultAsync(g => g.Id == found.Id, stop) ?? throw new NotFoundException();
        guest.ConfirmedAt ??= clock.GetUtcNow().UtcDateTime;
        guest.RefusedAt = null;
        var result = await act(db, guest, stop);
        await db.SaveChangesAsync(stop);
        return result;
    }, cancellation);

    /// <summary>Takes no part any more, and wants no more mail about it. Doing it again changes nothing.</summary>
    /// <exception cref="NotFoundException">Not a link of ours, or what it was for is gone.</exception>
    public Task LeaveAsync(string token, CancellationToken cancellation) => database.TransactAsync(Viewer.System, async (db, stop) =>
    {
        var found = await FindAsync(db, links.Open(token), stop);
        await db.LockAsync(found.Item.ShortId, stop);
        var guest = await db.Guests.FirstAsync(g => g.Id == found.Id, stop);
        if (guest.RefusedAt is not null) return false;

        guest.RefusedAt = clock.GetUtcNow().UtcDateTime;
        await tools.Of(found.Item.Kind)!.LeftAsync(db, guest, stop);
        await db.SaveChangesAsync(stop);
        return true;
    }, cancellation);

    private async Task<Guest> FindAsync(AppDbContext db, Guid? id, CancellationToken cancellation)
    {
        var guest = id is null ? null : await db.Guests.AsNoTracking().Include(g => g.Item).FirstOrDefaultAsync(g => g.Id == id && g.MemberId == null, cancellation);
        return guest is not null && tools.Of(guest.Item.Kind) is not null ? guest : throw new NotFoundException();
    }
}
