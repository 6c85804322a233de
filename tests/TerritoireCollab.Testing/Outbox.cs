using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Testing;

/// <summary>The outbox of an instance that sends to a <see cref="MailSink"/>: mails are queued as rooms queue them, and looked at as the database has them.</summary>
public static class Outbox
{
    /// <summary>Settings by which mail leaves to that sink.</summary>
    public static (string Key, string Value)[] To(MailSink sink, params (string, string)[] more) =>
        [("Territoire:Mail:Transport", "Smtp"), ("Territoire:Mail:Smtp:Host", "127.0.0.1"), ("Territoire:Mail:Smtp:Port", $"{sink.Port}"), .. more];

    /// <summary>A mail to somebody without an account.</summary>
    public static MailRow Row(string key, DateTime now, string? to = null, int priority = 2, string text = "Essai.", Guid? member = null, bool optional = false, Guid? group = null, string? files = null, string headers = "") => new()
    {
        UniqueKey = key, Kind = "essai", MemberId = member, GroupId = group, Optional = optional, Priority = priority, FromName = "Camille Essai (Énergie)", ToAddress = to ?? $"{key}@essai.invalid", ToName = "Quelqu’un",
        Subject = $"Essai {key}", TextBody = text, HtmlBody = $"<p>{text}</p>", MessageId = $"{key}@essai.invalid", Files = files, Headers = headers, CreatedAt = now, NextAttemptAt = now,
    };

    /// <summary>Queues mails.</summary>
    public static async Task QueueAsync(this Instance instance, params MailRow[] mails)
    {
        await using var db = instance.Open(Viewer.System);
        await instance.Services.GetRequiredService<MailOutbox>().AddAsync(db, mails, default);
    }

    /// <summary>Queues so many mails, <c>prefix-0</c> the first.</summary>
    public static Task QueueAsync(this Instance instance, int count, string prefix = "essai", string text = "Essai.") =>
        instance.QueueAsync([.. Enumerable.Range(0, count).Select(i => Row($"{prefix}-{i}", instance.Now(), text: text))]);

    /// <summary>Sends what is due, as the worker does.</summary>
    public static Task<int> SendAsync(this Instance instance) => instance.Services.GetRequiredService<MailWorker>().RunOnceAsync(default);

    /// <summary>The mail of that unique key.</summary>
    public static async Task<MailRow> MailAsync(this Instance instance, string key)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.Mails.AsNoTracking().SingleAsync(m => m.UniqueKey == key);
    }

    /// <summary>How many mails are in each state.</summary>
    public static async Task<IReadOnlyDictionary<MailState, int>> StatesAsync(this Instance instance)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.Mails.GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
    }

    /// <summary>The moment, by the clock of the instance.</summary>
    public static DateTime Now(this Instance instance) => instance.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
}
