using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Groups.Memberships;

/// <summary>An animator's answer to a request.</summary>
/// <param name="MemberId">Who asked.</param>
/// <param name="Accepts">Accepted or refused.</param>
/// <param name="Note">A word to the person.</param>
public sealed record AnswerRequestInput(Guid MemberId, bool Accepts, string? Note);

/// <summary>Accepts or refuses a request to join. The first answer counts; refused, somebody who had been removed stays removed.</summary>
internal sealed class AnswerRequest(AppDb database, Rights rights, MembershipWriter writer, SecurityLog log, TimeProvider clock)
{
    /// <summary>Longest word to the person, in characters.</summary>
    public const int LongestNote = 500;

    /// <summary>Answers.</summary>
    /// <returns>Whether there was a request to answer.</returns>
    /// <exception cref="NotFoundException">Absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    /// <exception cref="InvalidInputException">The word is too long.</exception>
    public Task<bool> ExecuteAsync(Viewer viewer, string slug, AnswerRequestInput input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, token);
        new Rules().Text(input.Note, nameof(input.Note), LongestNote, required: false).Demand();

        var asks = db.Memberships.Where(m => m.GroupId == standing.GroupId && m.MemberId == input.MemberId && (m.State == MembershipState.Requested || m.State == MembershipState.RequestedAgain));
        // Writing first holds the row: of two answers, or an answer and a request taken back, the second finds none.
        if (await asks.ExecuteUpdateAsync(set => set.SetProperty(m => m.RequestText, m => m.RequestText), token) == 0) return false;

        var request = await asks.AsNoTracking().Select(m => new { m.CharterAccepted, Level = db.Groups.Where(g => g.Id == m.GroupId).Select(g => g.DefaultMailLevel).First() }).FirstAsync(token);
        if (!input.Accepts) return await RefuseAsync(db, asks, standing, input, token);

        return await writer.EnterAsync(db, new MembershipEntry
        {
            GroupId = standing.GroupId,
            MemberId = input.MemberId,
            ActorId = viewer.MemberId,
            Origin = MembershipOrigin.Accepted,
            MailLevel = request.Level,
            CharterAccepted = request.CharterAccepted,
            Note = input.Note,
        }, token);
    }, cancellation);

    private async Task<bool> RefuseAsync(AppDbContext db, IQueryable<Membership> asks, Standing standing, AnswerRequestInput input, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await asks.ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, m => m.State == MembershipState.RequestedAgain ? MembershipState.Removed : MembershipState.Refused)
            .SetProperty(m => m.Since, now), cancellation);
        db.Activities.Add(new Activity
        {
            Kind = ActivityKinds.JoinRefused,
            GroupId = standing.GroupId,
            ActorId = db.Viewer.MemberId,
            SubjectId = input.MemberId,
            Particulars = string.IsNullOrWhiteSpace(input.Note) ? null : JsonSerializer.Serialize(new ActivityParticulars { Note = input.Note.Trim() }),
            At = now,
        });
        log.Add(db, "groupe.refus", db.Viewer.MemberId, input.MemberId, standing.GroupId);
        await db.SaveChangesAsync(cancellation);
        return true;
    }
}
