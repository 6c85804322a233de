using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Maintenance;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Demo;

/// <summary>
/// Marks a database while the demo territory is seeded into it, so that what an interrupted seeding left is never taken for the whole:
/// the next one erases it and starts over.
/// </summary>
internal sealed class DemoMark(AppDb database, FileStore files, TimeProvider clock)
{
    private const string Key = "demo.en-cours";
    private const string DemoAddresses = "@demo.local";

    // On another machine nobody can tell whether the process lives: a seeding takes less.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>Whether a seeding began and did not end.</summary>
    public async Task<bool> IsThereAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await db.Settings.AnyAsync(s => s.Key == Key, cancellation);
    }

    /// <summary>Sets the mark on an empty database, after having erased what an interrupted seeding left.</summary>
    /// <returns>Whether the database is empty, and this process seeds it.</returns>
    /// <exception cref="MaintenanceException">Another process is at it, or somebody has an account in a half territory.</exception>
    public async Task<bool> TrySetAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        if (await db.Settings.Where(s => s.Key == Key).Select(s => s.Value).FirstOrDefaultAsync(cancellation) is { } mark)
        {
            if (IsAtWork(mark)) throw new MaintenanceException(CommandTexts.DemoUnderWay);
            await EraseAsync(cancellation);
        }
        else if (await db.Members.AnyAsync(cancellation)) return false;

        db.Settings.Add(new Setting { Key = Key, Value = $"{Environment.MachineName}|{Environment.ProcessId}|{clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)}" });
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            throw new MaintenanceException(CommandTexts.DemoUnderWay);
        }
    }

    /// <summary>Takes the mark off: the territory is whole.</summary>
    public async Task RemoveAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        await db.Settings.Where(s => s.Key == Key).ExecuteDeleteAsync(cancellation);
    }

    private bool IsAtWork(string mark)
    {
        if (mark.Split('|') is not [var machine, var id, var since] || !DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, out var began)) return false;
        if (machine != Environment.MachineName) return clock.GetUtcNow() - began < Longest;
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var process) || process == Environment.ProcessId) return false;

        try
        {
            // The number may have gone to a process that began later.
            using var other = Process.GetProcessById(process);
            return other.StartTime.ToUniversalTime() <= began.UtcDateTime;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private async Task EraseAsync(CancellationToken cancellation)
    {
        var left = await database.TransactAsync(Viewer.System, async (db, token) =>
        {
            if (await db.Members.AnyAsync(m => m.Email == null || !m.Email.EndsWith(DemoAddresses), token)) throw new MaintenanceException(CommandTexts.DemoHalfButUsed);

            var hashes = await db.Files.Select(f => f.Sha256).ToListAsync(token);
            await EraseAll.RowsAsync(db, [], token);
            return hashes;
        }, cancellation);
        foreach (var hash in left) await files.EraseAsync(hash, cancellation);
    }
}
