using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Groups.Memberships;

/// <summary>A request that nobody has answered, told once more to those who animate the group.</summary>
internal sealed class WaitingRequest(Dates dates) : IGroupNotice
{
    /// <summary>Kind of the activity.</summary>
    public const string NoticeKind = "group.request-waiting";

    public string Kind => NoticeKind;

    public string Speaker => GroupsTexts.Members;

    public string Address(string groupSlug) => $"/groupes/{groupSlug}/membres";

    public string Line(string groupName, ActivityParticulars particulars) => GroupsTexts.NewsRequestWaits.With(groupName);

    public async Task<NoticeLetter?> WriteAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        var request = await Waiting(db, activity).Select(m => new { m.Member!.Name, m.Since, m.RequestText, Group = m.Group!.Name }).FirstOrDefaultAsync(cancellation);
        if (request is null) return null;

        var day = dates.Day(DateOnly.FromDateTime(dates.Local(request.Since)));
        return new(GroupsTexts.RequestWaitsTitle.With(request.Name), GroupsTexts.RequestWaitsText.With(request.Name, request.Group, day), [(request.Name, request.RequestText ?? GroupsTexts.NoWord)], GroupsTexts.SeeRequest);
    }

    public Task<bool> IsStillSoAsync(AppDbContext db, Activity activity, CancellationToken cancellation) => Waiting(db, activity).AnyAsync(cancellation);

    private static IQueryable<Membership> Waiting(AppDbContext db, Activity activity) => db.Memberships.Where(m => m.GroupId == activity.GroupId && m.MemberId == activity.SubjectId
        && (m.State == MembershipState.Requested || m.State == MembershipState.RequestedAgain) && m.Since <= activity.At && m.Member!.State == MemberState.Active && m.Group!.ArchivedAt == null);
}

/// <summary>Each morning, tells the animators once more of the requests that have waited for some days. Once a request: one made again is another.</summary>
internal sealed class RemindOfRequests(AppDb database, TimeProvider clock) : IRecurringJob
{
    /// <summary>How long a request waits before.</summary>
    public static readonly TimeSpan After = TimeSpan.FromDays(3);

    public string Key => "requests";

    /// <summary>Every morning at 8:00: its mails leave at once.</summary>
    public string Hours => "0 0 8 * * ?";

    public async Task RunAsync(CancellationToken cancellation)
    {
        List<Guid> due;
        await using (var db = database.Open(Viewer.System)) due = await Due(db).OrderBy(m => m.Since).Select(m => m.Id).ToListAsync(cancellation);
        foreach (var id in due) await database.TransactAsync(Viewer.System, (db, token) => RemindAsync(db, id, token), cancellation);
    }

    private IQueryable<Membership> Due(AppDbContext db)
    {
        var since = clock.GetUtcNow().UtcDateTime - After;
        return db.Memberships.Where(m => (m.State == MembershipState.Requested || m.State == MembershipState.RequestedAgain) && m.Since <= since
            && (m.RemindedAt == null || m.RemindedAt < m.Since) && m.Group!.ArchivedAt == null && m.Member!.State == MemberState.Active);
    }

    private async Task<bool> RemindAsync(AppDbContext db, Guid id, CancellationToken cancellation)
    {
        if (!await Due(db).AnyAsync(m => m.Id == id, cancellation)) return false;

        // Of two runs at once one writes the row, and the other finds it written.
        var now = clock.GetUtcNow().UtcDateTime;
        var waiting = db.Memberships.Where(m => m.Id == id && (m.State == MembershipState.Requested || m.State == MembershipState.RequestedAgain) && (m.RemindedAt == null || m.RemindedAt < m.Since));
        if (await waiting.ExecuteUpdateAsync(set => set.SetProperty(m => m.RemindedAt, now), cancellation) == 0) return false;

        var request = await db.Memberships.Where(m => m.Id == id).Select(m => new { m.GroupId, m.MemberId }).FirstAsync(cancellation);
        var owner = await db.Memberships.Where(m => m.GroupId == request.GroupId && m.Role == GroupRole.Owner && m.State == MembershipState.Active).Select(m => m.MemberId).FirstAsync(cancellation);
        db.Activities.Add(new Activity { Kind = WaitingRequest.NoticeKind, GroupId = request.GroupId, ActorId = owner, SubjectId = request.MemberId, At = now });
        await db.SaveChangesAsync(cancellation);
        return true;
    }
}
