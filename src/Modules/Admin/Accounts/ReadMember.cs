using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Admin.Outbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>An account as an administrator sees it.</summary>
/// <param name="Line">What the list shows too.</param>
/// <param name="OpenSessions">Sign-ins that are open.</param>
/// <param name="IsLastAdmin">Whether nobody else administers the platform.</param>
/// <param name="IsSelf">Whether it is the viewer's own.</param>
/// <param name="Mails">The last mails to that person, newest first.</param>
/// <param name="Returns">Why mail to that address comes back; null when it does not.</param>
public sealed record AccountView(AccountLine Line, int OpenSessions, bool IsLastAdmin, bool IsSelf, IReadOnlyList<MailLine> Mails, AddressStanding? Returns);

/// <summary>Reads one account.</summary>
internal sealed class ReadMember(AppDb database, TimeProvider clock)
{
    private const int MostMails = 20;

    /// <summary>The account.</summary>
    /// <exception cref="NotFoundException">There is none, or the viewer does not administer the platform.</exception>
    public async Task<AccountView> ExecuteAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);
        await using var db = database.Open(viewer);
        var now = clock.GetUtcNow().UtcDateTime;
        var idle = now - Sessions.Idle;
        var found = await db.Members.AsNoTracking().Where(m => m.Id == id).Select(m => new
        {
            Member = m,
            Sessions = db.Sessions.Count(s => s.MemberId == m.Id && s.ClosedAt == null && s.ExpiresAt > now && s.LastSeenAt > idle),
            OtherAdmins = db.Members.Any(o => o.Id != m.Id && o.IsAdmin && o.State == MemberState.Active),
        }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();

        var member = found.Member;
        var line = new AccountLine
        {
            Id = member.Id,
            Name = member.Name,
            Handle = member.Handle,
            Email = member.Email ?? "",
            State = member.State,
            IsAdmin = member.IsAdmin,
            CreatedAt = member.CreatedAt,
            LastSeenAt = member.LastSeenAt,
        };
        var mails = await db.Mails.AsNoTracking().Where(m => m.MemberId == id).OrderByDescending(m => m.CreatedAt).ThenBy(m => m.Id).Take(MostMails).Select(MailLine.Of).ToListAsync(cancellation);
        var returns = await db.AddressStandings.AsNoTracking().FirstOrDefaultAsync(a => a.Address == member.NormalizedEmail && a.State != AddressState.Good, cancellation);
        return new(line, found.Sessions, member is { IsAdmin: true, State: MemberState.Active } && !found.OtherAdmins, member.Id == viewer.MemberId, mails, returns);
    }
}
