using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Xunit;

namespace TerritoireCollab.Mime.Tests;

/// <summary>Programs of others that read what we write; a test that needs one which is not here says so and is skipped.</summary>
internal static class OtherPrograms
{
    /// <summary>The Python of the distribution where there is one: packages of Debian are installed for it.</summary>
    public static string Python { get; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    /// <summary>Runs a program over lines and gives what it printed; with the arguments of the check it succeeds where all it needs is there.</summary>
    public static async Task<string> RunAsync(string program, string[] check, string[] arguments, IEnumerable<string> lines)
    {
        if ((await RunAsync(program, check, [])).ExitCode != 0) Assert.Skip("skipped: not here");

        var (exitCode, output, errors) = await RunAsync(program, arguments, lines);
        Assert.True(exitCode == 0, errors);
        return output;
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string program, string[] arguments, IEnumerable<string> lines)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        using var process = StartOrSkip(start);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        foreach (var line in lines) await process.StandardInput.WriteLineAsync(line);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    private static Process StartOrSkip(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("skipped: not here");
            throw;
        }
    }
}
