using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace TerritoireCollab.Testing;

/// <summary>An object store that speaks S3, on this machine, out of the npm registry: not ours, and so a judge of what we send.</summary>
public sealed class S3Server : IAsyncDisposable
{
    private const string Package = "s3rver";
    private const string Version = "3.7.1";

    private const string Script =
        """
        const S3rver = require('s3rver');
        new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: process.argv[2], configureBuckets: [{ name: 'fichiers' }] })
          .run().then(address => console.log(address.port));
        """;

    private readonly Process _process;
    private readonly string _folder;

    private S3Server(Process process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>What to configure.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Territoire:Files:Store", "S3"), ("Territoire:Files:S3:Endpoint", $"http://127.0.0.1:{Port}"), ("Territoire:Files:S3:Bucket", "fichiers"),
        ("Territoire:Files:S3:AccessKey", "S3RVER"), ("Territoire:Files:S3:SecretKey", "S3RVER"), ("Territoire:Files:S3:PathStyle", "true"),
    ];

    /// <summary>Starts one with an empty bucket; null when node or its package cannot be had.</summary>
    public static async Task<S3Server?> StartAsync()
    {
        if (await InstalledAsync() is not { } home) return null;

        var script = Path.Combine(home, "serve.cjs");
        var folder = Directory.CreateTempSubdirectory("territoire-s3-").FullName;
        var process = Process.Start(new ProcessStartInfo("node", [script, folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The object store ended before it listened.");
        _ = process.StandardOutput.ReadToEndAsync();
        return new(process, folder, int.Parse(line, CultureInfo.InvariantCulture));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // Once a machine: made beside, then renamed, since several tests may come at once.
    private static async Task<string?> InstalledAsync()
    {
        var home = Path.Combine(Path.GetTempPath(), $"territoire-{Package}-{Version}");
        if (Directory.Exists(home)) return home;

        var beside = Directory.CreateTempSubdirectory("territoire-npm-").FullName;
        await File.WriteAllTextAsync(Path.Combine(beside, "package.json"), "{ \"private\": true }");
        await File.WriteAllTextAsync(Path.Combine(beside, "serve.cjs"), Script);
        if (!await RunAsync("npm", beside, "install", $"{Package}@{Version}", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")) return null;

        try
        {
            Directory.Move(beside, home);
        }
        catch (IOException) when (Directory.Exists(home))
        {
            Directory.Delete(beside, recursive: true);
        }

        return home;
    }

    private static async Task<bool> RunAsync(string program, string folder, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(3));
            var (output, error) = (process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token));
            await process.WaitForExitAsync(timeout.Token);
            await Task.WhenAll(output, error);
            return process.ExitCode == 0;
        }
        catch (Exception failure) when (failure is Win32Exception or OperationCanceledException)
        {
            return false;
        }
    }
}
