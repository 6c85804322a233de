using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Benchmarks;

/// <summary>How fast the outbox empties, each row written, and what memory that takes: <c>--mails N</c>, or <c>--mails N PORT</c> to a real server.</summary>
internal static class MailMeasure
{
    private const int Rounds = 3;
    private const int RealSize = 20_000;
    private const int SmallSize = 2_000;

    /// <summary>Measures and prints.</summary>
    public static async Task<int> RunAsync(int count, int? port)
    {
        await using var sink = new MailSink { KeepsSources = false };
        await using var instance = await Instance.StartAsync(settings: port is { } real ? [("Territoire:Mail:Transport", "Smtp"), ("Territoire:Mail:Smtp:Host", "127.0.0.1"), ("Territoire:Mail:Smtp:Port", $"{real}")] : Outbox.To(sink));
        var size = port is null ? SmallSize : RealSize;
        Console.WriteLine($"{count} mails of {size} characters a part, {Environment.ProcessorCount} cores, SQLite file, {(port is null ? "a sink in the same process" : $"the server on port {port}")}");
        for (var round = 0; round < Rounds; round++)
        {
            var prefix = $"r{round}";
            await QueueAsync(instance, count, prefix, port is null ? "essai.invalid" : "test.local", size, null);
            await TimeAsync("to people without an account", instance, sink, port is null);
        }

        if (port is not null) return 0;

        var scene = new Scene(instance);
        var owner = await scene.MemberAsync("Anne Essai");
        var group = await scene.GroupAsync("Énergie", owner);
        var reader = await scene.MemberAsync("Luc Essai");
        await scene.JoinAsync(group, reader, level: MailLevel.Everything);
        await QueueAsync(instance, count, "membre", "essai.invalid", size, i => Outbox.Row($"membre-{i}", instance.Now(), reader.Email, text: Text(i, size), member: reader.Id, optional: true, group: group.Id));
        await TimeAsync("to members, rights asked for each", instance, sink, true);
        return 0;
    }

    private static string Text(int number, int size) => string.Concat(Enumerable.Repeat($"Ligne d’essai numéro {number}, avec des accents : été, à 14 h 30.\n", size / 40 + 1))[..size];

    private static async Task QueueAsync(Instance instance, int count, string prefix, string host, int size, Func<int, MailRow>? row)
    {
        var now = instance.Now();
        foreach (var batch in Enumerable.Range(0, count).Chunk(500))
            await instance.QueueAsync([.. batch.Select(i => row is not null ? row(i) : Outbox.Row($"{prefix}-{i}", now, host == "test.local" ? $"membre{i % 5 + 1}@{host}" : $"{prefix}-{i}@{host}", text: Text(i, size / 2)))]);
    }

    private static async Task TimeAsync(string what, Instance instance, MailSink sink, bool hasSink)
    {
        GC.Collect();
        var (before, start, cpu, connections) = (Environment.WorkingSet, Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, sink.Connections);
        var sent = await instance.Services.GetRequiredService<MailWorker>().RunOnceAsync(default);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await using var db = instance.Open(Viewer.System);
        var written = await db.Mails.CountAsync(m => m.State == MailState.Sent);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {sent} in {seconds:F2} s, {sent / seconds:F0} a second; {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:F2} s of CPU; memory {before / 1048576} MiB before, {Environment.WorkingSet / 1048576} after; {written} rows written{(hasSink ? $"; {sink.Connections - connections} connections" : "")}"));
    }
}
