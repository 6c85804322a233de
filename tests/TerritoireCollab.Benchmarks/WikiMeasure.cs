using System.Globalization;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Benchmarks;

/// <summary>
/// The wiki of one group with so many pages, a third of them commented in the margin: the product in a process of its own, asked at sixteen connections for
/// the tree, a branch of it, pages, the form that arranges one, and the feed of changes: <c>--wiki N</c>.
/// </summary>
internal static class WikiMeasure
{
    private const int Connections = 16;
    private const int Tops = 20;
    private const int Children = 6;
    private const string Body = "Ce que la commission a retenu, point par point, et ce qui reste à faire.\n\n## Décisions\n\n- Le calendrier est arrêté.\n- Le budget est présenté au conseil.\n\n## Suites\n\nChaque commune transmet ses remarques avant la fin du mois, et la synthèse est relue en réunion.";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    /// <summary>Measures and prints.</summary>
    public static async Task<int> RunAsync(int count)
    {
        await using var instance = await Instance.StartAsync();
        var (reader, slug, pages) = await SeedAsync(instance, count);
        var session = await instance.SessionAsync(reader.Id);
        using var product = ProductProcess.Serve([("Territoire__DataDirectory", instance.Folder), ("Territoire__BaseUrl", "http://127.0.0.1"), ("Territoire__Jobs", "false")]);
        try
        {
            var address = await ProductProcess.AddressAsync(product);
            var tool = $"/groupes/{slug}/pages";
            Console.WriteLine($"{count} pages in one group, {Connections} connections, {Environment.ProcessorCount} cores that the product shares with those who ask, SQLite file");
            var warmUp = WarmUp;
            foreach (var path in new[] { tool, $"{tool}?branche={pages[0]}", $"/c/{pages[0]}", $"/c/{pages[^1]}", $"{tool}/{pages[^1]}/ranger", $"{tool}/flux.atom" })
            {
                var shown = path.StartsWith("/c/", StringComparison.Ordinal) ? await WhereAsync(address, session, path) : path;
                var measure = await LoadClient.RunAsync(address, [shown], [session], Connections, warmUp, Span);
                warmUp = Again;
                var alone = await LoadClient.RunAsync(address, [shown], [session], 1, TimeSpan.FromSeconds(1), Span);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {measure.PerSecond:F0} a second, median {measure.Median:F1} ms, 99 % {measure.P99:F1} ms, {measure.Bytes / 1024.0:F0} kB, {measure.Errors} errors; one at a time {alone.Median:F1} ms"));
            }
        }
        finally
        {
            product.Kill();
            await product.WaitForExitAsync();
        }

        return 0;
    }

    private static async Task<string> WhereAsync(Uri address, string session, string path)
    {
        using var browser = new HttpClient { BaseAddress = address };
        browser.DefaultRequestHeaders.Add("Cookie", $"session={session}");
        using var answer = await browser.GetAsync(path);
        return answer.RequestMessage!.RequestUri!.PathAndQuery;
    }

    private static async Task<(Member Reader, string Slug, List<string> Pages)> SeedAsync(Instance instance, int count)
    {
        var scene = new Scene(instance);
        var (owner, reader) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Groupe", owner, members: reader);
        var pages = new List<string>();
        for (var n = 0; n < count; n++)
        {
            var parent = n < Tops ? null : pages[(n - Tops) / Children];
            pages.Add(await scene.PageAsync(group, owner, $"Compte rendu de la commission n° {n}", Body + (n == 0 ? "" : $"\n\nVoir [[Compte rendu de la commission n° {n / 2}]]."), parent));
        }

        foreach (var page in pages.Where((_, n) => n % 3 == 0)) await scene.RemarkAsync(page, reader, "Est-ce bien arrêté ?", "Le calendrier est arrêté.");
        return (reader, group.Slug, pages);
    }
}
