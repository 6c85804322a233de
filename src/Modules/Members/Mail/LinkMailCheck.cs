using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Members.Mail;

/// <summary>Whether a mail that carries a link may leave: not once the link was used or is past its time, as after a long stop of the mail server.</summary>
internal sealed class LinkMailCheck(TimeProvider clock) : IMailCheck
{
    private const int KeyLength = 32;

    /// <inheritdoc />
    public bool Decides(MailRow mail) => mail.Kind.StartsWith("compte.", StringComparison.Ordinal);

    /// <inheritdoc />
    public async Task<bool> MayLeaveAsync(AppDbContext db, MailRow mail, CancellationToken cancellation)
    {
        // The key ends with that of the link; mails without a link end with one of their own.
        if (mail.UniqueKey.Length < KeyLength || !Guid.TryParseExact(mail.UniqueKey.AsSpan(mail.UniqueKey.Length - KeyLength), "N", out var key)) return true;

        var now = clock.GetUtcNow().UtcDateTime;
        return !await db.MailedLinks.AnyAsync(l => l.Id == key && (l.UsedAt != null || l.ExpiresAt <= now), cancellation);
    }
}
