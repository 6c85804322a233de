using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Platform.Antivirus;

/// <summary>
/// Has the antivirus look at what waits for it, then at what came before there was one. While it is out of reach files go on waiting. Several
/// processes may ask about one file: the first answer counts.
/// </summary>
public sealed partial class CheckFiles(AppDb database, FileStore store, ClamAvClient antivirus, IEnumerable<IFileHolder> holders, CheckWake wake, TimeProvider clock, ILogger<CheckFiles> log) : IWorker
{
    private const int AtOnce = 20;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    private bool _isOut;

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => wake.WaitAsync(Look, cancellation);

    /// <inheritdoc />
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var done = 0;
        try
        {
            for (var files = await DueAsync(cancellation); files.Count > 0; files = await DueAsync(cancellation))
                foreach (var file in files)
                {
                    await CheckAsync(file, cancellation);
                    done++;
                }

            _isOut = false;
        }
        catch (ClamAvUnavailableException failure)
        {
            // Once, and not at each look.
            if (!_isOut) LogUnavailable(failure);
            _isOut = true;
        }

        return done;
    }

    private async Task<List<StoredFile>> DueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await db.Files.AsNoTracking().Where(f => f.Check == FileCheck.Waiting || (f.Check == FileCheck.None && f.CheckedAt == null))
            .OrderByDescending(f => f.Check).ThenBy(f => f.CreatedAt).Take(AtOnce).ToListAsync(cancellation);
    }

    private async Task CheckAsync(StoredFile file, CancellationToken cancellation)
    {
        await using var content = await store.OpenKeptAsync(file.Sha256, cancellation);
        var verdict = content is null ? new(false, null) : await antivirus.CheckAsync(content, cancellation);
        if (!verdict.IsChecked) LogNotChecked(file.Sha256, file.Length);
        var threat = verdict.Threat is { Length: > StoredFile.ThreatLength } longest ? longest[..StoredFile.ThreatLength] : verdict.Threat;
        var check = threat is not null ? FileCheck.Quarantined : verdict.IsChecked ? FileCheck.Clean : FileCheck.None;
        await database.TransactAsync(Viewer.System, async (db, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var isFirst = await db.Files.Where(f => f.Id == file.Id && f.Check == file.Check && f.CheckedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(f => f.Check, check).SetProperty(f => f.CheckedAt, now).SetProperty(f => f.Threat, threat), token) == 1;
            if (isFirst && check == FileCheck.Quarantined) await TellAsync(db, file.Id, now, token);
            return isFirst;
        }, cancellation);
    }

    // Those who animate the groups where it is, and whoever sent it.
    private async Task TellAsync(AppDbContext db, Guid fileId, DateTime now, CancellationToken cancellation)
    {
        var places = new List<FilePlace>();
        foreach (var holder in holders) places.AddRange(await holder.PlacesAsync(db, fileId, cancellation));
        var groups = places.Select(p => p.GroupId).Distinct().ToList();
        var owners = await db.Memberships.Where(m => groups.Contains(m.GroupId) && m.Role == GroupRole.Owner && m.State == MembershipState.Active).Select(m => new { m.GroupId, m.MemberId }).ToListAsync(cancellation);
        var particulars = new ActivityParticulars { Note = fileId.ToString("N") }.ToJson();
        foreach (var owner in owners)
        {
            db.Activities.Add(new Activity { Kind = QuarantineNotice.ActivityKind, GroupId = owner.GroupId, ActorId = owner.MemberId, Particulars = particulars, At = now });
            foreach (var sender in places.Where(p => p.GroupId == owner.GroupId && p.SenderId != null).Select(p => p.SenderId).Distinct())
                db.Activities.Add(new Activity { Kind = OwnQuarantineNotice.ActivityKind, GroupId = owner.GroupId, ActorId = owner.MemberId, SubjectId = sender, Particulars = particulars, At = now });
        }

        await db.SaveChangesAsync(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The antivirus is out of reach: files wait until it is back.")]
    private partial void LogUnavailable(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The antivirus did not look at the file {Sha256} of {Length} bytes: larger than its StreamMaxLength, or gone.")]
    private partial void LogNotChecked(string sha256, long length);
}

/// <summary>Wakes <see cref="CheckFiles"/>.</summary>
public sealed class CheckWake : WorkerWake;
