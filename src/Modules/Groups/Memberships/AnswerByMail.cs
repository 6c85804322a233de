using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Groups.Memberships;

/// <summary>
/// Accepts a request to join, or refuses it, from the mail that told an animator of it. A link is about the request of that day: one that was
/// made since is another one. The first answer counts, so a link serves once.
/// </summary>
internal abstract class AnswerByMail(AppDb database, Rights rights, AnswerRequest answer) : IMailAct
{
    public abstract string Key { get; }

    public bool IsOnce => true;

    /// <summary>Whether it accepts.</summary>
    protected abstract bool Accepts { get; }

    public MailActOffer? Offer(Activity activity, NotificationReason reason)
    {
        var asking = activity.Kind switch
        {
            ActivityKinds.JoinRequested => activity.ActorId,
            WaitingRequest.NoticeKind => activity.SubjectId,
            _ => null,
        };
        return reason == NotificationReason.Animator && activity.GroupId is { } group && asking is { } person ? new(Accepts ? GroupsTexts.ActAccept : GroupsTexts.ActRefuse, group, person) : null;
    }

    public async Task<MailActPage?> ReadAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        if (await StandingAsync(db, target, cancellation) is not { } standing) return null;

        var request = await db.Memberships.AsNoTracking().Where(m => m.GroupId == target.Id && m.MemberId == target.Other && m.Member!.State == MemberState.Active)
            .Select(m => new { m.State, m.Since, m.RequestText, m.Member!.Name }).FirstOrDefaultAsync(cancellation);
        if (request is null) return null;

        var isWaiting = request.State is MembershipState.Requested or MembershipState.RequestedAgain && request.Since <= target.IssuedAt;
        return new()
        {
            Title = (Accepts ? GroupsTexts.ActAcceptTitle : GroupsTexts.ActRefuseTitle).With(request.Name),
            Text = !isWaiting ? GroupsTexts.ActAnswered.With(request.Name) : (Accepts ? GroupsTexts.ActAcceptText : GroupsTexts.ActRefuseText).With(request.Name, standing.Name),
            Quote = isWaiting ? request.RequestText : null,
            Button = !isWaiting ? null : Accepts ? GroupsTexts.Accept : GroupsTexts.Refuse,
            Address = $"/groupes/{standing.Slug}/membres",
            AddressLabel = GroupsTexts.Members,
        };
    }

    public async Task DoAsync(Viewer viewer, MailActTarget target, CancellationToken cancellation)
    {
        Standing standing;
        await using (var db = database.Open(viewer))
        {
            standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, target.Id, cancellation);
            if (await db.Memberships.AnyAsync(m => m.GroupId == target.Id && m.MemberId == target.Other && m.Since > target.IssuedAt, cancellation)) throw new NotFoundException();
        }

        await answer.ExecuteAsync(viewer, standing.Slug, new AnswerRequestInput(target.Other, Accepts, null), cancellation);
    }

    // Whoever animates the group no more is told nothing of who asks.
    private async Task<Standing?> StandingAsync(AppDbContext db, MailActTarget target, CancellationToken cancellation)
    {
        if (!await db.Groups.AnyAsync(g => g.Id == target.Id, cancellation)) return null;

        var standing = await rights.StandingAsync(db, target.Id, cancellation);
        return rights.Allows(GroupPermissions.ManageMembers, standing) ? standing : null;
    }
}

/// <inheritdoc />
internal sealed class AcceptByMail(AppDb database, Rights rights, AnswerRequest answer) : AnswerByMail(database, rights, answer)
{
    public override string Key => "accepter";

    protected override bool Accepts => true;
}

/// <inheritdoc />
internal sealed class RefuseByMail(AppDb database, Rights rights, AnswerRequest answer) : AnswerByMail(database, rights, answer)
{
    public override string Key => "refuser";

    protected override bool Accepts => false;
}
