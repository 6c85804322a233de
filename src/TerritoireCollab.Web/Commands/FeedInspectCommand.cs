using System.Text.Encodings.Web;
using System.Text.Json;
using TerritoireCollab.Platform;
using TerritoireCollab.Syndication;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary>
/// <c>feed inspect [--json-lines] FILE-OR-URL...</c>: what the veille understands of each feed, one JSON object a line; <c>-</c> reads a list
/// on stdin, one input a line, after a tab what HTTP would have told of it.
/// </summary>
internal static class FeedInspectCommand
{
    // The output is read by programs as UTF-8, and by people.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly Command Command = new() { Name = "feed inspect", Usage = CommandTexts.FeedInspectUsage, Flags = ["json-lines"], Values = 1, MostValues = int.MaxValue, RunAloneAsync = RunAsync };

    private static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellation)
    {
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        foreach (var input in arguments.Values)
        {
            if (input != "-") await WriteAsync(output, new(input), cancellation);
            else while (await Console.In.ReadLineAsync(cancellation) is { } line) if (line.Length > 0) await WriteAsync(output, FeedInput.OfLine(line), cancellation);
        }

        return CommandLine.Done;
    }

    private static async Task WriteAsync(StreamWriter output, FeedInput input, CancellationToken cancellation)
    {
        await output.WriteLineAsync(JsonSerializer.Serialize(await InspectAsync(input, cancellation), Json));
        await output.FlushAsync(cancellation);
    }

    private static async Task<InspectedFeed> InspectAsync(FeedInput input, CancellationToken cancellation)
    {
        var document = await input.OpenAsync(cancellation);
        if (document.Error is { } error) return InspectedFeed.Refused(input.Name, error);

        return FeedReader.Read(document.Bytes, document.Origin, out var refusal) is { } feed ? InspectedFeed.Of(input.Name, feed) : InspectedFeed.Refused(input.Name, Sentence(refusal));
    }

    private static string Sentence(FeedRefusal? refusal) => refusal switch
    {
        FeedRefusal.Empty => CommandTexts.FeedEmpty,
        FeedRefusal.Page => CommandTexts.FeedPage,
        FeedRefusal.OtherDocument => CommandTexts.FeedOtherDocument,
        FeedRefusal.TooLong => CommandTexts.FeedTooLong.With(FeedReader.MaximumBytes / (1024 * 1024)),
        FeedRefusal.TooDeep => CommandTexts.FeedTooDeep,
        _ => CommandTexts.FeedUnreadable,
    };
}
