using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Guests;

/// <summary>A public content as somebody without an account is offered to take part in it.</summary>
/// <param name="Item">The content.</param>
/// <param name="GroupName">Name of its group.</param>
/// <param name="Offer">What one takes part in.</param>
/// <param name="MonthsKept">Months after its end for which name and address are kept.</param>
public sealed record GuestOfferView(ContentItem Item, string GroupName, GuestOffer Offer, int MonthsKept);

/// <summary>
/// Takes the wish of somebody without an account to take part in a content that everybody may read. It counts once the link is used that goes to the address:
/// whoever types the address of somebody else brings about a mail, and three a day at most. The answer is the same whether the address is known or not.
/// </summary>
public sealed class AskToTakePart(AppDb database, GuestTools tools, GuestSettings settings, IGuestLetters letters, MailOutbox outbox, TimeProvider clock) : IDisposable
{
    /// <summary>Mails that the form may send to one address in a day, whatever the contents.</summary>
    public const int MostPerDay = 3;

    /// <summary>Addresses that wait for their link to be used, for one content: beyond, somebody fills the form for others.</summary>
    public const int MostWaiting = 300;

    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>What one is offered to take part in.</summary>
    /// <exception cref="NotFoundException">Absent, not public, or not open to whoever comes by.</exception>
    public async Task<GuestOfferView> ReadAsync(string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.Anonymous);
        var item = await db.Items.AsNoTracking().Where(i => i.ShortId == shortId && i.Audience == Audience.Public).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        if (tools.Of(item.Kind) is not { } tool || await tool.OfferAsync(db, item, cancellation) is not { TakesAnybody: true } offer) throw new NotFoundException();

        // Everybody may read what is public in a hidden group by nobody's doing: such a group has no public content.
        var group = await db.Groups.Where(g => g.Id == item.GroupId).Select(g => new { g.Name, g.ArchivedAt }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return new(item, group.Name, group.ArchivedAt is null ? offer : offer with { Closed = PlatformTexts.GroupIsArchived }, await settings.MonthsAsync(cancellation));
    }

    /// <summary>Takes it, and writes to the address.</summary>
    /// <exception cref="NotFoundException">As above.</exception>
    /// <exception cref="ForbiddenException">Nobody can take part any more.</exception>
    /// <exception cref="InvalidInputException">Not a name or not an address.</exception>
    public async Task ExecuteAsync(string shortId, string? name, string? email, CancellationToken cancellation)
    {
        var view = await ReadAsync(shortId, cancellation);
        if (view.Offer.Closed is { } closed) throw new ForbiddenException(closed);

        new Rules().Text(name, "Name", Guest.NameLength).Check(Emails.IsUsable(email), "Email", GuestTexts.AddressNotUsable).Demand();

        // One at a time, so that requests in parallel are counted too.
        await _gate.WaitAsync(cancellation);
        try
        {
            await WriteAsync(view, name!.Trim(), email!.Trim(), cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    private Task WriteAsync(GuestOfferView view, string name, string email, CancellationToken cancellation) => database.TransactAsync(Viewer.System, async (db, token) =>
    {
        var (normalized, now) = (Emails.Normalize(email), clock.GetUtcNow().UtcDateTime);
        var prefix = GuestMailCheck.AskedPrefix(normalized);
        var since = now - TimeSpan.FromDays(1);
        if (await db.Mails.CountAsync(m => m.UniqueKey.StartsWith(prefix) && m.CreatedAt > since, token) >= MostPerDay) return false;
        if (await GuestRefusals.RefusesAsync(db, email, token)) return false;

        await db.LockAsync(view.Item.ShortId, token);
        var item = await db.Items.AsNoTracking().Include(i => i.Group).FirstOrDefaultAsync(i => i.Id == view.Item.Id, token) ?? throw new NotFoundException();
        var member = await db.Members.AsNoTracking().FirstOrDefaultAsync(m => m.NormalizedEmail == normalized && m.State == MemberState.Active, token);
        var guest = member is null ? await GuestAsync(db, item, name, email, now, token) : null;
        if (member is null && guest is null) return false;

        var letter = new GuestLetter
        {
            Cause = member is null ? GuestLetterCause.Asked : GuestLetterCause.MemberAsked,
            UniqueKey = $"{prefix}{(guest?.Id ?? Guid.Empty):N}:{Guid.CreateVersion7():N}",
            Item = item,
            Offer = view.Offer,
            // The name may be anybody's words: it goes to nobody until its owner has come by the link.
            // What anybody may ask to take part in is public, and no hidden group has that.
            Label = GroupLabels.ForMember(item.Group!),
            To = member is null ? new(guest!.Id, guest.Email, "") : new(member.Id, member.Email!, member.Name),
        };
        await outbox.AddAsync(db, [await letters.WriteAsync(letter)], token);
        return true;
    }, cancellation);

    private static async Task<Guest?> GuestAsync(AppDbContext db, ContentItem item, string name, string email, DateTime now, CancellationToken cancellation)
    {
        var normalized = Emails.Normalize(email);
        var present = await db.Guests.FirstOrDefaultAsync(g => g.ItemId == item.Id && g.NormalizedEmail == normalized, cancellation);
        // Who was invited as a member and has no account any more gets a link of a guest.
        if (present is { MemberId: not null })
        {
            db.Guests.Remove(present);
            await db.SaveChangesAsync(cancellation);
            present = null;
        }

        if (present is not null)
        {
            if (present.ConfirmedAt is null && present.Name.Length == 0) present.Name = name;
            await db.SaveChangesAsync(cancellation);
            return present;
        }

        if (await db.Guests.CountAsync(g => g.ItemId == item.Id && g.InvitedById == null && g.ConfirmedAt == null, cancellation) >= MostWaiting) return null;

        var guest = new Guest { ItemId = item.Id, Email = email, NormalizedEmail = normalized, Name = name, At = now };
        db.Guests.Add(guest);
        await db.SaveChangesAsync(cancellation);
        return guest;
    }
}
