using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Groups.Invitations;

/// <summary>Where an invitation stands.</summary>
public enum InvitationState
{
    /// <summary>Not answered yet; for a link, can be used.</summary>
    Waiting = 0,
    /// <summary>Accepted.</summary>
    Accepted = 1,
    /// <summary>Out of date.</summary>
    Expired = 2,
    /// <summary>Withdrawn.</summary>
    Withdrawn = 3,
    /// <summary>Refused by whoever was invited.</summary>
    Refused = 4,
}

/// <summary>An invitation in the list.</summary>
/// <param name="Id">Key.</param>
/// <param name="Recipient">The address, the member's name, or null for a link.</param>
/// <param name="InvitedBy">Who invited.</param>
/// <param name="SentAt">When it was sent last.</param>
/// <param name="ExpiresAt">Last moment to accept it.</param>
/// <param name="UseCount">How many came by it.</param>
/// <param name="State">Where it stands.</param>
public sealed record InvitationRow(Guid Id, string? Recipient, string InvitedBy, DateTime SentAt, DateTime ExpiresAt, int UseCount, InvitationState State);

/// <summary>Somebody of the platform whom the group could invite.</summary>
/// <param name="Name">Name.</param>
/// <param name="Handle">Handle.</param>
/// <param name="Organisation">Organisation spoken for.</param>
public sealed record Candidate(string Name, string Handle, string? Organisation);

/// <summary>The invitations of a group.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Rows">Newest first.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageCount">Pages in all.</param>
/// <param name="Candidates">Members found by name; null when no name was searched for.</param>
public sealed record InvitationListView(Standing Standing, IReadOnlyList<InvitationRow> Rows, int Page, int PageCount, IReadOnlyList<Candidate>? Candidates);

/// <summary>Invites into a group, and keeps the list of invitations.</summary>
internal sealed class ManageInvitations(AppDb database, Rights rights, InvitationMail mails, MailOutbox outbox, MailWake wake, SecurityLog log, TimeProvider clock)
{
    /// <summary>How long an invitation by mail can be accepted.</summary>
    public static readonly TimeSpan ByMailFor = TimeSpan.FromDays(30);

    /// <summary>Longest word to the invited, in characters.</summary>
    public const int LongestMessage = 1000;

    private static readonly TimeSpan BetweenMails = TimeSpan.FromMinutes(1);
    private const int PageSize = 50;
    private const int MostCandidates = 10;

    /// <summary>The list.</summary>
    /// <exception cref="NotFoundException">Absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    public async Task<InvitationListView> ReadAsync(Viewer viewer, string slug, string? search, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, cancellation);
        var all = db.Invitations.AsNoTracking().Where(i => i.GroupId == standing.GroupId);
        var pages = Math.Max(1, (await all.CountAsync(cancellation) + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var now = Now();
        var rows = await all.OrderByDescending(i => i.SentAt).Skip((page - 1) * PageSize).Take(PageSize).Select(i => new
        {
            Invitation = i, By = i.InvitedBy!.Name, Name = db.Members.Where(m => i.Email == "@" + m.Handle).Select(m => m.Name).FirstOrDefault(),
        }).ToListAsync(cancellation);
        return new(standing, [.. rows.Select(r => new InvitationRow(r.Invitation.Id, r.Name ?? r.Invitation.Email, r.By, r.Invitation.SentAt, r.Invitation.ExpiresAt, r.Invitation.UseCount, StateOf(r.Invitation, now)))],
            page, pages, await CandidatesAsync(db, standing.GroupId, search, cancellation));
    }

    /// <summary>What would become of each line of a list; nothing is written. Says nothing of who has an account.</summary>
    /// <exception cref="NotFoundException">Absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    /// <exception cref="InvalidInputException">Too many lines, or none.</exception>
    public async Task<IReadOnlyList<InviteLine>> CheckAsync(Viewer viewer, string slug, string list, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, cancellation);
        return await CheckAsync(db, standing, list, cancellation);
    }

    /// <summary>Invites every address of the list that can be.</summary>
    /// <returns>How many were invited.</returns>
    /// <exception cref="NotFoundException">Absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    /// <exception cref="InvalidInputException">Too many lines, none that can be invited, or too long a word.</exception>
    public Task<int> InviteAsync(Viewer viewer, string slug, string list, string? message, CancellationToken cancellation) => SendAsync(viewer, slug, message, async (db, standing, token) =>
    {
        var lines = await CheckAsync(db, standing, list, token);
        return [.. lines.Where(l => l.State == InviteLineState.Ready).Select(l => Invitee.At(l.Text))];
    }, cancellation);

    /// <summary>Invites a member of the platform by handle. The address stays unknown to the animator.</summary>
    /// <returns>Whether an invitation was sent: not to somebody who is a member already or was invited.</returns>
    /// <exception cref="NotFoundException">Group or person absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived; or the person wants no more invitations.</exception>
    public async Task<bool> InviteMemberAsync(Viewer viewer, string slug, string handle, CancellationToken cancellation) => await SendAsync(viewer, slug, null, async (db, standing, token) =>
    {
        var member = await db.Members.Where(m => m.Handle == handle && m.State == MemberState.Active).Select(m => new { m.Id, m.Name, m.Email }).FirstOrDefaultAsync(token) ?? throw new NotFoundException();
        var isMember = await db.Memberships.AnyAsync(m => m.GroupId == standing.GroupId && m.MemberId == member.Id && m.State == MembershipState.Active, token);
        var recipient = "@" + handle;
        if (!isMember && await StopInvitations.RefusesAsync(db, member.Email!, token)) throw new ForbiddenException(GroupsTexts.RefusesInvitations);

        return isMember || await Waiting(db, standing.GroupId).AnyAsync(i => i.Email == recipient, token) ? [] : [new Invitee(recipient, member.Email!, member.Name, member.Id)];
    }, cancellation) > 0;

    /// <summary>Makes a link by which whoever has it can enter, and returns its token: shown once, only its hash is kept.</summary>
    /// <exception cref="NotFoundException">Absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    /// <exception cref="InvalidInputException">A duration that is not offered.</exception>
    public async Task<string> MakeLinkAsync(Viewer viewer, string slug, int days, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, cancellation);
        new Rules().Check(days is 1 or 7 or 30 or 90, "Days", GroupsTexts.ChooseOne).Demand();

        var (now, token) = (Now(), SecretTokens.New());
        db.Invitations.Add(new Invitation { GroupId = standing.GroupId, TokenHash = SecretTokens.Hash(token), InvitedById = viewer.MemberId, SentAt = now, ExpiresAt = now.AddDays(days) });
        log.Add(db, "groupe.lien", viewer.MemberId, group: standing.GroupId, detail: $"{days}");
        await db.SaveChangesAsync(cancellation);
        return token;
    }

    /// <summary>Sends an invitation again with a new token; the one sent before no longer opens anything. Not twice within a minute: a double click is one mail.</summary>
    /// <returns>Whether it was sent.</returns>
    /// <exception cref="NotFoundException">Group or invitation absent, answered or withdrawn.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived; or the address wants no more invitations.</exception>
    public async Task<bool> SendAgainAsync(Viewer viewer, string slug, Guid id, CancellationToken cancellation)
    {
        var sent = await database.TransactAsync(viewer, (db, stop) => WriteAgainAsync(db, slug, id, stop), cancellation);
        wake.Wake();
        return sent;
    }

    private async Task<bool> WriteAgainAsync(AppDbContext db, string slug, Guid id, CancellationToken stop)
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, stop);
        var found = db.Invitations.Where(i => i.Id == id && i.GroupId == standing.GroupId && i.Email != null && i.AcceptedAt == null && i.WithdrawnAt == null);
        var invitation = await found.AsNoTracking().FirstOrDefaultAsync(stop) ?? throw new NotFoundException();
        var to = await Invitee.FindAsync(db, invitation.Email!, stop) ?? throw new NotFoundException();
        if (await StopInvitations.RefusesAsync(db, to.Address, stop)) throw new ForbiddenException(GroupsTexts.RefusesInvitations);

        var (token, now) = (SecretTokens.New(), Now());
        var (hash, expires, pause) = (SecretTokens.Hash(token), now + ByMailFor, now - BetweenMails);
        if (await found.Where(i => i.SentAt <= pause).ExecuteUpdateAsync(set => set.SetProperty(i => i.TokenHash, hash).SetProperty(i => i.SentAt, now).SetProperty(i => i.ExpiresAt, expires), stop) == 0) return false;

        (invitation.TokenHash, invitation.SentAt, invitation.ExpiresAt) = (hash, now, expires);
        await outbox.AddAsync(db, [await mails.WriteAsync(invitation, Inviting(standing), await NameAsync(db, stop), to, token, stop)], stop);
        return true;
    }

    /// <summary>Withdraws an invitation or a link: its token no longer opens anything. Withdrawing twice is withdrawing once.</summary>
    /// <returns>Whether it is withdrawn: not when it was accepted before.</returns>
    /// <exception cref="NotFoundException">Group or invitation absent.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    public async Task<bool> WithdrawAsync(Viewer viewer, string slug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, cancellation);
        var withdrawn = await db.Invitations.Where(i => i.Id == id && i.GroupId == standing.GroupId && i.WithdrawnAt == null && (i.Email == null || i.AcceptedAt == null))
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.WithdrawnAt, Now()), cancellation);
        if (withdrawn > 0) return true;

        return await db.Invitations.Where(i => i.Id == id && i.GroupId == standing.GroupId).Select(i => (bool?)(i.WithdrawnAt != null)).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
    }

    private static InvitingGroup Inviting(Standing standing) => new(standing.Slug, standing.Name, standing.Summary);

    private async Task<int> SendAsync(Viewer viewer, string slug, string? message, Func<AppDbContext, Standing, CancellationToken, Task<IReadOnlyList<Invitee>>> choose, CancellationToken cancellation)
    {
        var sent = await database.TransactAsync(viewer, async (db, stop) =>
        {
            var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, stop);
            new Rules().Text(message, "Message", LongestMessage, required: false).Demand();

            // A write that changes nothing holds the group: the same list sent twice at once is looked at one after the other, and mailed once.
            await db.Groups.Where(g => g.Id == standing.GroupId).ExecuteUpdateAsync(set => set.SetProperty(g => g.LastActivityAt, g => g.LastActivityAt), stop);
            var people = await choose(db, standing, stop);
            if (people.Count == 0) return 0;

            var (now, inviter) = (Now(), await NameAsync(db, stop));
            var made = people.Select(to => (To: to, Token: SecretTokens.New())).Select(x => (x.To, x.Token, Row: new Invitation
            {
                GroupId = standing.GroupId, Email = x.To.Recipient, TokenHash = SecretTokens.Hash(x.Token), InvitedById = viewer.MemberId,
                Message = string.IsNullOrWhiteSpace(message) ? null : message.Trim(), SentAt = now, ExpiresAt = now + ByMailFor,
            })).ToList();
            db.Invitations.AddRange(made.Select(m => m.Row));
            log.Add(db, "groupe.invitation", viewer.MemberId, group: standing.GroupId, detail: $"{made.Count}");
            await db.SaveChangesAsync(stop);

            var rows = new List<MailRow>(made.Count);
            foreach (var (to, token, row) in made) rows.Add(await mails.WriteAsync(row, Inviting(standing), inviter, to, token, stop));
            await outbox.AddAsync(db, rows, stop);
            return made.Count;
        }, cancellation);

        // The outbox woke the worker before the commit.
        wake.Wake();
        return sent;
    }

    private async Task<IReadOnlyList<InviteLine>> CheckAsync(AppDbContext db, Standing standing, string list, CancellationToken cancellation)
    {
        var lines = InviteList.Read(list);
        new Rules().Check(lines.Count > 0, "Addresses", GroupsTexts.NoAddress).Check(lines.Count <= InviteList.Most, "Addresses", GroupsTexts.TooManyAddresses.With(InviteList.Most)).Demand();
        var addresses = lines.Where(l => l.State == InviteLineState.Ready).Select(l => l.Text).ToList();
        var waiting = await Waiting(db, standing.GroupId).Where(i => addresses.Contains(i.Email!)).Select(i => i.Email).ToListAsync(cancellation);
        var refusing = await StopInvitations.RefusingAsync(db, addresses, cancellation);
        return [.. lines.Select(l => l.State != InviteLineState.Ready ? l
            : refusing.Contains(l.Text) ? l with { State = InviteLineState.Refusing }
            : waiting.Contains(l.Text) ? l with { State = InviteLineState.Waiting } : l)];
    }

    private IQueryable<Invitation> Waiting(AppDbContext db, Guid groupId)
    {
        var now = Now();
        return db.Invitations.Where(i => i.GroupId == groupId && i.Email != null && i.AcceptedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now);
    }

    private static async Task<IReadOnlyList<Candidate>?> CandidatesAsync(AppDbContext db, Guid groupId, string? search, CancellationToken cancellation)
    {
        var folded = TextFold.Fold((search ?? "").TrimStart('@')).Trim();
        if (folded.Length == 0) return null;

        return await db.Members.AsNoTracking()
            .Where(m => m.State == MemberState.Active && (m.FoldedName.Contains(folded) || m.Handle == folded) && !db.Memberships.Any(x => x.GroupId == groupId && x.MemberId == m.Id && x.State == MembershipState.Active))
            .OrderBy(m => m.FoldedName).Take(MostCandidates)
            .Select(m => new Candidate(m.Name, m.Handle, m.Affiliations.Where(a => a.IsPrincipal && a.Until == null).Select(a => a.Organisation!.Name).FirstOrDefault()))
            .ToListAsync(cancellation);
    }

    private static Task<string> NameAsync(AppDbContext db, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        return db.Members.Where(m => m.Id == me).Select(m => m.Name).FirstAsync(cancellation);
    }

    private static InvitationState StateOf(Invitation invitation, DateTime now) => invitation switch
    {
        { RefusedAt: not null } => InvitationState.Refused,
        { WithdrawnAt: not null } => InvitationState.Withdrawn,
        { Email: not null, AcceptedAt: not null } => InvitationState.Accepted,
        _ when invitation.ExpiresAt <= now => InvitationState.Expired,
        _ => InvitationState.Waiting,
    };

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
