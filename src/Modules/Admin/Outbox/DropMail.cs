using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Admin.Outbox;

/// <summary>Gives a mail up.</summary>
internal sealed class DropMail(AppDb database, SecurityLog security)
{
    /// <summary>Never sends it; nothing happens to one that left or is on its way.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    public async Task ExecuteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var count = await db.Mails.Where(m => m.Id == id && m.State != MailState.Sent && m.State != MailState.Sending && m.State != MailState.Dropped)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Dropped), cancellation);
        if (count > 0) await security.WriteAsync("courriel.abandonne", viewer.MemberId, detail: id.ToString(), cancellation: cancellation);
    }
}
