using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Veille.Readers;

/// <summary>Whether an issue may still leave to somebody without an account: they have not left, and everybody may still read it.</summary>
internal sealed class ReaderMailCheck(AppDb database) : IMailCheck
{
    private const int KeyLength = 32;

    /// <inheritdoc />
    public bool Decides(MailRow mail) => mail.Kind == SendIssueToReaders.Kind;

    /// <inheritdoc />
    public async Task<bool> MayLeaveAsync(AppDbContext db, MailRow mail, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(mail.UniqueKey.AsSpan(mail.UniqueKey.Length - KeyLength), "N", out var id)) return false;
        if (!await db.Items.AnyAsync(i => i.Id == mail.ItemId, cancellation)) return false;

        await using var all = database.Open(Viewer.System);
        return await all.Set<RevueReader>().AnyAsync(r => r.Id == id && r.State == ReaderState.Confirmed, cancellation);
    }
}
