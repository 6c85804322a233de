using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Mail;

/// <summary>Lets mail go again to an address that was stopped or paused. The caller has asked for the right.</summary>
public sealed class TryAddressAgain(TimeProvider clock)
{
    /// <summary>Sets the address back; what comes back from now on counts anew.</summary>
    /// <param name="db">The caller's context.</param>
    /// <param name="normalizedAddress">The address in capitals.</param>
    /// <param name="evenComplaint">Whether also when its holder told that our mail is unwanted: only the holder may say so.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether it was stopped or paused.</returns>
    public async Task<bool> ExecuteAsync(AppDbContext db, string normalizedAddress, bool evenComplaint, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.AddressStandings.Where(a => a.Address == normalizedAddress && a.State != AddressState.Good && (evenComplaint || a.State != AddressState.Complained))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.State, AddressState.Good).SetProperty(a => a.Since, now).SetProperty(a => a.Until, (DateTime?)null), cancellation) > 0;
    }
}
