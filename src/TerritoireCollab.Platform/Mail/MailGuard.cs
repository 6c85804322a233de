using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Platform.Mail;

/// <summary>What holds for the recipient of a mail, whatever it tells.</summary>
/// <param name="MayLeave">Whether it may.</param>
/// <param name="Address">Where it goes: a member's address of the moment.</param>
internal readonly record struct Recipient(bool MayLeave, string Address);

/// <summary>
/// Whether a mail may leave now: its text was frozen when it was decided, while rights, wishes and addresses may have changed since. What holds for
/// every mail is asked for many at once; what its kind asks for, for each.
/// </summary>
internal sealed class MailGuard(AppDb database, IEnumerable<IMailCheck> checks, TimeProvider clock)
{
    private readonly IMailCheck[] _checks = [.. checks];

    /// <summary>What the account needs to work, as a link to sign in: it leaves whatever its holder wishes.</summary>
    private static bool IsOfTheAccount(MailRow mail) => mail is { Priority: 0, Optional: false };

    /// <summary>The recipients of <paramref name="mails"/>: the account is open, its holder wants mail, the address takes it.</summary>
    public async Task<IReadOnlyDictionary<Guid, Recipient>> RecipientsAsync(IReadOnlyCollection<MailRow> mails, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var asked = mails.Where(m => !IsOfTheAccount(m)).ToList();
        var ids = asked.Select(m => m.MemberId).OfType<Guid>().Distinct().ToList();
        var members = ids.Count == 0 ? [] : await db.Members.Where(m => ids.Contains(m.Id) && m.State == MemberState.Active && m.Email != null)
            .Where(m => !db.Set<MailPreferences>().Any(p => p.MemberId == m.Id && p.IsSilent))
            .Select(m => new { m.Id, m.Email }).ToDictionaryAsync(m => m.Id, m => m.Email!, cancellation);
        var addresses = asked.Select(m => Address(m, members)).OfType<string>().Select(a => a.ToUpperInvariant()).Distinct().ToList();
        var now = clock.GetUtcNow().UtcDateTime;
        var closed = addresses.Count == 0 ? [] : await db.Set<AddressStanding>()
            .Where(a => addresses.Contains(a.Address) && (a.State == AddressState.Stopped || a.State == AddressState.Complained || (a.State == AddressState.Paused && a.Until > now)))
            .Select(a => a.Address).ToHashSetAsync(cancellation);
        return mails.ToDictionary(m => m.Id, m => IsOfTheAccount(m) ? new Recipient(true, m.ToAddress)
            : Address(m, members) is { } address ? new Recipient(!closed.Contains(address.ToUpperInvariant()), address)
            : new Recipient(false, m.ToAddress));
    }

    /// <summary>Whether the right and the wish to get this very mail are still there.</summary>
    public async Task<bool> MayLeaveAsync(MailRow mail, CancellationToken cancellation)
    {
        var check = _checks.FirstOrDefault(c => c.Decides(mail));
        if (check is null && (!mail.Optional || mail.MemberId is null)) return true;

        await using var db = database.Open(mail.MemberId is { } member ? Viewer.Member(member) : Viewer.Anonymous);
        return check is null ? await IsForReaderAsync(db, mail, mail.MemberId!.Value, cancellation) : await check.MayLeaveAsync(db, mail, cancellation);
    }

    private static string? Address(MailRow mail, Dictionary<Guid, string> members) => mail.MemberId is { } member ? members.GetValueOrDefault(member) : mail.ToAddress;

    // What holds for any optional mail that nobody knows better: the account, the right to read, the mute, the level.
    private static async Task<bool> IsForReaderAsync(AppDbContext db, MailRow mail, Guid member, CancellationToken cancellation)
    {
        if (!await db.Members.AnyAsync(m => m.Id == member && m.State == MemberState.Active, cancellation)) return false;
        if (mail.ItemId is { } item)
        {
            if (!await db.Items.AnyAsync(i => i.Id == item, cancellation)) return false;
            if (await db.Subscriptions.AnyAsync(s => s.ItemId == item && s.MemberId == member && s.Following == Following.Muted, cancellation)) return false;
        }

        return mail.GroupId is not { } group
            || await db.Memberships.AnyAsync(m => m.GroupId == group && m.MemberId == member && m.State == MembershipState.Active && m.MailLevel > MailLevel.Nothing, cancellation);
    }
}
