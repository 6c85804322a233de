using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Gateway.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Gateway.Listing;

/// <summary>Tells the animators that somebody asks in words to get no more mail from their group.</summary>
internal sealed class TaskNotice : IGroupNotice
{
    /// <summary>Kind of its activity.</summary>
    public const string ActivityKind = "gateway.task";

    private const int MostNamed = 20;

    /// <inheritdoc />
    public string Kind => ActivityKind;

    /// <inheritdoc />
    public string Speaker => GatewayTexts.Mails;

    /// <inheritdoc />
    public string Address(string groupSlug) => $"/groupes/{groupSlug}/courriels";

    /// <inheritdoc />
    public string Line(string groupName, ActivityParticulars particulars) => GatewayTexts.TaskLine.With(groupName);

    /// <inheritdoc />
    public async Task<NoticeLetter?> WriteAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        var waiting = await Waiting(db, activity).OrderBy(m => m.ReceivedAt).Take(MostNamed)
            .Select(m => new { m.FromName, m.FromAddress, Member = db.Members.Where(p => p.Id == m.MemberId).Select(p => p.Name).FirstOrDefault() }).ToListAsync(cancellation);
        return waiting.Count == 0 ? null
            : new(GatewayTexts.TaskTitle, GatewayTexts.TaskText, [.. waiting.Select(w => (w.Member ?? w.FromName ?? w.FromAddress.ToLowerInvariant(), w.FromAddress.ToLowerInvariant()))], GatewayTexts.TaskButton);
    }

    /// <inheritdoc />
    public Task<bool> IsStillSoAsync(AppDbContext db, Activity activity, CancellationToken cancellation) => Waiting(db, activity).AnyAsync(cancellation);

    private static IQueryable<ReceivedMail> Waiting(AppDbContext db, Activity activity) => db.ReceivedMails.Where(m => m.GroupId == activity.GroupId && m.Outcome == ReceivedOutcome.ForPerson);
}
