using System.Diagnostics;
using System.Globalization;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Benchmarks;

/// <summary>How long a start takes once the code is compiled, and the first page after it: <c>--starts N</c>.</summary>
internal static class StartMeasure
{
    /// <summary>Measures and prints.</summary>
    public static async Task<int> RunAsync(int starts)
    {
        var (toReady, toPage) = (new List<double>(), new List<double>());
        // The first compiles the code, and migrates the database that the others copy.
        for (var i = 0; i <= starts; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await using var instance = await Instance.StartAsync();
            var ready = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            using var browser = instance.Browser();
            using var page = await browser.GetAsync("/connexion");
            page.EnsureSuccessStatusCode();
            if (i == 0) continue;

            toReady.Add(ready);
            toPage.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds - ready);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{starts} starts: {toReady.Average():F0} ms until it listens, {toPage.Average():F0} ms more for the first page; {Environment.ProcessorCount} cores"));
        return 0;
    }
}
