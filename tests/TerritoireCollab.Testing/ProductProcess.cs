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
    private const string Listening = "Now listening on: ";
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

    /// <summary>Starts the server on a free port; <see cref="AddressAsync"/> says where it listens.</summary>
    public static Process Serve(params (string Key, string Value)[] environment) => Start(ServingArguments, environment);

    /// <summary>Where a server listens, once it does. What it writes afterwards is thrown away.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public static async Task<Uri> AddressAsync(Process server)
    {
        _ = server.StandardError.ReadToEndAsync();
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains(Listening, StringComparison.Ordinal)) continue;

            _ = server.StandardOutput.ReadToEndAsync();
            return new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim() + "/");
        }

        throw new InvalidOperationException("The product ended before it listened.");
    }

    /// <summary>Arguments of a server on a free port that says where it listens.</summary>
    public static string[] ServingArguments => ["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"];

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
