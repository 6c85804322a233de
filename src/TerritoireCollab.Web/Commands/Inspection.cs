using System.Text.Encodings.Web;
using System.Text.Json;
using TerritoireCollab.Platform;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary>What the commands that inspect files have in common: one JSON object a line, and <c>-</c> for a list on standard input.</summary>
internal static class Inspection
{
    // The output is read by programs as UTF-8, and by people.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes what was understood of each input as soon as it is known.</summary>
    /// <param name="arguments">The inputs, or a dash.</param>
    /// <param name="inspect">Reads one.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task<int> RunAsync<T>(Arguments arguments, Func<string, CancellationToken, Task<T>> inspect, CancellationToken cancellation)
    {
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        foreach (var input in arguments.Values)
        {
            if (input != "-") await WriteAsync(input);
            else while (await Console.In.ReadLineAsync(cancellation) is { } line) if (line.Length > 0) await WriteAsync(line);
        }

        return CommandLine.Done;

        async Task WriteAsync(string input)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(await inspect(input, cancellation), Json));
            await output.FlushAsync(cancellation);
        }
    }

    /// <summary>The same for files: one that cannot be opened is told as the others are, and the run goes on.</summary>
    /// <param name="arguments">The paths, or a dash.</param>
    /// <param name="read">What is understood of a path and its octets.</param>
    /// <param name="refuse">What is printed of a path that cannot be read, and why.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static Task<int> RunAsync<T>(Arguments arguments, Func<string, byte[], T> read, Func<string, string, T> refuse, CancellationToken cancellation) => RunAsync(arguments, async (path, stop) =>
    {
        try
        {
            return read(path, await File.ReadAllBytesAsync(path, stop));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return refuse(path, CommandTexts.FileUnreadable.With(failure.Message));
        }
    }, cancellation);
}
