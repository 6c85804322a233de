using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Settings;

namespace TerritoireCollab.Admin.Outbox;

/// <summary>Tells the administrators by mail of an alarm that has come up, once until it is over.</summary>
internal sealed class TellAlarms(AppDb database, MailWatch watch, AdministratorMails mails, MailOutbox outbox, TimeProvider clock) : IRecurringJob
{
    private const string Told = "courriels.alertes";

    /// <inheritdoc />
    public string Key => "mail-alarms";

    /// <summary>Every quarter of an hour.</summary>
    public string Hours => "0 0/15 * * * ?";

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellation)
    {
        var alarms = (await watch.ReadAsync(cancellation)).Alarms;
        await using var db = database.Open(Viewer.System);
        var row = await db.Settings.FirstOrDefaultAsync(s => s.Key == Told, cancellation);
        var told = row?.Value.Split(',') ?? [];
        List<MailAlarm> fresh = [.. alarms.Where(a => !told.Contains(a.ToString()))];
        if (row is null) db.Settings.Add(row = new Setting { Key = Told, Value = "" });
        row.Value = string.Join(',', alarms);
        if (fresh.Count == 0)
        {
            await db.SaveChangesAsync(cancellation);
            return;
        }

        var key = clock.GetUtcNow().UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
        var administrators = await db.Members.AsNoTracking().Where(m => m.IsAdmin && m.State == MemberState.Active && m.Email != null).ToListAsync(cancellation);
        var letters = new List<MailRow>();
        foreach (var administrator in administrators) letters.Add(await mails.AlarmAsync(administrator, key, fresh, cancellation));
        // Saves that they were told with the letters that tell them, or neither.
        await outbox.AddAsync(db, letters, cancellation);
    }
}
