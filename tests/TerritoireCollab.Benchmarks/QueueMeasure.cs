using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Benchmarks;

/// <summary>
/// What a full outbox costs the site: the product in a process of its own, started on so many mails, asked for a page of a group while none leaves,
/// while a tenth of them leaves and while all the others do: <c>--queue N</c>.
/// </summary>
internal static class QueueMeasure
{
    private const int Readers = 4;
    private const int Part = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Measures and prints.</summary>
    public static async Task<int> RunAsync(int count)
    {
        await using var sink = new MailSink { KeepsSources = false };
        await using var instance = await Instance.StartAsync(settings: Outbox.To(sink));
        var (path, session, member) = await SeedAsync(instance, count);
        var started = Stopwatch.GetTimestamp();
        using var product = ProductProcess.Serve([("Territoire__DataDirectory", instance.Folder), ("Territoire__BaseUrl", "http://127.0.0.1"), .. Outbox.To(sink).Select(s => (s.Key.Replace(":", "__", StringComparison.Ordinal), s.Value))]);
        try
        {
            var address = await ProductProcess.AddressAsync(product);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} mails wait, {Environment.ProcessorCount} cores that the sink and those who ask share, SQLite file; listening {Stopwatch.GetElapsedTime(started).TotalSeconds:F2} s after the start"));
            await LoadClient.RunAsync(address, [path], [session], Readers, WarmUp, TimeSpan.FromSeconds(1));
            var idle = Say("none leaves", await LoadClient.RunAsync(address, [path], [session], Readers, Task.Delay(Idle), Pause), null, product.Id);
            foreach (var (what, leave) in new[] { ("a tenth leaves", count / Part), ("all the others leave", count - (count / Part)) })
            {
                await ReleaseAsync(instance, leave);
                var (before, start, peak) = (sink.Mails.Count, Stopwatch.GetTimestamp(), 0.0);
                await WakeAsync(address, member);
                var drained = DrainedAsync(sink, before + leave + 1, () => peak = Math.Max(peak, Product.PssMiB(product.Id)));
                Say(what, await LoadClient.RunAsync(address, [path], [session], Readers, drained, Pause), idle, product.Id);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {leave} mails in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s, {leave / Stopwatch.GetElapsedTime(start).TotalSeconds:F0} a second; at most {peak:F0} MiB meanwhile"));
            }
        }
        finally
        {
            product.Kill();
            await product.WaitForExitAsync();
        }

        return 0;
    }

    private static Measure Say(string what, Measure measure, Measure? idle, int process)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: median {measure.Median:F1} ms{(idle is null ? "" : $" ({measure.Median / idle.Median:F2} times idle)")}, 99 % {measure.P99:F1} ms{(idle is null ? "" : $" ({measure.P99 / idle.P99:F2} times idle)")}, {measure.Count} pages, {measure.Errors} errors; {Product.PssMiB(process):F0} MiB (PSS)"));
        return measure;
    }

    private static async Task<(string Path, string Session, string Asking)> SeedAsync(Instance instance, int count)
    {
        var scene = new Scene(instance);
        var (owner, reader, asking) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"), await scene.MemberAsync("Zoé Essai"));
        var group = await scene.GroupAsync("Énergie", owner);
        await scene.JoinAsync(group, reader, level: MailLevel.Everything);
        for (var i = 0; i < 30; i++) await scene.TopicAsync(group, owner, $"Un sujet de discussion, le {i}");
        await instance.SettleAsync();
        var (never, text) = (instance.Now().AddDays(30), string.Concat(Enumerable.Repeat("Une ligne d’un courriel, avec des accents : été, à 14 h 30.\n", 40)));
        foreach (var batch in Enumerable.Range(0, count).Chunk(500))
            await instance.QueueAsync([.. batch.Select(i => Waiting(Outbox.Row($"attente-{i}", instance.Now(), reader.Email, text: text, member: reader.Id, optional: true, group: group.Id), never))]);
        return ($"/groupes/{group.Slug}/forum", await instance.SessionAsync(owner.Id), asking.Email!);
    }

    private static MailRow Waiting(MailRow mail, DateTime until)
    {
        mail.NextAttemptAt = until;
        return mail;
    }

    private static async Task ReleaseAsync(Instance instance, int count)
    {
        await using var db = instance.Open(Viewer.System);
        var now = instance.Now();
        await db.Mails.Where(m => db.Mails.Where(w => w.State == MailState.Pending).OrderBy(w => w.Id).Select(w => w.Id).Take(count).Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.NextAttemptAt, now));
    }

    // The other process hears of the queue by a mail of its own, which leaves with the others.
    private static async Task WakeAsync(Uri address, string member)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address };
        await new Visitor(browser).AskLinkAsync(member);
    }

    private static async Task DrainedAsync(MailSink sink, int count, Action look)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (sink.Mails.Count < count)
        {
            look();
            await Task.Delay(100, patience.Token);
        }
    }
}
