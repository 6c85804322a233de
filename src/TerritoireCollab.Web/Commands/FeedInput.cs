using System.Text.Json;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Syndication;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary>A document to be inspected.</summary>
/// <param name="Bytes">The document; empty when there is an error.</param>
/// <param name="Origin">What HTTP told of it.</param>
/// <param name="Error">Why it could not be had.</param>
internal sealed record FeedDocument(byte[] Bytes, FeedOrigin Origin, string? Error = null)
{
    public static FeedDocument Failed(string error) => new([], FeedOrigin.Unknown, error);
}

/// <summary>Where a document is: a file or an address, and for a file what HTTP would have told of it.</summary>
internal sealed record FeedInput(string Name, string? Told = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>A line of a list: the input, then perhaps a tab and a JSON object.</summary>
    public static FeedInput OfLine(string line) => line.IndexOf('\t') is >= 0 and var tab ? new(line[..tab], line[(tab + 1)..]) : new(line);

    /// <summary>Opens the document; a failure is told in it, so that the next input is read.</summary>
    public async Task<FeedDocument> OpenAsync(CancellationToken cancellation)
    {
        try
        {
            if (Address(Name) is { } address) return await FetchAsync(address, cancellation);

            var told = string.IsNullOrWhiteSpace(Told) ? null : JsonSerializer.Deserialize<Headers>(Told, Json);
            return new(await File.ReadAllBytesAsync(Name, cancellation), new() { ContentType = told?.ContentType, Address = Address(told?.BaseUrl), ContentLocation = told?.ContentLocation });
        }
        catch (JsonException)
        {
            return FeedDocument.Failed(CommandTexts.FeedLineUnreadable);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return FeedDocument.Failed(CommandTexts.FileUnreadable.With(failure.Message));
        }
    }

    // By the fetcher of the veille, with all its rules; the house is opened only for that.
    private static async Task<FeedDocument> FetchAsync(Uri address, CancellationToken cancellation)
    {
        using var house = CommandHost.Build(isService: false);
        var answer = await house.Services.GetRequiredService<OutgoingClient>().FetchAsync(new FetchRequest(address) { Kind = FetchKind.Feed }, cancellation);
        return answer.Outcome == FetchOutcome.Ok
            ? new(answer.Body.ToArray(), new() { ContentType = answer.ContentType, Address = answer.FinalAddress, ContentLocation = answer.ContentLocation?.AbsoluteUri })
            : FeedDocument.Failed(CommandTexts.AddressUnreadable.With(address.OriginalString));
    }

    private static Uri? Address(string? text) =>
        text is not null && (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) && Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;

    private sealed record Headers(string? ContentType, string? BaseUrl, string? ContentLocation);
}
