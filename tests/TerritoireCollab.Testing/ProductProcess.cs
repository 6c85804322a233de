using System.Diagnostics;
using System.Text;

namespace TerritoireCollab.Testing;

/// <summary>How a process of the product ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to stdout.</param>
/// <param name="Errors">What it wrote to stderr.</param>
public sealed record ProcessResult(int ExitCode, string Output, string Errors);

/// <summary>The executable of the product as an administrator runs it: a process of its own, told by its arguments and its environment.</summary>
public static class ProductProcess
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Runs a command to its end.</summary>
    public static async Task<ProcessResult> RunAsync(string[] arguments, params (string Key, string Value)[] environment)
    {
        using var process = Start(arguments, environment);
        using var timeout = new CancellationTokenSource(Longest);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token));
        await process.WaitForExitAsync(timeout.Token);
        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts a command; the caller ends it.</summary>
    public static Process Start(string[] arguments, params (string Key, string Value)[] environment) => Launch("dotnet", [Product, .. arguments], environment);

    /// <summary>Starts a command for which <paramref name="folder"/>, which must exist, is a disk of its own with room for so many bytes. Linux.</summary>
    public static Process StartOnSmallDisk(string folder, int bytes, string[] arguments, params (string Key, string Value)[] environment) => Launch(
        "unshare", ["--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs -o size=$1 none \"$0\" && shift && exec dotnet \"$@\"", folder, $"{bytes}", Product, .. arguments], environment);

    private static string Product => Path.Combine(AppContext.BaseDirectory, "TerritoireCollab.Web.dll");

    private static Process Launch(string program, IReadOnlyList<string> arguments, (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("Territoire__", StringComparison.Ordinal)).ToList()) start.Environment.Remove(key);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Territoire__Mail__GatherMinutes"] = "0";
        foreach (var (key, value) in environment) start.Environment[key] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
    }
}
