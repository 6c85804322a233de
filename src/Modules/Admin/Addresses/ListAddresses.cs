using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Admin.Addresses;

/// <summary>An address that takes no mail.</summary>
/// <param name="Standing">Why, and since when.</param>
/// <param name="Email">The address, as its holder wrote it.</param>
/// <param name="MemberId">The member it belongs to; null for a reader without an account.</param>
/// <param name="Name">The member's name.</param>
public sealed record AddressLine(AddressStanding Standing, string Email, Guid? MemberId, string? Name);

/// <summary>A page of them.</summary>
/// <param name="Lines">The latest first.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageCount">Pages in all.</param>
public sealed record AddressesView(IReadOnlyList<AddressLine> Lines, int Page, int PageCount);

/// <summary>Lists the addresses of the whole platform that take no mail, and has one tried again.</summary>
internal sealed class ListAddresses(AppDb database, TryAddressAgain tries, SecurityLog security, TimeProvider clock)
{
    private const int PageSize = 50;

    /// <summary>One page.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    public async Task<AddressesView> ExecuteAsync(Viewer viewer, int page, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var now = clock.GetUtcNow().UtcDateTime;
        var standings = db.AddressStandings.AsNoTracking().Where(a => a.State != AddressState.Good && (a.State != AddressState.Paused || a.Until == null || a.Until > now));
        var pages = Math.Max(1, (await standings.CountAsync(cancellation) + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var rows = await (
            from a in standings.OrderByDescending(a => a.Since).ThenBy(a => a.Address).Skip((page - 1) * PageSize).Take(PageSize)
            from m in db.Members.Where(m => m.NormalizedEmail == a.Address).DefaultIfEmpty()
            select new { Standing = a, Id = (Guid?)m.Id, m.Email, m.Name }).ToListAsync(cancellation);
        return new([.. rows.OrderByDescending(r => r.Standing.Since).ThenBy(r => r.Standing.Address, StringComparer.Ordinal).Select(r => new AddressLine(r.Standing, r.Email ?? r.Standing.Address.ToLowerInvariant(), r.Id, r.Name))], page, pages);
    }

    /// <summary>Lets mail go there again, but to whoever complained of it.</summary>
    /// <returns>Whether it was stopped or paused.</returns>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    public async Task<bool> RetryAsync(Viewer viewer, string address, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        if (!await tries.ExecuteAsync(db, address, evenComplaint: false, cancellation)) return false;

        await security.WriteAsync("courriel.adresse", viewer.MemberId, detail: address, cancellation: cancellation);
        return true;
    }
}
