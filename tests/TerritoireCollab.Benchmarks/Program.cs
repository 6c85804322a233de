using System.Diagnostics;
using System.Globalization;
using System.Text;
using TerritoireCollab.Benchmarks;

// Pages of the product against the same markup served by bare static components from memory, in one run on one machine.
//   dotnet run -c Release --project tests/TerritoireCollab.Benchmarks -- [--scale 20] [--data FOLDER] [--seconds 6] [--warm 40] [--runs 3] [--readers 1000] [--only veille|tool]
// The database is seeded at the first run and kept in FOLDER. `bare` is the other side of the comparison, started by this program.
//   dotnet run -c Release --project tests/TerritoireCollab.Benchmarks -- --feeds FOLDER     reads feeds, without the product
//   dotnet run -c Release --project tests/TerritoireCollab.Benchmarks -- --sources 500      asks sources of a server on this machine, and stores them
if (args is ["--feeds", var feeds]) return FeedMeasure.Run(feeds);
if (args is ["--sources", var sources]) return await SourceMeasure.RunAsync(int.Parse(sources, CultureInfo.InvariantCulture));
//   dotnet run -c Release --project tests/TerritoireCollab.Benchmarks -- --mails 10000 [2525]   sends to a sink of its own, or 20 kB each to the server on that port of this machine
if (args is ["--mails", var mails, ..]) return await MailMeasure.RunAsync(int.Parse(mails, CultureInfo.InvariantCulture), args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : null);
//   dotnet run -c Release --project tests/TerritoireCollab.Benchmarks -- --summaries 10000 1000   makes the daily summaries of so many activities for so many members
if (args is ["--summaries", var activities, var members]) return await SummaryMeasure.RunAsync(int.Parse(activities, CultureInfo.InvariantCulture), int.Parse(members, CultureInfo.InvariantCulture));
//   dotnet run -c Release --project tests/TerritoireCollab.Benchmarks -- --queue 10000      pages of the product while none of so many mails leaves, and while they leave
if (args is ["--queue", var queue]) return await QueueMeasure.RunAsync(int.Parse(queue, CultureInfo.InvariantCulture));
//   dotnet run -c Release --project tests/TerritoireCollab.Benchmarks -- --starts 20         starts the product again and again in one process
if (args is ["--starts", var starts]) return await StartMeasure.RunAsync(int.Parse(starts, CultureInfo.InvariantCulture));
//   dotnet run -c Release --project tests/TerritoireCollab.Benchmarks -- --coedit 30         so many people type in one text: how soon the others see a key stroke
if (args is ["--coedit", var writers]) return await CoeditMeasure.RunAsync(int.Parse(writers, CultureInfo.InvariantCulture));
//   dotnet run -c Release --project tests/TerritoireCollab.Benchmarks -- --agenda 10000      month and list of a territory of so many events
if (args is ["--agenda", var events]) return await AgendaMeasure.RunAsync(int.Parse(events, CultureInfo.InvariantCulture));
//   dotnet run -c Release --project tests/TerritoireCollab.Benchmarks -- --wiki 500          tree and pages of a group of so many pages
if (args is ["--wiki", var pages]) return await WikiMeasure.RunAsync(int.Parse(pages, CultureInfo.InvariantCulture));
//   dotnet run -c Release --project tests/TerritoireCollab.Benchmarks -- --upload 2000       a file of so many megabytes by tus, with a form, out again, and in an archive: the most memory the product holds
if (args is ["--upload", var megabytes]) return await UploadMeasure.RunAsync(int.Parse(megabytes, CultureInfo.InvariantCulture));
if (args is ["bare", ..]) return await BareServer.RunAsync(args[1], args[2], args[3]);

var options = Options.Read(args);
await using var product = await Product.StartAsync(options);
var report = new StringBuilder();
void Say(string line)
{
    Console.WriteLine(line);
    report.AppendLine(line);
}

Say($"scale {options.Scale}, {options.Connections} connections, {options.Seconds} s a run after {options.WarmUp} s of load, median of {options.Runs}; {Environment.ProcessorCount} cores; ready {product.ReadyIn.TotalSeconds:F2} s after its start");
Say("");
Say("| page | requests/s | of bare | p50 ms | p99 ms | CPU ms | kB |");
Say("| --- | --- | --- | --- | --- | --- | --- |");

var bare = new Dictionary<string, double>();
var bareList = 0.0;
foreach (var page in (await product.PagesAsync()).Where(p => p.Name.Contains(options.Only, StringComparison.Ordinal)))
{
    if (page.BareLike is { } selector)
    {
        await using var mirror = await BareServer.StartAsync(product, page.Paths[0], selector);
        var (still, cpu) = await MedianAsync(mirror.Address, mirror.ProcessId, ["/"], []);
        bare[page.Name] = still.PerSecond;
        Row("bare, from memory: " + page.Name, still, cpu, null);
        if (page.BareLists is { } lists)
        {
            var (list, listCpu) = await MedianAsync(mirror.Address, mirror.ProcessId, lists, []);
            bareList = list.PerSecond;
            Row("bare, from SQLite: " + page.Name, list, listCpu, null);
        }
    }

    var (measured, spent) = await MedianAsync(product.Address, product.ProcessId, page.Paths, product.Sessions);
    Row(page.Name, measured, spent, bare.TryGetValue(page.Name, out var ceiling) ? measured.PerSecond / ceiling : null);
    if (page.BareLists is not null) Say(string.Create(CultureInfo.InvariantCulture, $"| the same, of the bare list from SQLite | | 1/{bareList / measured.PerSecond:F1} | | | | |"));
}

Say("");
Say($"Memory of the product after the load: {product.PssMiB():F0} MiB (PSS).");
if (options.Readers > 0) await LiveMeasure.RunAsync(product, options.Readers, Say);
await File.WriteAllTextAsync(Path.Combine(options.Data, "report.md"), report.ToString());
return 0;

async Task<(Measure Measure, double CpuMs)> MedianAsync(Uri server, int pid, IReadOnlyList<string> paths, IReadOnlyList<string> sessions)
{
    var runs = new List<(Measure Measure, double CpuMs)>();
    for (var i = 0; i < options.Runs; i++)
    {
        using var process = Process.GetProcessById(pid);
        var before = process.TotalProcessorTime;
        // A process profiles its own code under load before it is at its speed: once for a page.
        var warmUp = i == 0 ? options.WarmUp : 1;
        var measure = await LoadClient.RunAsync(server, paths, sessions, options.Connections, TimeSpan.FromSeconds(warmUp), TimeSpan.FromSeconds(options.Seconds));
        process.Refresh();
        var all = measure.PerSecond * (options.Seconds + warmUp);
        runs.Add((measure, (process.TotalProcessorTime - before).TotalMilliseconds / all));
        if (measure.Errors > 0) throw new InvalidOperationException($"{measure.Errors} answers were not 200 on {paths[0]}: the run does not count.");
    }

    return runs.OrderBy(r => r.Measure.PerSecond).ElementAt(runs.Count / 2);
}

void Row(string name, Measure m, double cpu, double? ratio) => Say(string.Create(CultureInfo.InvariantCulture,
    $"| {name} | {m.PerSecond:F0} | {(ratio is { } r ? $"1/{1 / r:F1}" : "")} | {m.Median:F1} | {m.P99:F1} | {cpu:F2} | {m.Bytes / 1024.0:F0} |"));
