using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>How much one member publishes by mail: more than a person writes is a program that went astray.</summary>
internal sealed class SenderPace(TimeProvider clock)
{
    /// <summary>Mails of one member that are published within an hour.</summary>
    public const int MostPerHour = 30;

    /// <summary>Whether that member has published as much already.</summary>
    public async Task<bool> IsTooFastAsync(AppDbContext db, Guid memberId, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().UtcDateTime - TimeSpan.FromHours(1);
        return await db.ReceivedMails.CountAsync(m => m.MemberId == memberId && m.Outcome == ReceivedOutcome.Published && m.ReceivedAt > since, cancellation) >= MostPerHour;
    }
}
