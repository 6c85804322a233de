using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Admin.Outbox;

/// <summary>Answers for all that is held: it leaves, or it never will. Either way what comes afterwards leaves as usual.</summary>
internal sealed class ResumeMails(AppDb database, MailWake wake, SecurityLog security, TimeProvider clock)
{
    /// <summary>Has it leave when <paramref name="leaves"/>, else gives it up.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    public async Task ExecuteAsync(Viewer viewer, bool leaves, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var (now, state) = (clock.GetUtcNow().UtcDateTime, leaves ? MailState.Pending : MailState.Dropped);
        await MailHold.EndAsync(db, cancellation);
        var count = await db.Mails.Where(m => m.State == MailState.Held)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, state).SetProperty(m => m.Owner, (string?)null).SetProperty(m => m.NextAttemptAt, now), cancellation);
        await security.WriteAsync(leaves ? "courriel.repris" : "courriel.abandonnes", viewer.MemberId, detail: count.ToString(CultureInfo.InvariantCulture), cancellation: cancellation);
        wake.Wake();
    }
}
