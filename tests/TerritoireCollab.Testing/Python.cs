using System.ComponentModel;
using System.Diagnostics;

namespace TerritoireCollab.Testing;

/// <summary>Runs programs of others that are written in Python, where they are installed: outside judges of what the product writes.</summary>
public static class Python
{
    private static readonly string[] Interpreters = ["python3", "/usr/bin/python3"];

    /// <summary>What a script prints when it is given these lines.</summary>
    /// <param name="script">The program.</param>
    /// <param name="lines">What it reads.</param>
    /// <param name="module">A module it needs; a Python that has it is looked for.</param>
    /// <param name="folder">A folder in which the module is found, or null.</param>
    /// <returns>The output without white space around it; null where no Python with the module is installed.</returns>
    public static async Task<string?> RunAsync(string script, IEnumerable<string> lines, string module = "json", string? folder = null)
    {
        foreach (var interpreter in Interpreters)
        {
            if ((await StartAsync(interpreter, $"import {module}", [], folder)).Status == 0)
            {
                var (status, output, error) = await StartAsync(interpreter, script, lines, folder);
                return status == 0 ? output.Trim() : throw new InvalidOperationException(error);
            }
        }

        return null;
    }

    private static async Task<(int Status, string Output, string Error)> StartAsync(string interpreter, string script, IEnumerable<string> lines, string? folder)
    {
        try
        {
            var start = new ProcessStartInfo(interpreter, ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            if (folder is not null) start.Environment["PYTHONPATH"] = folder;
            start.Environment["PYTHONIOENCODING"] = "utf-8";
            using var python = Process.Start(start)!;
            var (output, error) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
            foreach (var line in lines) await python.StandardInput.WriteLineAsync(line);
            python.StandardInput.Close();
            await python.WaitForExitAsync();
            return (python.ExitCode, await output, await error);
        }
        catch (Win32Exception)
        {
            return (-1, "", "");
        }
    }
}
