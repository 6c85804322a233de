using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Inbox.Settings;

/// <summary>A member says that their own address works after all: mail goes there again.</summary>
internal sealed class ConfirmAddress(AppDb database, TryAddressAgain tries)
{
    /// <summary>Sets the viewer's address back, a complaint of theirs too. Doing it again changes nothing.</summary>
    public async Task ExecuteAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        if (await db.Members.Where(m => m.Id == viewer.MemberId).Select(m => m.NormalizedEmail).FirstOrDefaultAsync(cancellation) is { } address)
            await tries.ExecuteAsync(db, address, evenComplaint: true, cancellation);
    }
}
