using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Platform.Guests;

/// <summary>Addresses whose holders want nothing more from this platform. It is one list with those who want no invitations into groups: a hash of each.</summary>
public static class GuestRefusals
{
    /// <summary>Whether the holder of that address wants nothing more.</summary>
    public static Task<bool> RefusesAsync(AppDbContext db, string email, CancellationToken cancellation)
    {
        var hash = InvitationRefusal.HashOf(email);
        return db.InvitationRefusals.AnyAsync(r => r.AddressHash == hash, cancellation);
    }

    /// <summary>Of those addresses, the ones whose holders want nothing more.</summary>
    public static async Task<IReadOnlySet<string>> RefusingAsync(AppDbContext db, IReadOnlyCollection<string> emails, CancellationToken cancellation)
    {
        var hashes = emails.Distinct().ToDictionary(e => e, InvitationRefusal.HashOf);
        var asked = hashes.Values.Distinct().ToList();
        var refusing = await db.InvitationRefusals.Where(r => asked.Contains(r.AddressHash)).Select(r => r.AddressHash).ToListAsync(cancellation);
        return hashes.Where(h => refusing.Contains(h.Value)).Select(h => h.Key).ToHashSet();
    }
}
