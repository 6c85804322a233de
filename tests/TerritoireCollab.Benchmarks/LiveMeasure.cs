using System.Diagnostics;
using System.Globalization;

namespace TerritoireCollab.Benchmarks;

/// <summary>What open live pages cost, and how soon the last of them hears of a new answer.</summary>
internal static class LiveMeasure
{
    private const int Rounds = 10;

    public static async Task RunAsync(Product product, int readers, Action<string> say)
    {
        var (topic, path, sessions) = await product.CrowdAsync(readers);
        var open = new List<LiveReader>(readers);
        await OpenAsync(product, path, sessions.Take(20), open);
        var before = product.PssMiB();
        var start = Stopwatch.GetTimestamp();
        await OpenAsync(product, path, sessions.Skip(20), open);
        var (opened, after) = (Stopwatch.GetElapsedTime(start).TotalSeconds, product.PssMiB());
        say(string.Create(CultureInfo.InvariantCulture, $"{open.Count} readers of one live thread, opened at {(open.Count - 20) / opened:F0} a second: {(after - before) * 1024 / (open.Count - 20):F0} KiB (PSS) a reader, garbage included."));

        var (firsts, lasts) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var heard = open.ConvertAll(r => r.NextRender());
            using var author = product.Reader(sessions[0]);
            var written = Stopwatch.GetTimestamp();
            await product.AnswerAsync(author, topic, $"Réponse de mesure n° {round + 1}.");
            var answered = Stopwatch.GetTimestamp();
            var times = (await Task.WhenAll(heard).WaitAsync(TimeSpan.FromSeconds(60))).Select(t => Stopwatch.GetElapsedTime(answered, t).TotalMilliseconds).Order().ToList();
            firsts.Add(times[0]);
            lasts.Add(times[^1]);
            if (round == 0) say(string.Create(CultureInfo.InvariantCulture, $"First answer: written in {Stopwatch.GetElapsedTime(written, answered).TotalMilliseconds:F0} ms."));
            await Task.Delay(1_000);
        }

        say(string.Create(CultureInfo.InvariantCulture, $"A new answer, after the author's own page had it: the first reader {Median(firsts):F0} ms, the last of {open.Count} {Median(lasts):F0} ms (median of {Rounds})."));
        foreach (var reader in open) await reader.DisposeAsync();
    }

    private static async Task OpenAsync(Product product, string path, IEnumerable<string> sessions, List<LiveReader> open)
    {
        await Parallel.ForEachAsync(sessions, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (session, _) =>
        {
            using var http = product.Reader(session);
            var reader = await LiveReader.OpenAsync(product, http, path);
            lock (open) open.Add(reader);
        });
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
