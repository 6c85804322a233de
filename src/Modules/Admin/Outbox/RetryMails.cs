using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Admin.Outbox;

/// <summary>Has mails tried again: one that failed or of which nobody knows whether it arrived, or all that failed.</summary>
internal sealed class RetryMails(AppDb database, MailWake wake, SecurityLog security, TimeProvider clock)
{
    /// <summary>Puts <paramref name="id"/> back among those to be sent; all that failed when null.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid? id, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var now = clock.GetUtcNow().UtcDateTime;
        var mails = id is { } one
            ? db.Mails.Where(m => m.Id == one && (m.State == MailState.Failed || m.State == MailState.Uncertain || m.State == MailState.Held || m.State == MailState.Pending))
            : db.Mails.Where(m => m.State == MailState.Failed);
        var count = await mails.ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, MailState.Pending).SetProperty(m => m.Attempts, 0).SetProperty(m => m.NextAttemptAt, now), cancellation);
        if (count == 0) return;

        await security.WriteAsync("courriel.relance", viewer.MemberId, detail: id?.ToString() ?? count.ToString(CultureInfo.InvariantCulture), cancellation: cancellation);
        wake.Wake();
    }
}
