using System.Reflection;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin.Overview;

/// <summary>A group as the administration knows it: never what is written in it.</summary>
public sealed record GroupLine
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>Address.</summary>
    public required string Slug { get; init; }
    /// <summary>Whether only its members know of it.</summary>
    public required bool IsHidden { get; init; }
    /// <summary>Whether it is read-only.</summary>
    public required bool IsArchived { get; init; }
    /// <summary>Active members.</summary>
    public required int MemberCount { get; init; }
    /// <summary>Last time something happened in it.</summary>
    public required DateTime LastActivityAt { get; init; }
}

/// <summary>The state of the platform.</summary>
public sealed record OverviewView
{
    /// <summary>Accounts by state.</summary>
    public required IReadOnlyDictionary<MemberState, int> Members { get; init; }
    /// <summary>Every group.</summary>
    public required IReadOnlyList<GroupLine> Groups { get; init; }
    /// <summary>Mails by state.</summary>
    public required IReadOnlyDictionary<MailState, int> Mails { get; init; }
    /// <summary>Activities whose consequences are still to come.</summary>
    public required int Undispatched { get; init; }
    /// <summary>The oldest of them.</summary>
    public required DateTime? UndispatchedSince { get; init; }
    /// <summary>Files kept.</summary>
    public required int Files { get; init; }
    /// <summary>Their size in bytes.</summary>
    public required long FileBytes { get; init; }
    /// <summary>Bytes free where the data are.</summary>
    public required long FreeBytes { get; init; }
    /// <summary>The database.</summary>
    public required DatabaseProvider Provider { get; init; }
    /// <summary>Version of the software.</summary>
    public required string Version { get; init; }
    /// <summary>What is left to do before members come.</summary>
    public required IReadOnlyList<CheckLine> Checks { get; init; }

    /// <summary>What about mail must be looked at.</summary>
    public required IReadOnlyList<MailAlarm> Alarms { get; init; }

    /// <summary>How many accounts are in that state.</summary>
    public int Count(MemberState state) => Members.GetValueOrDefault(state);

    /// <summary>How many mails are in that state.</summary>
    public int Count(MailState state) => Mails.GetValueOrDefault(state);
}

/// <summary>Reads the state of the platform.</summary>
internal sealed class ReadOverview(AppDb database, Checklist checklist, MailWatch watch, DatabaseOptions options, PlatformOptions platform)
{
    /// <summary>The overview.</summary>
    /// <exception cref="NotFoundException">The viewer does not administer the platform.</exception>
    public async Task<OverviewView> ExecuteAsync(Viewer viewer, CancellationToken cancellation)
    {
        AdminOnly.Require(viewer);

        // Hidden groups too: an administrator knows that they are there, and reads nothing of them.
        await using var db = database.Open(Viewer.System);
        var members = await db.Members.GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var mails = await db.Mails.GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var groups = await db.Groups.OrderBy(g => g.FoldedName).Select(g => new GroupLine
        {
            Name = g.Name,
            Slug = g.Slug,
            IsHidden = g.Visibility == GroupVisibility.Hidden,
            IsArchived = g.ArchivedAt != null,
            MemberCount = g.MemberCount,
            LastActivityAt = g.LastActivityAt,
        }).ToListAsync(cancellation);
        var waiting = await db.Activities.Where(a => a.DispatchedAt == null).GroupBy(_ => 1).Select(g => new { Count = g.Count(), Oldest = g.Min(a => a.At) }).FirstOrDefaultAsync(cancellation);
        var files = await db.Files.GroupBy(_ => 1).Select(g => new { Count = g.Count(), Bytes = g.Sum(f => f.Length) }).FirstOrDefaultAsync(cancellation);
        var admins = await db.Members.CountAsync(m => m.IsAdmin && m.State == MemberState.Active, cancellation);

        return new OverviewView
        {
            Members = members,
            Mails = mails,
            Groups = groups,
            Undispatched = waiting?.Count ?? 0,
            UndispatchedSince = waiting?.Oldest,
            Files = files?.Count ?? 0,
            FileBytes = files?.Bytes ?? 0,
            FreeBytes = new DriveInfo(Path.GetFullPath(platform.DataDirectory)).AvailableFreeSpace,
            Provider = options.Provider,
            Version = typeof(PlatformOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "",
            Alarms = (await watch.ReadAsync(cancellation)).Alarms,
            Checks = await checklist.ReadAsync(admins, mails.GetValueOrDefault(MailState.Failed) + mails.GetValueOrDefault(MailState.Uncertain), cancellation),
        };
    }
}
