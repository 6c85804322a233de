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
    public static readonly Command Command = new() { Name = "feed inspect", Usage = CommandTexts.FeedInspectUsage, Flags = ["json-lines"], Values = 1, MostValues = int.MaxValue, RunAloneAsync = RunAsync };

    private static Task<int> RunAsync(Arguments arguments, CancellationToken cancellation) =>
        Inspection.RunAsync(arguments, (line, stop) => InspectAsync(FeedInput.OfLine(line), stop), cancellation);

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
