using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TerritoireCollab.Syndication;

namespace TerritoireCollab.Benchmarks;

/// <summary>
/// How many feeds one core reads in a second, from memory: those a corpus calls real, or every file of a folder; and how long each file of
/// it takes. <c>--feeds FOLDER</c>.
/// </summary>
internal static class FeedMeasure
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    /// <summary>Measures and prints; 1 when the folder holds nothing.</summary>
    public static int Run(string folder)
    {
        var all = Files(folder);
        var real = all.Where(f => f.IsReal).Select(f => f.Bytes).ToList();
        if (real.Count == 0)
        {
            Console.Error.WriteLine($"{folder} holds no feed.");
            return 1;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{real.Count} feeds of {real.Average(b => b.Length) / 1024:F0} kB on average, one thread"));
        for (var round = 1; round <= 5; round++) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: {PerSecond(real):F0} feeds/s"));
        Console.WriteLine($"slowest of {all.Count} files, median of five:");
        foreach (var (file, time) in all.Select(f => (f, Median(f.Bytes))).OrderByDescending(t => t.Item2).Take(5)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {time.TotalMilliseconds,7:F1} ms {file.Bytes.Length / 1024,6} kB {file.Name}"));
        return 0;
    }

    private static double PerSecond(List<byte[]> feeds)
    {
        var (start, read) = (Stopwatch.GetTimestamp(), 0);
        while (Stopwatch.GetElapsedTime(start) < Round)
            foreach (var feed in feeds)
            {
                FeedReader.Read(feed);
                read++;
            }

        return read / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static TimeSpan Median(byte[] feed)
    {
        var times = new TimeSpan[5];
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            FeedReader.Read(feed);
            times[i] = Stopwatch.GetElapsedTime(start);
        }

        Array.Sort(times);
        return times[2];
    }

    private static List<(string Name, bool IsReal, byte[] Bytes)> Files(string folder)
    {
        var expectations = Path.Combine(folder, "expectations.json");
        if (!File.Exists(expectations)) return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => (Path.GetRelativePath(folder, path), true, File.ReadAllBytes(path)))];

        using var rows = JsonDocument.Parse(File.ReadAllBytes(expectations));
        return [.. rows.RootElement.EnumerateArray().Select(row => (row.GetProperty("file").GetString()!, row.GetProperty("kind").GetString() == "real", File.ReadAllBytes(Path.Combine(folder, row.GetProperty("file").GetString()!))))];
    }
}
