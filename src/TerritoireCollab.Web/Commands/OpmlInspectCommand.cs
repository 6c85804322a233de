using System.Text.Encodings.Web;
using System.Text.Json;
using TerritoireCollab.Platform;
using TerritoireCollab.Syndication;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary><c>opml inspect FILE...</c>: what the import understands of each file, one JSON object a line; <c>-</c> reads a list of paths on stdin.</summary>
internal static class OpmlInspectCommand
{
    // The output is read by programs as UTF-8, and by people.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly Command Command = new() { Name = "opml inspect", Usage = CommandTexts.OpmlInspectUsage, Values = 1, MostValues = int.MaxValue, RunAloneAsync = RunAsync };

    private static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellation)
    {
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        foreach (var input in arguments.Values)
        {
            if (input != "-") await WriteAsync(output, input, cancellation);
            else while (await Console.In.ReadLineAsync(cancellation) is { } path) if (path.Length > 0) await WriteAsync(output, path, cancellation);
        }

        return CommandLine.Done;
    }

    private static async Task WriteAsync(StreamWriter output, string input, CancellationToken cancellation)
    {
        await output.WriteLineAsync(JsonSerializer.Serialize(await InspectAsync(input, cancellation), Json));
        await output.FlushAsync(cancellation);
    }

    private static async Task<Inspected> InspectAsync(string input, CancellationToken cancellation)
    {
        try
        {
            return OpmlReader.Read(await File.ReadAllBytesAsync(input, cancellation)) is { } read
                ? new(input, true, null, read.Title, read.Feeds.Count, read.FolderCount, [.. read.Feeds.Select(f => new InspectedFeed(f.Title, f.FeedAddress, f.SiteAddress, f.Folder))])
                : new(input, false, CommandTexts.NotOpml, null, 0, 0, []);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new(input, false, CommandTexts.FileUnreadable.With(failure.Message), null, 0, 0, []);
        }
    }

    private sealed record Inspected(string Input, bool Ok, string? Error, string? Title, int FeedCount, int FolderCount, IReadOnlyList<InspectedFeed> Feeds);

    private sealed record InspectedFeed(string? Title, string XmlUrl, string? HtmlUrl, IReadOnlyList<string> Folder);
}
