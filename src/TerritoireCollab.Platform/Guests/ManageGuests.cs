using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Guests;

/// <summary>The guests of a content, for those who may edit it.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Item">The content.</param>
/// <param name="Offer">What one takes part in.</param>
/// <param name="Guests">Who was invited or asked, the latest first.</param>
/// <param name="MonthsKept">Months after its end for which they are kept.</param>
public sealed record GuestsView(Standing Standing, ContentItem Item, GuestOffer Offer, IReadOnlyList<Guest> Guests, int MonthsKept);

/// <summary>Lists the guests of a content, and takes one off.</summary>
public sealed class ManageGuests(AppDb database, Rights rights, GuestTools tools, GuestSettings settings)
{
    /// <summary>The guests, with their addresses.</summary>
    /// <exception cref="NotFoundException">Absent or invisible, or of a kind that takes no guests.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<GuestsView> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (item, standing) = await rights.RequireItemAsync(db, GroupPermissions.EditItem, shortId, cancellation);
        if (tools.Of(item.Kind) is not { } tool || await tool.OfferAsync(db, item, cancellation) is not { } offer) throw new NotFoundException();

        var guests = await db.Guests.AsNoTracking().Where(g => g.ItemId == item.Id && (g.InvitedById != null || g.ConfirmedAt != null)).OrderByDescending(g => g.At).ThenBy(g => g.NormalizedEmail).ToListAsync(cancellation);
        return new(standing, item, offer, guests, await settings.MonthsAsync(cancellation));
    }

    /// <summary>Takes a guest off: the link leads nowhere any more, and what was answered is erased.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public Task RemoveAsync(Viewer viewer, string shortId, Guid guestId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, _) = await rights.RequireItemAsync(db, GroupPermissions.EditItem, shortId, token);
        if (await db.Guests.FirstOrDefaultAsync(g => g.Id == guestId && g.ItemId == item.Id, token) is not { } guest) return false;

        if (tools.Of(item.Kind) is { } tool) await tool.LeftAsync(db, guest, token);
        db.Guests.Remove(guest);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
