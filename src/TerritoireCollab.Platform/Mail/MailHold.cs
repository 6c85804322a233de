using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Settings;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// The sending held as a whole, as after a restore: what the backup knew as waiting may have left since. Only what accounts need goes on leaving;
/// the rest waits until an administrator resumes or abandons.
/// </summary>
public static class MailHold
{
    /// <summary>Key of the setting that says since when.</summary>
    public const string Key = "courriels.retenus";

    /// <summary>Holds everything that waits, and what comes.</summary>
    public static async Task HoldAsync(AppDbContext db, DateTime now, CancellationToken cancellation)
    {
        await db.Mails.Where(m => m.State == MailState.Pending || m.State == MailState.Sending || m.State == MailState.Uncertain)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Held).SetProperty(m => m.Owner, (string?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null), cancellation);
        await EndAsync(db, cancellation);
        db.Settings.Add(new Setting { Key = Key, Value = now.ToString("O", CultureInfo.InvariantCulture) });
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Since when everything is held; null when it is not.</summary>
    public static async Task<DateTime?> SinceAsync(AppDbContext db, CancellationToken cancellation) =>
        await db.Settings.Where(s => s.Key == Key).Select(s => s.Value).FirstOrDefaultAsync(cancellation) is { } value
            ? DateTime.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
            : null;

    /// <summary>Holds nothing that comes any more.</summary>
    public static Task EndAsync(AppDbContext db, CancellationToken cancellation) => db.Settings.Where(s => s.Key == Key).ExecuteDeleteAsync(cancellation);
}
