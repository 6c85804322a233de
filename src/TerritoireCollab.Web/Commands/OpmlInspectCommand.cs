using TerritoireCollab.Syndication;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary><c>opml inspect FILE...</c>: what the import understands of each file, one JSON object a line; <c>-</c> reads a list of paths on stdin.</summary>
internal static class OpmlInspectCommand
{
    public static readonly Command Command = new() { Name = "opml inspect", Usage = CommandTexts.OpmlInspectUsage, Values = 1, MostValues = int.MaxValue, RunAloneAsync = RunAsync };

    private static Task<int> RunAsync(Arguments arguments, CancellationToken cancellation) => Inspection.RunAsync(arguments, Read, Refused, cancellation);

    private static Inspected Read(string input, byte[] bytes) => OpmlReader.Read(bytes) is { } read
        ? new(input, true, null, read.Title, read.Feeds.Count, read.FolderCount, [.. read.Feeds.Select(f => new InspectedFeed(f.Title, f.FeedAddress, f.SiteAddress, f.Folder))])
        : Refused(input, CommandTexts.NotOpml);

    private static Inspected Refused(string input, string error) => new(input, false, error, null, 0, 0, []);

    private sealed record Inspected(string Input, bool Ok, string? Error, string? Title, int FeedCount, int FolderCount, IReadOnlyList<InspectedFeed> Feeds);

    private sealed record InspectedFeed(string? Title, string XmlUrl, string? HtmlUrl, IReadOnlyList<string> Folder);
}
