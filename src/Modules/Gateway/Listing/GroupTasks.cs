using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Gateway.Treating;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Listing;

/// <summary>Somebody who asks in words to get no more mail.</summary>
/// <param name="Id">Key.</param>
/// <param name="Name">Name of the member, or of the sender.</param>
/// <param name="Handle">Handle of the member; null when nobody's.</param>
/// <param name="Subject">Subject.</param>
/// <param name="Text">What was written.</param>
/// <param name="At">When it came.</param>
internal sealed record GroupTask(Guid Id, string Name, string? Handle, string Subject, string Text, DateTime At);

/// <summary>Somebody whose mailbox answers by itself.</summary>
/// <param name="Name">Name.</param>
/// <param name="Handle">Handle.</param>
/// <param name="Count">How many such answers came in a month.</param>
/// <param name="LastAt">The last.</param>
internal sealed record AwayMember(string Name, string Handle, int Count, DateTime LastAt);

/// <summary>What the mails of a group leave to its animators.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Tasks">Requests that wait.</param>
/// <param name="Away">Members whose mailbox answers by itself.</param>
internal sealed record GroupTasksView(Standing Standing, IReadOnlyList<GroupTask> Tasks, IReadOnlyList<AwayMember> Away);

/// <summary>What the mails of a group leave to its animators, and to nobody else.</summary>
internal sealed class GroupTasks(AppDb database, Rights rights, TreatMail treat, MailWords words, TimeProvider clock)
{
    private const int Most = 50;
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>The list.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">The viewer does not animate it.</exception>
    public async Task<GroupTasksView> ExecuteAsync(Viewer viewer, string slug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, cancellation);
        var rows = await db.ReceivedMails.AsNoTracking().Where(m => m.GroupId == standing.GroupId && m.Outcome == ReceivedOutcome.ForPerson).OrderBy(m => m.ReceivedAt).Take(Most).ToListAsync(cancellation);
        var people = rows.Select(r => r.MemberId).OfType<Guid>().ToList();
        var names = await db.Members.Where(m => people.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => (m.Name, m.Handle), cancellation);
        var tasks = new List<GroupTask>(rows.Count);
        foreach (var row in rows)
        {
            var (name, handle) = row.MemberId is { } id && names.TryGetValue(id, out var known) ? (known.Name, known.Handle) : (row.FromName ?? row.FromAddress.ToLowerInvariant(), null);
            var text = await treat.ReadAsync(row, cancellation) is { } mail ? words.Read(mail).Body : "";
            tasks.Add(new(row.Id, name, handle, row.Subject, text, row.ReceivedAt));
        }

        return new(standing, tasks, await AwayAsync(db, standing.GroupId, cancellation));
    }

    /// <summary>Settles a request.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    /// <exception cref="ForbiddenException">The viewer does not animate it.</exception>
    public async Task SettleAsync(Viewer viewer, string slug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, cancellation);
        await db.ReceivedMails.Where(m => m.Id == id && m.GroupId == standing.GroupId && m.Outcome == ReceivedOutcome.ForPerson)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Outcome, ReceivedOutcome.Done), cancellation);
    }

    private async Task<IReadOnlyList<AwayMember>> AwayAsync(AppDbContext db, Guid group, CancellationToken cancellation)
    {
        var (since, automatic) = (clock.GetUtcNow().UtcDateTime - Month, (int)Mime.Classifying.MailKind.AutoReply);
        var rows = await db.ReceivedMails.Where(m => m.GroupId == group && m.Kind == automatic && m.Outcome == ReceivedOutcome.Counted && m.MemberId != null && m.ReceivedAt > since)
            .Join(db.Members, m => m.MemberId, p => p.Id, (m, p) => new { p.Name, p.Handle, m.ReceivedAt }).ToListAsync(cancellation);
        return [.. rows.GroupBy(r => (r.Name, r.Handle)).Select(g => new AwayMember(g.Key.Name, g.Key.Handle, g.Count(), g.Max(r => r.ReceivedAt))).OrderByDescending(a => a.LastAt).Take(Most)];
    }
}
