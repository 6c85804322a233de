using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TerritoireCollab.Documents;

/// <summary>
/// A program of poppler-utils in a process of its own: a reader of PDF is a large surface. Nice, without a shell, with bounded memory where
/// <c>prlimit</c> is there, and fed by a temporary file of ours: no name given by people reaches its command line.
/// </summary>
internal sealed class Poppler
{
    private const string Limiter = "prlimit";
    private const long MostMemory = 1L << 30;

    private readonly string _program;
    private readonly string? _limiter;

    private Poppler(string program, string? limiter) => (_program, _limiter) = (program, limiter);

    /// <summary>Folders in which programs are looked for.</summary>
    public static string Path => Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>The program of that name; null where it is not installed.</summary>
    public static Poppler? Find(string path, string name) => InFolders(path, name) is { } program ? new(program, InFolders(path, Limiter)) : null;

    /// <summary>Copies a file to where a program may read it, if it is not too large.</summary>
    public static async Task<bool> CopyAsync(Stream stream, string file, long most, CancellationToken cancellation)
    {
        var target = new FileStream(file, FileMode.Truncate, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        await using (target.ConfigureAwait(false))
        {
            var buffer = new byte[1 << 17];
            long length = 0;
            for (int read; (read = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
            {
                if ((length += read) > most) return false;
                await target.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
            }
        }

        return true;
    }

    /// <summary>Starts it; null where it cannot be started.</summary>
    public Process? Start(IReadOnlyList<string> arguments)
    {
        var command = _limiter is null ? arguments : [string.Create(CultureInfo.InvariantCulture, $"--as={MostMemory}"), "--core=0", _program, .. arguments];
        var start = new ProcessStartInfo(_limiter ?? _program, command)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = System.IO.Path.GetTempPath(),
        };
        try
        {
            var process = Process.Start(start)!;
            BeNice(process);
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Reads what it says, at most so much and one piece more.</summary>
    public static async Task<string> DrainAsync(StreamReader reader, int most, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new char[16_384];
        for (int read; text.Length <= most && (read = await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;) text.Append(buffer, 0, read);
        return text.ToString();
    }

    /// <summary>What is the matter with a file, by what the program says.</summary>
    public static DocumentFault FaultOf(string errors) => errors.Contains("password", StringComparison.OrdinalIgnoreCase) ? DocumentFault.Encrypted : DocumentFault.Broken;

    /// <summary>Ends it, if it still runs.</summary>
    public static void End(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            // It ended by itself in between.
        }
    }

    private static string? InFolders(string path, string name) =>
        path.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    // Whoever reads pages comes first.
    private static void BeNice(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            // It was over before it could be made nice.
        }
    }
}
