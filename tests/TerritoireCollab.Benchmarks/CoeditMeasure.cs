using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Coediting;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Benchmarks;

/// <summary>How soon a key stroke is with the others when many write one text, the host and all editors on this machine.</summary>
internal static class CoeditMeasure
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(12);

    public static async Task<int> RunAsync(int writers)
    {
        await using var instance = await Instance.StartAsync(adjust: s => s.AddSingleton<ICoeditedText>(new SharedTopics()));
        var scene = new Scene(instance);
        var owner = await scene.MemberAsync("Maud Fontclaire");
        var group = await scene.GroupAsync("Groupe de mesure", owner);
        var page = await scene.TopicAsync(group, owner, "Compte rendu", string.Concat(Enumerable.Repeat("Une phrase ordinaire d’un compte rendu.\n", 250)));
        var editors = new List<SharedEditor>();
        for (var i = 0; i < writers; i++)
        {
            var member = await scene.MemberAsync($"Personne {i}");
            await scene.JoinAsync(group, member);
            editors.Add(await SharedEditor.OpenAsync(instance.Address, await instance.SessionAsync(member.Id), page));
        }

        // When each editor typed its nth key stroke, and how long it took to reach each of the others.
        var typed = new ConcurrentDictionary<(string Client, int Number), long>();
        var (others, own) = (new ConcurrentBag<double>(), new ConcurrentBag<double>());
        foreach (var editor in editors) Listen(editor, typed, others, own);
        foreach (var strokes in new[] { 1.0, 3.0, 6.0 })
        {
            await TypeAsync(editors, strokes, WarmUp, typed);
            others.Clear();
            own.Clear();
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            await TypeAsync(editors, strokes, Length, typed);
            cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{writers} people, {strokes:F0} key strokes a second each, {others.Count} heard: with the others after {At(others, .5):F0} ms (median), {At(others, .95):F0} ms (p95), {At(others, .99):F0} ms (p99), {others.Max():F0} ms at most; acknowledged, which is kept, after {At(own, .5):F0} ms; {cpu / Length * 100:F0} % of a core for host and editors."));
        }

        await Task.Delay(500);
        var texts = editors.Select(e => e.Text).Distinct().Count();
        Console.WriteLine(texts == 1 ? $"All {writers} have one text." : $"{texts} texts: this is a defect.");
        foreach (var editor in editors) await editor.DisposeAsync();
        return texts == 1 ? 0 : 1;
    }

    private static void Listen(SharedEditor editor, ConcurrentDictionary<(string, int), long> typed, ConcurrentBag<double> others, ConcurrentBag<double> own)
    {
        var heard = new Dictionary<string, int>();
        editor.OnUpdate = client =>
        {
            var number = heard[client] = heard.GetValueOrDefault(client) + 1;
            if (typed.TryGetValue((client, number), out var at)) (client == editor.Client ? own : others).Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        };
    }

    private static Task TypeAsync(List<SharedEditor> editors, double strokes, TimeSpan length, ConcurrentDictionary<(string, int), long> typed) => Task.WhenAll(editors.Select((editor, i) => Task.Run(async () =>
    {
        var random = new Random(i);
        var end = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        await Task.Delay(random.Next((int)(1000 / strokes)));
        while (Stopwatch.GetTimestamp() < end)
        {
            var begun = Stopwatch.GetTimestamp();
            typed[(editor.Client, editor.Copy!.Confirmed + editor.Copy.Waiting + 1)] = begun;
            if (await editor.TypeAsync(random.Next(editor.Text.Length), 0, "a") != 0) throw new InvalidOperationException("A key stroke was refused.");
            var pause = TimeSpan.FromSeconds((0.5 + random.NextDouble()) / strokes) - Stopwatch.GetElapsedTime(begun);
            if (pause > TimeSpan.Zero) await Task.Delay(pause);
        }
    })));

    private static double At(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)((sorted.Count - 1) * share)];
    }
}
