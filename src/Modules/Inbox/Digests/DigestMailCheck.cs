using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Inbox.Digests;

/// <summary>
/// Whether a summary may leave: not when something in it may not be read any more by its member, who may have left a group since it was written. It counts then as never
/// made, so that the next one tells what else stood in it.
/// </summary>
internal sealed class DigestMailCheck : IMailCheck
{
    /// <inheritdoc />
    public bool Decides(MailRow mail) => mail.UniqueKey.StartsWith(DigestLetter.Prefix, StringComparison.Ordinal);

    /// <inheritdoc />
    public async Task<bool> MayLeaveAsync(AppDbContext db, MailRow mail, CancellationToken cancellation)
    {
        if (!await db.Members.AnyAsync(m => m.Id == mail.MemberId && m.State == MemberState.Active, cancellation)) return false;
        if (await db.MailPreferences.AnyAsync(p => p.MemberId == mail.MemberId && p.IsSilent, cancellation)) return false;

        var told = await db.DigestLines.Where(l => l.Digest.MailId == mail.Id).Select(l => l.ItemId).ToListAsync(cancellation);
        var readable = await db.Items.CountAsync(i => told.Contains(i.Id), cancellation);
        if (told.Count > 0 && readable == told.Count) return true;

        await db.Digests.Where(d => d.MailId == mail.Id).ExecuteDeleteAsync(cancellation);
        return false;
    }
}
