using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Platform.Guests;

/// <summary>
/// Whether a mail to a guest may leave: the guest is still there, takes part still, and the address is written to. Of a mail to a member, the account and the
/// wishes are asked as of any.
/// </summary>
public sealed class GuestMailCheck(AppDb database) : IMailCheck
{
    /// <summary>Kind of the mails that invite.</summary>
    public const string InvitedKind = "invite.invitation";

    /// <summary>Kind of the mails that somebody asked for.</summary>
    public const string AskedKind = "invite.demande";

    private static readonly string[] Trash = [AppDbContext.DeletedFilter];

    private const int IdLength = 32;
    private const int ShownOfHash = 40;

    /// <summary>What makes the mail that invites a guest unique.</summary>
    public static string KeyOf(Guest guest) => $"{InvitedKind}:{guest.Id:N}";

    /// <summary>What the keys of the mails that somebody asked for begin with, for one address.</summary>
    public static string AskedPrefix(string email) => $"{AskedKind}:{InvitationRefusal.HashOf(email)[..ShownOfHash]}:";

    /// <inheritdoc />
    public bool Decides(MailRow mail) => mail.Kind is InvitedKind or AskedKind;

    /// <inheritdoc />
    public async Task<bool> MayLeaveAsync(AppDbContext db, MailRow mail, CancellationToken cancellation)
    {
        // A member reads as a member, or not any more.
        if (mail.MemberId is not null) return await db.Items.AnyAsync(i => i.Id == mail.ItemId, cancellation);

        var key = mail.UniqueKey.Split(':');
        var at = mail.Kind == InvitedKind ? 1 : 2;
        return key.Length > at && key[at].Length == IdLength && Guid.TryParseExact(key[at], "N", out var guest) && await MayBeWrittenAsync(guest, mail.ToAddress, cancellation);
    }

    /// <summary>Whether that guest may be written to: asked by the tools for their own mails.</summary>
    public async Task<bool> MayBeWrittenAsync(Guid guest, string email, CancellationToken cancellation)
    {
        await using var all = database.Open(Viewer.System);
        // What tells that a content is gone leaves after it.
        return await all.Guests.IgnoreQueryFilters(Trash).AnyAsync(g => g.Id == guest && g.RefusedAt == null, cancellation) && !await GuestRefusals.RefusesAsync(all, email, cancellation);
    }
}
