using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Guests;

/// <summary>Whom to invite.</summary>
/// <param name="Addresses">Addresses, one a line.</param>
/// <param name="Message">A word to them, plain text.</param>
public sealed record InviteGuestsInput(string? Addresses, string? Message = null);

/// <summary>What became of a list of addresses.</summary>
/// <param name="Invited">Written to now.</param>
/// <param name="Known">Invited before.</param>
/// <param name="Refusing">Whose holders want no invitations.</param>
public sealed record InvitedGuests(int Invited, int Known, int Refusing);

/// <summary>
/// Invites people by their addresses to take part in a content without an account. A member's address becomes an invitation of that member, who answers as a
/// member; whoever invites sees no difference.
/// </summary>
public sealed class InviteGuests(AppDb database, Rights rights, GuestTools tools, IGuestLetters letters, GroupLabels labels, MailOutbox outbox, TimeProvider clock)
{
    /// <summary>Longest word that goes with an invitation, in characters.</summary>
    public const int MessageLength = 1000;

    /// <summary>Most guests of one content.</summary>
    public const int MostOfContent = 2000;

    /// <summary>Invites them.</summary>
    /// <exception cref="NotFoundException">Absent or invisible, or of a kind that takes no guests.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator, or nobody can take part any more.</exception>
    /// <exception cref="InvalidInputException">No address, too many, or one that cannot be written to.</exception>
    public Task<InvitedGuests> ExecuteAsync(Viewer viewer, string shortId, InviteGuestsInput input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, _) = await rights.RequireItemAsync(db, GroupPermissions.EditItem, shortId, token);
        if (tools.Of(item.Kind) is not { } tool || await tool.OfferAsync(db, item, token) is not { } offer) throw new NotFoundException();
        if (offer.Closed is { } closed) throw new ForbiddenException(closed);

        var known = await db.Guests.Where(g => g.ItemId == item.Id).Select(g => g.NormalizedEmail).ToListAsync(token);
        var list = Read(input, known.Count);
        var unknown = list.Addresses.Where(a => !known.Contains(Emails.Normalize(a))).ToList();
        var refusing = await GuestRefusals.RefusingAsync(db, unknown, token);
        List<string> asked = [.. unknown.Where(a => !refusing.Contains(a))];
        await WriteAsync(db, tool, item, offer, asked, input.Message, token);
        return new InvitedGuests(asked.Count, list.Addresses.Count - unknown.Count, refusing.Count);
    }, cancellation);

    private static GuestList Read(InviteGuestsInput input, int present)
    {
        var list = GuestList.Read(input.Addresses);
        new Rules()
            .Check(list.Addresses.Count + list.Unreadable.Count > 0, nameof(input.Addresses), PlatformTexts.FieldRequired)
            .Check(list.Unreadable.Count == 0, nameof(input.Addresses), GuestTexts.Unreadable.With(string.Join(", ", list.Unreadable.Take(5))))
            .Check(list.Addresses.Count <= GuestList.Most && present + list.Addresses.Count <= MostOfContent, nameof(input.Addresses), GuestTexts.TooManyAddresses.With(GuestList.Most))
            .Text(input.Message, nameof(input.Message), MessageLength, required: false).Demand();
        return list;
    }

    private async Task WriteAsync(AppDbContext db, IGuestTool tool, ContentItem item, GuestOffer offer, List<string> addresses, string? message, CancellationToken cancellation)
    {
        var (now, me) = (clock.GetUtcNow().UtcDateTime, db.Viewer.MemberId);
        var members = await MembersAsync(db, item, addresses, cancellation);
        var inviter = await db.Members.Where(m => m.Id == me).Select(m => m.Name).FirstAsync(cancellation);
        var full = await db.Items.AsNoTracking().Include(i => i.Group).FirstAsync(i => i.Id == item.Id, cancellation);
        var guests = addresses.ConvertAll(a => new Guest
        {
            ItemId = item.Id, Email = a, NormalizedEmail = Emails.Normalize(a), Name = "", At = now, InvitedById = me, MemberId = members.GetValueOrDefault(Emails.Normalize(a))?.Id,
        });
        db.Guests.AddRange(guests);
        await db.SaveChangesAsync(cancellation);

        var (forMember, forGuest) = (GroupLabels.ForMember(full.Group!), await labels.ForGuestAsync(full.Group!, cancellation));
        var rows = new List<MailRow>(guests.Count);
        foreach (var guest in guests)
        {
            var member = members.GetValueOrDefault(guest.NormalizedEmail);
            if (member?.Id == me) continue;

            var to = member is null ? new GuestAddress(guest.Id, guest.Email, "") : new GuestAddress(member.Id, member.Email!, member.Name);
            var label = member is null ? forGuest : forMember;
            rows.Add(await letters.WriteAsync(new()
            {
                Cause = member is null ? GuestLetterCause.Invited : GuestLetterCause.MemberInvited,
                UniqueKey = GuestMailCheck.KeyOf(guest),
                Item = full,
                Offer = offer,
                To = to,
                Label = label,
                Inviter = inviter,
                Message = string.IsNullOrWhiteSpace(message) ? null : message.Trim(),
                Calendar = await tool.CalendarAsync(db, full, to, label, cancellation),
            }));
            if (member is not null) db.Activities.Add(new Activity { Kind = ActivityKinds.Invited, ItemId = item.Id, GroupId = item.GroupId, ActorId = me, SubjectId = member.Id, At = now });
        }

        await outbox.AddAsync(db, rows, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    // Of those addresses, the members who may read the content themselves; to all others a guest's link says no more than it would to anybody.
    private static async Task<Dictionary<string, Member>> MembersAsync(AppDbContext db, ContentItem item, List<string> addresses, CancellationToken cancellation)
    {
        var normalized = addresses.ConvertAll(Emails.Normalize);
        var group = item.GroupId;
        var everybody = item.Audience != Audience.Group;
        return await db.Members.AsNoTracking()
            .Where(m => m.State == MemberState.Active && normalized.Contains(m.NormalizedEmail!) && (everybody || db.Memberships.Any(s => s.GroupId == group && s.MemberId == m.Id && s.State == MembershipState.Active)))
            .ToDictionaryAsync(m => m.NormalizedEmail!, cancellation);
    }
}
