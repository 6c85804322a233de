using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Invitations;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Groups.Memberships;

/// <summary>What came of asking to join.</summary>
public enum JoinOutcome
{
    /// <summary>A member, by now or already.</summary>
    Joined = 0,
    /// <summary>The request was sent, by now or already.</summary>
    Requested = 1,
}

/// <summary>What is asked on entering.</summary>
/// <param name="Answer">Answer to the group's question, or a word to its animators.</param>
/// <param name="AcceptsCharter">Whether the charter is accepted.</param>
/// <param name="CharterRead">The version of the charter that was read; null for today's.</param>
public sealed record JoinInput(string? Answer, bool AcceptsCharter, int? CharterRead = null);

/// <summary>What stands between the viewer and the group: the page before entering.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Question">The group's question, if any.</param>
/// <param name="CharterHtml">The charter, as sanitised HTML, if any.</param>
/// <param name="JoinsAtOnce">Whether entering needs nobody's answer.</param>
/// <param name="MayAsk">Whether a request is read: not where one enters by invitation only.</param>
public sealed record JoinView(Standing Standing, string? Question, string? CharterHtml, bool JoinsAtOnce, bool MayAsk);

/// <summary>
/// Joins a group, or asks to. Whoever an animator removed does not come back alone: an open group takes a request too then, and
/// invitations sent before no longer open anything.
/// </summary>
internal sealed class JoinGroup(AppDb database, Rights rights, MembershipWriter writer, TimeProvider clock)
{
    private const int LongestAnswer = 2000;
    private static readonly TimeSpan OneMailA = TimeSpan.FromDays(1);

    /// <summary>What is asked before entering.</summary>
    /// <exception cref="NotFoundException">Absent or hidden.</exception>
    public async Task<JoinView> ReadAsync(Viewer viewer, string slug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, slug, cancellation);
        var group = await db.Groups.AsNoTracking().FirstAsync(g => g.Id == standing.GroupId, cancellation);
        var invitation = await PendingInvitation.OfViewerAsync(db, group.Id, clock.GetUtcNow().UtcDateTime, cancellation);
        return new(standing, group.JoinQuestion, group.Charter is { Length: > 0 } charter ? RichText.Render(charter, RichTextContext.Empty) : null, JoinsAtOnce(standing, invitation is not null),
            standing.Joining != GroupJoining.ByInvitation);
    }

    /// <summary>Joins or asks. Doing it twice, or twenty times at once, leaves one membership.</summary>
    /// <exception cref="NotFoundException">Absent, hidden, or nobody is signed in.</exception>
    /// <exception cref="ForbiddenException">Archived, or only by invitation.</exception>
    /// <exception cref="InvalidInputException">The charter is not accepted or has changed meanwhile, or the question is not answered.</exception>
    public async Task<JoinOutcome> ExecuteAsync(Viewer viewer, string slug, JoinInput input, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();

        try
        {
            return await database.TransactAsync(viewer, (db, token) => WriteAsync(db, slug, input, token), cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // The same gesture came twice at once; the other one wrote the row.
            await using var db = database.Open(viewer);
            return (await rights.StandingAsync(db, slug, cancellation)).IsMember ? JoinOutcome.Joined : JoinOutcome.Requested;
        }
    }

    private async Task<JoinOutcome> WriteAsync(AppDbContext db, string slug, JoinInput input, CancellationToken cancellation)
    {
        var standing = await rights.StandingAsync(db, slug, cancellation);
        if (standing.IsMember) return JoinOutcome.Joined;
        if (standing.IsArchived) throw new ForbiddenException(PlatformTexts.GroupIsArchived);

        var invitation = await PendingInvitation.OfViewerAsync(db, standing.GroupId, clock.GetUtcNow().UtcDateTime, cancellation);
        if (standing.Joining == GroupJoining.ByInvitation && invitation is null) throw new ForbiddenException(GroupsTexts.JoinByInvitationOnly);

        var group = await db.Groups.AsNoTracking().FirstAsync(g => g.Id == standing.GroupId, cancellation);
        var atOnce = JoinsAtOnce(standing, invitation is not null);
        new Rules().Text(input.Answer, nameof(input.Answer), LongestAnswer, required: !atOnce && AsksForWords(group, standing))
            .Check(group.CharterVersion == 0 || input.AcceptsCharter, nameof(input.AcceptsCharter), GroupsTexts.CharterMustBeAccepted)
            .Check(input.CharterRead is null || input.CharterRead == group.CharterVersion, nameof(input.AcceptsCharter), GroupsTexts.CharterMeanwhile).Demand();
        if (!atOnce) return await AskAsync(db, group, input.Answer, cancellation);

        if (invitation is not null && !await PendingInvitation.UseAsync(db, invitation.Id, clock.GetUtcNow().UtcDateTime, cancellation))
        {
            // Withdrawn in between, or used by the same click sent twice.
            if ((await rights.StandingAsync(db, slug, cancellation)).IsMember) return JoinOutcome.Joined;
            throw new ForbiddenException(GroupsTexts.JoinByInvitationOnly);
        }

        await writer.EnterAsync(db, new MembershipEntry
        {
            GroupId = group.Id,
            MemberId = db.Viewer.MemberId,
            ActorId = db.Viewer.MemberId,
            Origin = invitation is null ? MembershipOrigin.Joined : MembershipOrigin.Invited,
            Role = invitation?.Role ?? GroupRole.Member,
            MailLevel = group.DefaultMailLevel,
            CharterAccepted = group.CharterVersion,
        }, cancellation);
        return JoinOutcome.Joined;
    }

    private static bool JoinsAtOnce(Standing standing, bool isInvited) => isInvited || (standing.Joining == GroupJoining.Free && !standing.WasRemoved);

    // Of somebody who was removed a word is always asked, so that coming back is never one click on a list of groups.
    private static bool AsksForWords(Group group, Standing standing) => group.JoinQuestion is not null || standing.State == MembershipState.Removed;

    private async Task<JoinOutcome> AskAsync(AppDbContext db, Group group, string? answer, CancellationToken cancellation)
    {
        var (me, now, text) = (db.Viewer.MemberId, clock.GetUtcNow().UtcDateTime, string.IsNullOrWhiteSpace(answer) ? null : answer.Trim());
        var changed = await db.Memberships
            .Where(m => m.GroupId == group.Id && m.MemberId == me && (m.State == MembershipState.Left || m.State == MembershipState.Refused || m.State == MembershipState.Removed))
            .ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, m => m.State == MembershipState.Removed ? MembershipState.RequestedAgain : MembershipState.Requested)
                .SetProperty(m => m.Since, now)
                .SetProperty(m => m.RequestText, text)
                .SetProperty(m => m.CharterAccepted, group.CharterVersion), cancellation);
        if (changed == 0)
        {
            if (await db.Memberships.AnyAsync(m => m.GroupId == group.Id && m.MemberId == me, cancellation)) return JoinOutcome.Requested;
            db.Memberships.Add(new Membership { GroupId = group.Id, MemberId = me, State = MembershipState.Requested, Since = now, RequestText = text, CharterAccepted = group.CharterVersion, MailLevel = group.DefaultMailLevel });
        }

        db.Activities.Add(new Activity { Kind = ActivityKinds.JoinRequested, GroupId = group.Id, ActorId = me, SubjectId = me, At = now, Quiet = await HasJustAskedAsync(db, group.Id, now, cancellation) });
        await db.SaveChangesAsync(cancellation);
        return JoinOutcome.Requested;
    }

    // Asking, taking back and asking again mails the animators once a day; the request stands in their list all the same.
    private static Task<bool> HasJustAskedAsync(AppDbContext db, Guid groupId, DateTime now, CancellationToken cancellation)
    {
        var since = now - OneMailA;
        return db.Activities.AnyAsync(a => a.GroupId == groupId && a.Kind == ActivityKinds.JoinRequested && a.ActorId == db.Viewer.MemberId && a.At > since && !a.Quiet, cancellation);
    }
}
